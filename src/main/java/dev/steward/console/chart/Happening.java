// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import java.time.Instant;

/// Something that a chart marks: a release, a silent change of a model or tool, an incident.
///
/// @param name short, such as `v14`
/// @param words what happened, in a few words
/// @param href where it is told, "" for nowhere
public record Happening(Instant at, Kind kind, String name, String words, String href) {

  /// What it was, and so how its line looks.
  public enum Kind {
    RELEASE("unknown"),
    CHANGE("warning"),
    INCIDENT("critical");

    private final String tone;

    Kind(String tone) {
      this.tone = tone;
    }

    String tone() {
      return tone;
    }
  }
}
