// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.control.state.State;
import java.util.Optional;

/// What the judgement said last of releases that are or were tried.
@FunctionalInterface
public interface CanarySaid {
  /// Nothing was judged.
  CanarySaid NOTHING = (_, _) -> Optional.empty();

  /// What is so now, else what is on record; empty for what was never judged.
  Optional<CanaryRecord> said(State state, String release);
}
