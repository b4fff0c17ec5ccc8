// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Times of answered requests.
final class Latencies {
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

  void add(long time) {
    nanos.add(time);
  }

  void addAll(Latencies others) {
    nanos.addAll(others.nanos);
  }

  int size() {
    return nanos.size();
  }

  /// The time that this part of all requests stayed below, in milliseconds.
  double millis(double part) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) (sorted.length * part))] / 1e6;
  }

  /// The mean in milliseconds.
  double mean() {
    return nanos.stream().mapToLong(Long::longValue).average().orElse(Double.NaN) / 1e6;
  }

  /// The middle one of some values.
  static double middle(Collection<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
