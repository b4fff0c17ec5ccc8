// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.part;

import dev.steward.trace.run.RunStatus;

/// A status: colour, shape and always a word.
public record Mark(Tone tone, String word) {

  /// What a status means to the reader; its lower-case name is its class and symbol.
  public enum Tone {
    OK,
    WARNING,
    CRITICAL,
    WAITING,
    RUNNING,
    UNKNOWN;

    public String css() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public static Mark of(RunStatus status) {
    return switch (status) {
      case STARTED -> new Mark(Tone.RUNNING, "Started");
      case WORKING -> new Mark(Tone.RUNNING, "Working");
      case WAITING -> new Mark(Tone.WAITING, "Waiting");
      case FINISHED -> new Mark(Tone.OK, "Finished");
      case FAILED -> new Mark(Tone.CRITICAL, "Failed");
      case ABANDONED -> new Mark(Tone.UNKNOWN, "Abandoned");
    };
  }
}
