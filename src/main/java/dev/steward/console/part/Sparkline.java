// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.part;

import java.util.List;
import java.util.Locale;

/// A line of counts without axes, drawn into a box of 96 by 20.
///
/// @param path SVG path data
/// @param lastX where the newest point is
/// @param words the same for who cannot see it
public record Sparkline(String path, String area, String lastX, String lastY, String words) {
  private static final double WIDTH = 92;
  private static final double LEFT = 2;
  private static final double TOP = 3;
  private static final double BOTTOM = 17;

  public static Sparkline of(List<Long> slices, String what) {
    long most = Math.max(1, slices.stream().mapToLong(Long::longValue).max().orElse(0));
    StringBuilder line = new StringBuilder();
    double x = LEFT + WIDTH;
    double y = BOTTOM;
    for (int i = 0; i < slices.size(); i++) {
      x = LEFT + WIDTH * i / Math.max(1, slices.size() - 1);
      y = BOTTOM - (BOTTOM - TOP) * slices.get(i) / most;
      line.append(i == 0 ? "M" : "L").append(point(x)).append(' ').append(point(y));
    }
    String path = line.isEmpty() ? "M2 17L94 17" : line.toString();
    return new Sparkline(
        path,
        path + "L" + point(x) + " 18L2 18z",
        point(x),
        point(y),
        "%s: most %d in a slice, %d in the newest"
            .formatted(what, slices.isEmpty() ? 0 : most, slices.isEmpty() ? 0 : slices.getLast()));
  }

  private static String point(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
