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
  /// So many more than are kept are let come before the oldest go.
  private static final int OVER = 500;

  private final Map<String, PastRun> runs = new HashMap<>();
  private boolean changed;

  /// Adds a run, or what is known of it now.
  ///
  /// @param most that are kept, the newest
  void put(PastRun run, int most) {
    changed |= !run.equals(runs.put(run.id(), run));
    if (runs.size() >= most + OVER) {
      List<PastRun> all = sorted(runs.values());
      all.subList(0, all.size() - most).forEach(old -> runs.remove(old.id()));
    }
  }

  /// The run turned out to be another's, or several.
  void remove(String id) {
    changed |= runs.remove(id) != null;
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
