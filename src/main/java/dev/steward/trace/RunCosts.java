// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.domain.Spend;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The cost of one run by what it went to.
public final class RunCosts {
  /// Spans may begin before their run's first and end after its last.
  private static final Duration AROUND = Duration.ofDays(1);

  private RunCosts() {}

  /// What nothing went to is not there.
  public static Map<Spend, RunCost> of(TraceQueries traces, Run run) {
    Instant ended = run.endedAt();
    Instant last = ended == null || ended.isBefore(run.lastSeen()) ? run.lastSeen() : ended;
    CostQuery query =
        new CostQuery(
            List.of(By.WHAT),
            run.startedAt().minus(AROUND),
            last.plus(AROUND),
            Map.of(By.RUN, Set.of(run.id())));
    Map<Spend, RunCost> costs = new EnumMap<>(Spend.class);
    for (CostQuery.Row row : traces.cost(query.withoutRuns())) {
      costs.put(Spend.valueOf(row.group().getFirst().toUpperCase(Locale.ROOT)), row.cost());
    }
    return costs;
  }
}
