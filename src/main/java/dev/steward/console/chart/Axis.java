// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import java.util.ArrayList;
import java.util.List;

/// The upright axis: where it begins and ends, and the values written at it.
record Axis(double from, double to, List<Double> ticks) {
  private static final int TICKS = 4;
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /// An axis that holds all values from low to high.
  static Axis of(Measure measure, double low, double high) {
    double from = measure.fromZero() ? Math.min(0, low) : low;
    double to = high > from ? high : from + 1;
    double step = step((to - from) / TICKS, measure == Measure.COUNT);
    double begin = Math.floor(from / step + 1e-9) * step;
    double end = Math.ceil(to / step - 1e-9) * step;
    if (measure == Measure.SHARE) {
      begin = Math.max(0, begin);
      end = Math.min(100, Math.max(end, begin + step));
    }
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; begin + i * step <= end + step / 1e6; i++) {
      ticks.add(begin + i * step);
    }
    return new Axis(begin, end, List.copyOf(ticks));
  }

  /// @param whole whether a value between two numbers that follow each other says nothing
  private static double step(double rough, boolean whole) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double step : STEPS) {
      double wide = step * power;
      if (wide >= rough - 1e-12 && (!whole || wide == Math.rint(wide))) {
        return wide;
      }
    }
    return whole ? Math.max(10 * power, 1) : 10 * power;
  }

  /// How far below the upper edge a value lies, in percent of the height.
  double below(double value) {
    return 100 - 100 * Math.min(1, Math.max(0, (value - from) / (to - from)));
  }
}
