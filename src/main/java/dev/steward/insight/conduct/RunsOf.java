// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.conduct;

import dev.steward.insight.finding.Lately;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQueryDraft;
import dev.steward.trace.run.RunStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Queries for runs of the last day.
final class RunsOf {
  private RunsOf() {}

  /// The newest runs of these agents.
  static RunQuery newest(Lately lately, Set<String> agents, int limit) {
    return RunQueryDraft.runs()
        .agents(agents)
        .from(lately.dayBegan())
        .by(RunQuery.Sort.STARTED)
        .descending(true)
        .limit(limit)
        .build();
  }

  /// The oldest first by start, else the largest first.
  static RunQuery day(
      Lately lately,
      @Nullable Set<String> agents,
      @Nullable RunStatus status,
      @Nullable String outcome,
      @Nullable Boolean errors,
      RunQuery.Sort sort,
      int limit) {
    return RunQueryDraft.runs()
        .agents(agents)
        .status(status)
        .outcome(outcome)
        .errors(errors)
        .from(lately.dayBegan())
        .by(sort)
        .descending(sort != RunQuery.Sort.STARTED)
        .limit(limit)
        .build();
  }
}
