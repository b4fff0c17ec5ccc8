// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

import dev.steward.control.live.UpstreamHealth.Latency;
import java.time.Duration;
import java.util.Optional;

/// Counts of how long answers took, in steps of a tenth: a quantile is at most that far off.
final class Latencies {
  private static final double STEP = 1.1;
  private static final double LOG_STEP = Math.log(STEP);

  /// Up to about 50 minutes; what takes longer counts as that.
  private static final int STEPS = 157;

  private final int[] counts = new int[STEPS];
  private long answers;

  void add(Duration took) {
    counts[step(took)]++;
    answers++;
  }

  void add(Latencies other) {
    for (int i = 0; i < STEPS; i++) {
      counts[i] += other.counts[i];
    }
    answers += other.answers;
  }

  void clear() {
    java.util.Arrays.fill(counts, 0);
    answers = 0;
  }

  Latency latency() {
    return answers == 0
        ? Latency.NONE
        : new Latency(answers, Optional.of(quantile(50)), Optional.of(quantile(95)));
  }

  private Duration quantile(int percent) {
    long rank = Math.max(1, (answers * percent + 99) / 100);
    long seen = 0;
    for (int i = 0; i < STEPS; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return middle(i);
      }
    }
    return middle(STEPS - 1);
  }

  private static int step(Duration took) {
    double millis = took.toNanos() / 1e6;
    return millis <= 1 ? 0 : Math.min(STEPS - 1, (int) Math.ceil(Math.log(millis) / LOG_STEP));
  }

  private static Duration middle(int step) {
    return Duration.ofNanos(Math.round(Math.pow(STEP, step - 0.5) * 1e6));
  }
}
