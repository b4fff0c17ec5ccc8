// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// How long calls took, in buckets that are a fifth wider each, so that sums are exact and
/// quantiles within a tenth.
///
/// @param counts by bucket
public record Latencies(SortedMap<Integer, Long> counts) {
  private static final double WIDTH = Math.log(1.2);
  private static final int BUCKETS = 120;

  public static final Latencies NONE = new Latencies(new TreeMap<>());

  /// The bucket of a duration.
  static int bucket(Duration took) {
    double millis = Math.max(1, took.toNanos() / 1e6);
    return Math.min(BUCKETS, (int) Math.round(Math.log(millis) / WIDTH));
  }

  static Latencies of(Iterable<Integer> buckets) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    buckets.forEach(bucket -> counts.merge(bucket, 1L, Long::sum));
    return new Latencies(counts);
  }

  Latencies plus(Latencies other) {
    SortedMap<Integer, Long> sums = new TreeMap<>(counts);
    other.counts.forEach((bucket, count) -> sums.merge(bucket, count, Long::sum));
    return new Latencies(sums);
  }

  /// Milliseconds that the share of the calls did not pass, empty of no calls.
  public OptionalLong quantile(double share) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    long below = 0;
    for (var bucket : counts.entrySet()) {
      below += bucket.getValue();
      if (below >= share * all) {
        return OptionalLong.of(Math.round(Math.exp(bucket.getKey() * WIDTH)));
      }
    }
    return OptionalLong.empty();
  }
}
