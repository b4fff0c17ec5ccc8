// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

/// The title of an incident, which is one line that is not too long.
final class IncidentTitle {
  private static final int CHARACTERS_MAX = 180;

  private IncidentTitle() {}

  static String of(String words) {
    String line = words.replaceAll("\\s+", " ").strip();
    return line.length() <= CHARACTERS_MAX ? line : line.substring(0, CHARACTERS_MAX) + "...";
  }
}
