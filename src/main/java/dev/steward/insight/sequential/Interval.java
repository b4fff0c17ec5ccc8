// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

/// A stretch of numbers that the truth lies in, with both ends.
public record Interval(double lower, double upper) {
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException("no interval: " + lower + " to " + upper);
    }
  }

  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }

  /// The part of it between two bounds; at the nearer bound when it lies beside them.
  public Interval within(double least, double most) {
    return new Interval(Math.clamp(lower, least, most), Math.clamp(upper, least, most));
  }

  /// As powers of e.
  public Interval exponential() {
    return new Interval(Math.exp(lower), Math.exp(upper));
  }
}
