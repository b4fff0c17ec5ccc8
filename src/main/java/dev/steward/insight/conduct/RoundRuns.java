// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.conduct;

import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery.Sort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Finds agents whose runs went round until the gateway stopped them.
public final class RoundRuns implements FindingSource {
  private static final int LOOKED_AT = 200;
  private static final String OUTCOME = "stopped: loop";

  @Override
  public List<Finding> look(Lately lately) {
    Map<String, List<Run>> byAgent = new TreeMap<>();
    for (Run run :
        lately
            .traces()
            .runs(RunsOf.day(lately, null, null, OUTCOME, null, Sort.STARTED, LOOKED_AT))
            .items()) {
      byAgent.computeIfAbsent(run.agent(), _ -> new ArrayList<>()).add(run);
    }
    List<Finding> found = new ArrayList<>();
    byAgent.forEach((agent, runs) -> found.add(finding(agent, runs)));
    return found;
  }

  private static Finding finding(String agent, List<Run> runs) {
    Instant first = runs.getFirst().startedAt();
    Set<String> environments = new HashSet<>();
    for (Run run : runs) {
      first = run.startedAt().isBefore(first) ? run.startedAt() : first;
      environments.add(run.environment());
    }
    return new Finding(
        "round/" + agent,
        Severity.WARNING,
        new Subject(agent, environments),
        "%s went round, and the gateway stopped it".formatted(agent),
        "%s of the last 24 hours came no further, and %s refused from then on. Each run's page says what it repeated."
            .formatted(
                Words.count(runs.size(), "run", "runs"),
                runs.size() == 1 ? "its model calls were" : "their model calls were"),
        first,
        List.of(
            Way.to("the stopped runs", "runs", "agent", agent, "outcome", OUTCOME, "range", "24h")),
        List.of(Way.to("compare it with a run that came through", "runs", "agent", agent)));
  }
}
