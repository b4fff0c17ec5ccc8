// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// The bounds of a test with a known end that is looked at a few times (Lan and DeMets): by each
/// look a power of the information seen is spent of the error. With the end known it finds more
/// than a test that may go on for ever.
///
/// @param alpha of both sides together
/// @param exponent of the information, such as 2
public record GroupSequential(double alpha, double exponent) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double ROOT = Math.sqrt(2 * Math.PI);
  private static final double BEYOND = 8;
  private static final double STEP = 0.05;

  /// What is less is not worth a bound: it is given up.
  private static final double LEAST = 1e-7;

  private static final double SAME = 1e-5;

  public GroupSequential {
    if (!(alpha > 0 && alpha < 1) || !(exponent > 0)) {
      throw new IllegalArgumentException("alpha is not between 0 and 1, or exponent not above 0");
    }
  }

  /// The probabilities, where nothing was found yet, of each value of the running sum.
  private record Density(double from, double step, double[] values) {

    /// Of the next sum, which scatters around this one, to be above a bound.
    double above(double bound, double scatter) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += end(i) * values[i] * upper((bound - at(i)) / scatter);
      }
      return sum * step;
    }

    /// Of the next sum below its bound.
    Density next(double least, double bound, double scatter) {
      Density next = grid(least, bound, scatter);
      int reach = (int) Math.ceil(BEYOND * scatter / step);
      for (int i = 0; i < next.values.length; i++) {
        int middle = (int) Math.round((next.at(i) - from) / step);
        int last = Math.min(values.length - 1, middle + reach);
        double sum = 0;
        for (int j = Math.max(0, middle - reach); j <= last; j++) {
          sum += end(j) * values[j] * bell((next.at(i) - at(j)) / scatter);
        }
        next.values[i] = sum * step / scatter;
      }
      return next;
    }

    private double at(int i) {
      return from + i * step;
    }

    private double end(int i) {
      return i == 0 || i == values.length - 1 ? 0.5 : 1;
    }

    static Density grid(double least, double bound, double scatter) {
      int cells = Math.max(2, (int) Math.ceil((bound - least) / (STEP * scatter)));
      return new Density(least, (bound - least) / cells, new double[cells + 1]);
    }

    static Density first(double bound, double scatter) {
      Density first = grid(-BEYOND * scatter, bound, scatter);
      for (int i = 0; i < first.values.length; i++) {
        first.values[i] = bell(first.at(i) / scatter) / scatter;
      }
      return first;
    }
  }

  /// The z at each look that finds a difference, in either direction.
  ///
  /// @param information seen at each look as a part of that at the end, increasing, at most 1
  public List<Double> bounds(List<Double> information) {
    List<Double> bounds = new ArrayList<>();
    Density density = null;
    double before = 0;
    for (double seen : information) {
      if (!(seen > 0 && seen <= 1) || seen < before) {
        throw new IllegalArgumentException("information does not increase to 1: " + information);
      }
      if (density != null && seen - before <= SAME) {
        bounds.add(bounds.getLast());
        continue;
      }
      double scatter = Math.sqrt(seen - before);
      double root = Math.sqrt(seen);
      double due = spent(seen) - spent(before);
      double bound;
      if (density == null) {
        bound = Math.min(BEYOND, NORMAL.inverseSurvivalProbability(due)) * root;
        density = Density.first(bound, scatter);
      } else {
        bound = due < LEAST ? BEYOND * root : solve(density, scatter, due, BEYOND * root);
        density = density.next(-BEYOND * root, bound, scatter);
      }
      bounds.add(bound / root);
      before = seen;
    }
    return bounds;
  }

  /// The error at each look that a plain test would have to be held to.
  public List<Double> adjusted(List<Double> information) {
    return bounds(information).stream().map(bound -> 2 * upper(bound)).toList();
  }

  /// Of one side, by the time that so much was seen.
  private double spent(double information) {
    return alpha / 2 * Math.pow(information, exponent);
  }

  /// The bound that spends what is due.
  private static double solve(Density density, double scatter, double due, double most) {
    double low = -most;
    double high = most;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (density.above(middle, scatter) > due) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double bell(double z) {
    return Math.exp(-0.5 * z * z) / ROOT;
  }

  private static double upper(double z) {
    return NORMAL.survivalProbability(z);
  }
}
