// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.window;

import dev.steward.control.live.BudgetUse.Point;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The course of a window so far, thinned out so that it stays short: how much was used at the end
/// of each stretch of time, stretches doubling when there are too many.
public final class Points {
  private static final int POINTS_MAX = 120;
  private static final Duration FIRST_STRETCH = Duration.ofSeconds(1);

  private final List<Point> points = new ArrayList<>();
  private Duration stretch = FIRST_STRETCH;

  public void add(Instant at, BigDecimal used) {
    if (!points.isEmpty()
        && at.isBefore(points.getLast().at().plus(stretch))
        && points.size() > 1) {
      points.set(points.size() - 1, new Point(points.getLast().at(), used));
    } else {
      points.add(new Point(at, used));
    }
    if (points.size() > POINTS_MAX) {
      thin();
    }
  }

  public void restore(List<Point> kept) {
    points.clear();
    points.addAll(kept);
    while (points.size() > POINTS_MAX) {
      thin();
    }
  }

  public List<Point> all() {
    return List.copyOf(points);
  }

  private void thin() {
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i += 2) {
      kept.add(points.get(i));
    }
    if (!kept.getLast().equals(points.getLast())) {
      kept.add(points.getLast());
    }
    points.clear();
    points.addAll(kept);
    stretch = stretch.multipliedBy(2);
  }
}
