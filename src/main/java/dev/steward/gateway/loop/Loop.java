// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LoopRule;
import java.time.Instant;

/// A run found going round.
///
/// @param count how often, to be read beside the threshold
/// @param reason for people: "called get_order with the same arguments 6 times in a row and got the
///   same answer each time"
public record Loop(
    LoopRule rule,
    LoopRule.Action action,
    long count,
    long threshold,
    String reason,
    Instant foundAt) {

  /// Whether the run is to be stopped.
  public boolean stops() {
    return action == LoopRule.Action.STOP;
  }
}
