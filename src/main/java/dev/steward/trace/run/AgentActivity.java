// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one agent did in a stretch of time.
///
/// @param runsPerSlice runs started in each of 24 equal slices of the stretch
/// @param p95 95th percentile of run durations, null without a closed run
public record AgentActivity(
    String agent,
    boolean registered,
    Set<String> services,
    Set<String> environments,
    Set<String> models,
    Set<String> tools,
    long runs,
    long open,
    long withOutcome,
    long successes,
    long errors,
    RunCost cost,
    @Nullable Duration p95,
    Instant firstSeen,
    Instant lastSeen,
    List<Long> runsPerSlice) {

  /// What an agent did that did nothing.
  public static AgentActivity none(String agent, boolean registered, Instant at) {
    return new AgentActivity(
        agent,
        registered,
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        0,
        0,
        0,
        0,
        0,
        RunCost.NONE,
        null,
        at,
        at,
        List.of());
  }
}
