// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.signal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What is counted of one series. To be locked by who uses it.
final class Tally {
  private final List<Double> bounds;
  private final long[] within;
  private long count;
  private BigDecimal sum = BigDecimal.ZERO;

  Tally(Measure measure) {
    this.bounds = measure.bounds();
    this.within = new long[bounds.size()];
  }

  void add(BigDecimal value) {
    count++;
    sum = sum.add(value);
    double plain = value.doubleValue();
    for (int i = 0; i < within.length; i++) {
      if (plain <= bounds.get(i)) {
        within[i]++;
      }
    }
  }

  long count() {
    return count;
  }

  BigDecimal sum() {
    return sum;
  }

  List<Long> buckets() {
    List<Long> all = new ArrayList<>(within.length);
    for (long each : within) {
      all.add(each);
    }
    return all;
  }
}
