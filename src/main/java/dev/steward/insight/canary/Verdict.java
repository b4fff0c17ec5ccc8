// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

/// What should be done with a canary now.
public sealed interface Verdict {

  /// It may go on to the next stage.
  record Promote() implements Verdict {}

  /// It must go back at once.
  record RollBack(Cause cause) implements Verdict {}

  /// It stays as it is, and is judged again.
  record Hold() implements Verdict {}

  /// Its time is over and nothing was shown: a person decides.
  record Inconclusive() implements Verdict {}

  /// Why a canary goes back.
  sealed interface Cause {
    /// A guardrail was breached.
    ///
    /// @param name of it in the plan
    record Breach(String name) implements Cause {}

    /// Fewer of its units succeed.
    record Evidence() implements Cause {}
  }

  /// Whether it is the last word.
  default boolean closed() {
    return switch (this) {
      case Promote _, RollBack _, Inconclusive _ -> true;
      case Hold _ -> false;
    };
  }
}
