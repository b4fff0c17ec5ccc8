// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sight;

import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Costs of some agents for somebody who may not see all: what they spent in the runs of an agent
/// that may not be seen is counted, but nothing names that agent, its workflow, run or tool.
public final class DiscreetCosts {
  /// Stands where the name would tell of an agent that may not be seen.
  public static final String HIDDEN = "in a run that is not yours to see";

  /// What belongs to the run, or to the one who called, and not to who spent it.
  private static final Set<By> TELLING = Set.of(By.CALLER, By.WORKFLOW, By.RUN, By.TOOL);

  private DiscreetCosts() {}

  /// @param query about agents that may be seen
  /// @param seen whether an agent may be seen wherever the query asks
  public static List<CostQuery.Row> of(
      TraceQueries traces, CostQuery query, Predicate<String> seen) {
    boolean asks = query.by().stream().anyMatch(TELLING::contains);
    boolean filters = query.only().keySet().stream().anyMatch(TELLING::contains);
    if (!asks && !filters) {
      return traces.cost(query);
    }
    List<By> by = new ArrayList<>(query.by());
    by.add(By.CALLER);
    List<CostQuery.Row> shown = new ArrayList<>();
    for (CostQuery.Row row : traces.cost(query.groupedBy(by.toArray(By[]::new)))) {
      boolean visible = seen.test(row.group().getLast());
      if (visible || !filters) {
        shown.add(told(query, row, visible));
      }
    }
    return Adding.costs(List.of(shown));
  }

  private static CostQuery.Row told(CostQuery query, CostQuery.Row row, boolean visible) {
    List<String> group = new ArrayList<>();
    for (int i = 0; i < query.by().size(); i++) {
      boolean hidden = !visible && TELLING.contains(query.by().get(i));
      group.add(hidden ? HIDDEN : row.group().get(i));
    }
    return new CostQuery.Row(
        List.copyOf(group),
        row.cost(),
        row.runs(),
        row.modelCalls(),
        row.inputTokens(),
        row.outputTokens());
  }
}
