// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.baseline;

import dev.steward.control.access.Actor;
import dev.steward.domain.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing about an agent's runs that is no longer as in the baseline.
///
/// @param trait what differs, such as `success`
/// @param direction `up` or `down`
/// @param at when it was found
/// @param began when it probably began
/// @param runs that it was found in
/// @param why in a sentence, with numbers
/// @param record digest of the whole evidence as JSON
/// @param closing how it ended, null while it is open
public record DriftAlarm(
    String id,
    String agent,
    String environment,
    String trait,
    String direction,
    Instant at,
    Instant began,
    int runs,
    String why,
    Digest record,
    @Nullable Closing closing) {
  /// How an alarm ended: a person closed it, or its baseline was let go.
  ///
  /// @param reason commitment to the reason's text
  public record Closing(Instant at, Actor by, Digest reason) {}

  public boolean open() {
    return closing == null;
  }

  boolean about(String wantedAgent, String wantedEnvironment) {
    return agent.equals(wantedAgent) && environment.equals(wantedEnvironment);
  }

  DriftAlarm closed(Closing given) {
    return new DriftAlarm(
        id, agent, environment, trait, direction, at, began, runs, why, record, given);
  }
}
