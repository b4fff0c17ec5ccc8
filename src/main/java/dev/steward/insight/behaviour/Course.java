// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.insight.trait.PastRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The runs of one agent in one environment, as they are known now. Not safe for several threads.
final class Course {
  /// The newest are kept where there are more: about 8 MB.
  static final int RUNS_MAX = 50_000;

  private static final int OVER = 1_000;

  private final Map<String, PastRun> runs = new HashMap<>();
  private boolean changed;

  /// Adds a run, or what is known of it now.
  void put(PastRun run) {
    changed |= !run.equals(runs.put(run.id(), run));
    if (runs.size() >= RUNS_MAX + OVER) {
      List<PastRun> all = sorted(runs.values());
      all.subList(0, all.size() - RUNS_MAX).forEach(old -> runs.remove(old.id()));
    }
  }

  /// Whether anything is known that was not when this was asked last.
  boolean news() {
    boolean news = changed;
    changed = false;
    return news;
  }

  /// Those that were heard of last after a time, in their order.
  List<PastRun> after(Instant time) {
    return sorted(runs.values().stream().filter(run -> run.heard().isAfter(time)).toList());
  }

  private static List<PastRun> sorted(Collection<PastRun> runs) {
    List<PastRun> sorted = new ArrayList<>(runs);
    sorted.sort(PastRun.IN_ORDER);
    return sorted;
  }
}
