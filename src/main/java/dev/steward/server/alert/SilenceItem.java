// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.alert;

import dev.steward.control.alert.Silence;
import dev.steward.control.state.State;
import dev.steward.server.shape.ActorItem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One silence.
///
/// @param rule "" for every rule
/// @param agent "" for every agent
/// @param environment "" for everywhere
/// @param active whether it holds now
/// @param hides how many open alerts it covers that the caller may see
/// @param reason null once erased
public record SilenceItem(
    String id,
    String rule,
    String agent,
    String environment,
    Instant until,
    boolean active,
    long hides,
    @Nullable String reason,
    Instant at,
    ActorItem by) {
  static SilenceItem of(Silence silence, State state, Instant now, long hides) {
    return new SilenceItem(
        silence.id(),
        silence.rule(),
        silence.agent(),
        silence.environment(),
        silence.until(),
        silence.active(now),
        hides,
        state.text(silence.reason()).orElse(null),
        silence.at(),
        ActorItem.of(silence.by()));
  }
}
