// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import java.util.List;

/// What was found out about a version that is to be released.
public sealed interface Proved {
  /// A statement does not hold.
  ///
  /// @param why the call that refutes it
  record Refuted(String statement, String why) implements Proved {}

  /// All statements hold.
  ///
  /// @param gained what it may do more freely: `server/tool`, `model NAME` or `agent NAME`
  /// @param lost what it may do less freely
  record Compared(List<String> gained, List<String> lost) implements Proved {
    public Compared {
      gained = List.copyOf(gained);
      lost = List.copyOf(lost);
    }
  }

  /// All statements hold, and the two versions cannot be compared.
  record Incomparable(String why) implements Proved {}
}
