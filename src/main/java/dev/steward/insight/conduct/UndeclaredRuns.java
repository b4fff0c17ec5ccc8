// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.conduct;

import dev.steward.control.live.UndeclaredChanges;
import dev.steward.control.live.UndeclaredChanges.Change;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds agents whose processes run something else than their versions declare.
public final class UndeclaredRuns implements FindingSource {
  private final UndeclaredChanges changes;

  public UndeclaredRuns(UndeclaredChanges changes) {
    this.changes = changes;
  }

  @Override
  public List<Finding> look(Lately lately) {
    Map<String, List<Change>> byAgent = new TreeMap<>();
    for (Change change : changes.all()) {
      if (!change.last().isBefore(lately.dayBegan())) {
        byAgent.computeIfAbsent(change.agent(), _ -> new ArrayList<>()).add(change);
      }
    }
    List<Finding> found = new ArrayList<>();
    byAgent.forEach((agent, seen) -> found.add(finding(agent, seen)));
    return found;
  }

  private static Finding finding(String agent, List<Change> seen) {
    Instant first = seen.getFirst().since();
    Change last = seen.getFirst();
    long calls = 0;
    Set<String> environments = new HashSet<>();
    Set<String> what = new TreeSet<>();
    for (Change change : seen) {
      first = change.since().isBefore(first) ? change.since() : first;
      last = change.last().isAfter(last.last()) ? change : last;
      calls += change.calls();
      environments.add(change.environment());
      what.add(change.what() + " (version " + change.version() + ")");
    }
    return new Finding(
        "undeclared/" + agent,
        Severity.WARNING,
        new Subject(agent, environments),
        agent + " runs an undeclared change",
        "%s sent what the version in force does not declare: %s. What was released is not what runs."
            .formatted(Words.count(calls, "model call", "model calls"), String.join(", ", what)),
        first,
        List.of(Way.to("the last run that did", "runs/" + last.run())),
        List.of(
            Way.to("declare it as a version, or bring the process in line", "agents/" + agent),
            Way.to("its runs", "runs", "agent", agent, "range", "24h")));
  }
}
