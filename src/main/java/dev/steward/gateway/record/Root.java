// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import java.time.Instant;

/// The span that stands for a run whose agent sends none.
///
/// @param opening the words that the run began with, "" for none
public record Root(String spanId, Instant startedAt, String opening, State state) {

  /// Where the run stands.
  public enum State {
    /// The agent is expected to go on.
    OPEN,
    /// The model has said its last word.
    SAID,
    /// The last call was not answered.
    FAILED
  }

  public Root in(State now) {
    return new Root(spanId, startedAt, opening, now);
  }
}
