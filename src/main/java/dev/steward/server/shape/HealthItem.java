// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.control.live.ToolServerHealth.Health;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a tool server or the endpoint of an agent has answered in the last hour.
///
/// @param circuit closed, open, or half-open while single calls try whether it is back
/// @param probeInMillis until a single call may try that, null where calls may
/// @param calls requests of any kind that it was sent, each try on its own
/// @param errors those that it failed
/// @param firstByte until an answer began
/// @param whole until the result was there
/// @param inFlight calls that it is answering now
/// @param limit calls that it may be answering at once
/// @param turnedAway calls that it was spared, since its circuit was open or its limit full
public record HealthItem(
    String circuit,
    @Nullable Long probeInMillis,
    long calls,
    long errors,
    LatencyItem firstByte,
    LatencyItem whole,
    int inFlight,
    int limit,
    long turnedAway,
    @Nullable FailureItem lastError) {
  public static HealthItem of(Health health) {
    return new HealthItem(
        health.circuit().word(),
        health.probeIn().map(Duration::toMillis).orElse(null),
        health.calls(),
        health.errors(),
        LatencyItem.of(health.firstByte()),
        LatencyItem.of(health.whole()),
        health.inFlight(),
        health.limit(),
        health.turnedAway(),
        FailureItem.of(health.lastError()));
  }
}
