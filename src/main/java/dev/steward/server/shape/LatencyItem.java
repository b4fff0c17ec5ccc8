// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.control.live.UpstreamHealth.Latency;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long answers took, in milliseconds, as measured within a tenth.
///
/// @param p50 null before the first
/// @param p95 null before the first
public record LatencyItem(long answers, @Nullable Long p50, @Nullable Long p95) {
  public static LatencyItem of(Latency latency) {
    return new LatencyItem(latency.answers(), millis(latency.p50()), millis(latency.p95()));
  }

  private static @Nullable Long millis(Optional<Duration> took) {
    return took.isEmpty() ? null : took.get().toMillis();
  }
}
