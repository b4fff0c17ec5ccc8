// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.chart.Happening;
import dev.steward.console.chart.Times;
import dev.steward.insight.timeline.Moment;
import dev.steward.insight.timeline.Moment.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What happened to an agent while it was watched, as charts mark it.
///
/// @param times the axis
/// @param elsewhere where all of it is told
record Surroundings(Times times, String environment, String elsewhere) {
  private static final Set<Kind> MARKED =
      Set.of(Kind.VERSION, Kind.RELEASE, Kind.MODEL, Kind.UNDECLARED, Kind.DATA);

  /// Closer than so many percent two letters would lie on each other.
  private static final double NEAR = 4;

  private static final int WORDS_MAX = 3;

  List<Happening> of(List<Moment> moments) {
    // Of the steps of one release the last stands for all.
    Map<String, Moment> last = new LinkedHashMap<>();
    for (Moment moment : moments) {
      boolean here = moment.environment().isEmpty() || moment.environment().equals(environment);
      if (here && MARKED.contains(moment.kind())) {
        last.remove(moment.kind() + moment.page());
        last.put(moment.kind() + moment.page(), moment);
      }
    }
    List<Happening> happenings = new ArrayList<>();
    List<Moment> near = new ArrayList<>();
    for (Moment moment : last.values()) {
      if (!near.isEmpty() && times.along(moment.at()) - times.along(near.getFirst().at()) > NEAR) {
        happenings.add(happening(near));
        near.clear();
      }
      near.add(moment);
    }
    if (!near.isEmpty()) {
      happenings.add(happening(near));
    }
    return happenings;
  }

  private Happening happening(List<Moment> near) {
    Moment first = near.getFirst();
    List<String> words = new ArrayList<>();
    for (Moment moment : near.subList(0, Math.min(WORDS_MAX, near.size()))) {
      words.add(moment.title());
    }
    if (near.size() > WORDS_MAX) {
      words.add("and " + (near.size() - WORDS_MAX) + " more");
    }
    boolean planned =
        near.stream().allMatch(each -> each.kind() == Kind.VERSION || each.kind() == Kind.RELEASE);
    return new Happening(
        first.at(),
        planned ? Happening.Kind.RELEASE : Happening.Kind.CHANGE,
        "",
        String.join("; ", words),
        near.size() == 1 ? "/" + first.page() : elsewhere);
  }
}
