// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.gateway.window.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Finds the windows that nobody uses.
final class Resting {
  private Resting() {}

  /// Whether the window is over: its time is up, or its run was silent for so long.
  static boolean over(Counter counter, Instant now, Duration runIdle) {
    Instant ends = counter.ends();
    return ends == null ? counter.active().plus(runIdle).isBefore(now) : !now.isBefore(ends);
  }

  /// What is over, what has lent something and was silent, and the longest silent runs beyond what
  /// is kept.
  static List<Counter> of(
      Collection<Counter> all, Instant now, Duration idle, Duration runIdle, int runsMax) {
    List<Counter> resting = new ArrayList<>();
    List<Counter> runs = new ArrayList<>();
    for (Counter counter : all) {
      boolean silent = counter.active().plus(idle).isBefore(now);
      boolean borrowed =
          counter.loan().lent.compareTo(counter.used()) > 0
              || counter.loan().told.compareTo(counter.used()) < 0;
      if (over(counter, now, runIdle)) {
        resting.add(counter);
      } else if (counter.key().byRun()) {
        runs.add(counter);
      } else if (silent && borrowed) {
        resting.add(counter);
      }
    }
    if (runs.size() > runsMax) {
      runs.sort(Comparator.comparing(Counter::active));
      resting.addAll(runs.subList(0, runs.size() - runsMax));
    }
    return resting;
  }
}
