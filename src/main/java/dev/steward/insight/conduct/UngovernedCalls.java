// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.conduct;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import dev.steward.trace.run.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Finds agents that must call their models over the gateway and were seen not to.
public final class UngovernedCalls implements FindingSource {
  private static final int LOOKED_AT = 500;

  private final Supplier<State> state;

  public UngovernedCalls(Supplier<State> state) {
    this.state = state;
  }

  @Override
  public List<Finding> look(Lately lately) {
    Set<String> governed = new HashSet<>();
    for (Agent agent : state.get().agents()) {
      if (agent.oversight() == Agent.Oversight.GOVERNED) {
        governed.add(agent.name());
      }
    }
    if (governed.isEmpty()) {
      return List.of();
    }
    Map<String, List<Run>> byAgent = new TreeMap<>();
    for (Run run : lately.traces().runs(RunsOf.newest(lately, governed, LOOKED_AT)).items()) {
      if (run.ungoverned() > 0) {
        byAgent.computeIfAbsent(run.agent(), _ -> new ArrayList<>()).add(run);
      }
    }
    List<Finding> found = new ArrayList<>();
    byAgent.forEach((agent, runs) -> found.add(finding(agent, runs)));
    return found;
  }

  private static Finding finding(String agent, List<Run> runs) {
    int calls = 0;
    Instant first = runs.getFirst().startedAt();
    Set<String> environments = new HashSet<>();
    for (Run run : runs) {
      calls += run.ungoverned();
      first = run.startedAt().isBefore(first) ? run.startedAt() : first;
      environments.add(run.environment());
    }
    return new Finding(
        "ungoverned/" + agent,
        Severity.CRITICAL,
        new Subject(agent, environments),
        "%s calls models past the gateway".formatted(agent),
        "%s in %s of the last 24 hours told of by the agent itself never came to the gateway,"
                .formatted(
                    Words.count(calls, "model call", "model calls"),
                    Words.count(runs.size(), "run", "runs"))
            + " though the agent is registered as governed. No policy, budget or kill switch"
            + " reaches them.",
        first,
        List.of(Way.to("its runs", "runs", "agent", agent, "range", "24h")),
        List.of(
            Way.to("take the provider's own key away from it", "settings"),
            Way.to("or say that it is only observed", "fleet", "q", agent)));
  }
}
