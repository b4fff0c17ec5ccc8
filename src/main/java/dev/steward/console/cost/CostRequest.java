// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.filter.TimeRange;
import dev.steward.console.web.PageRequest;
import dev.steward.domain.resource.Budget;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the cost page's address asks for. What it cannot read it leaves out.
///
/// @param split a second dimension, null for none
/// @param chosen the one value of a dimension that counts
record CostRequest(TimeRange range, By group, @Nullable By split, Map<By, String> chosen) {
  static final List<By> GROUPS =
      List.of(
          By.AGENT,
          By.CALLER,
          By.TEAM,
          By.WHAT,
          By.PROVIDER,
          By.MODEL,
          By.TOOL,
          By.WORKFLOW,
          By.STEP,
          By.VERSION,
          By.ENVIRONMENT,
          By.DAY);

  static CostRequest of(PageRequest request, TimeRange range) {
    By group = dimension(request.parameter("by"));
    By split = dimension(request.parameter("split"));
    Map<By, String> chosen = new EnumMap<>(By.class);
    for (By by : GROUPS) {
      String value = by.time() ? null : request.parameter(word(by));
      if (value != null) {
        chosen.put(by, value);
      }
    }
    String run = request.parameter(word(By.RUN));
    if (run != null) {
      chosen.put(By.RUN, run);
    }
    By first = group == null ? By.AGENT : group;
    return new CostRequest(range, first, split == first || split == By.DAY ? null : split, chosen);
  }

  private static @Nullable By dimension(@Nullable String word) {
    return GROUPS.stream().filter(by -> word(by).equals(word)).findFirst().orElse(null);
  }

  static String word(By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }

  CostQuery query() {
    Map<By, Set<String>> only = new EnumMap<>(By.class);
    chosen.forEach((by, value) -> only.put(by, Set.of(value)));
    return new CostQuery(List.of(group), range.from(), range.to(), only).withoutRuns();
  }

  /// Whether a budget of this scope may have paid for some of what is chosen.
  ///
  /// @param labels of the chosen agent
  boolean paidBy(Budget.Scope scope, Map<String, String> labels) {
    return mayBe(By.AGENT, scope.agent())
        && mayBe(By.WORKFLOW, scope.workflow())
        && mayBe(By.ENVIRONMENT, scope.environment())
        && mayBe(By.RUN, scope.run())
        && mayBe(By.TEAM, scope.labels().getOrDefault("team", ""))
        && (!chosen.containsKey(By.AGENT)
            || labels.entrySet().containsAll(scope.labels().entrySet()));
  }

  private boolean mayBe(By by, String wanted) {
    return wanted.isEmpty() || wanted.equals(chosen.getOrDefault(by, wanted));
  }

  /// Whether what is chosen can be said of whole runs, and so of tasks.
  boolean ofRuns() {
    EnumSet<By> asked = EnumSet.noneOf(By.class);
    asked.addAll(chosen.keySet());
    return asked.stream().allMatch(By::ofRuns);
  }
}
