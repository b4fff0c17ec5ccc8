// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

/// A word of a line that people are to run.
public final class ShellWord {
  private ShellWord() {}

  /// As a shell reads it back as one word, whatever it holds.
  public static String of(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
