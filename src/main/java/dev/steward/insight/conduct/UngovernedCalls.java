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

/// Finds agents that must call models and tools over the gateway and were seen not to.
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
    Map<String, List<Run>> models = new TreeMap<>();
    Map<String, List<Run>> tools = new TreeMap<>();
    for (Run run : lately.traces().runs(RunsOf.newest(lately, governed, LOOKED_AT)).items()) {
      if (run.ungoverned() > 0) {
        models.computeIfAbsent(run.agent(), _ -> new ArrayList<>()).add(run);
      }
      if (run.ungovernedTools() > 0) {
        tools.computeIfAbsent(run.agent(), _ -> new ArrayList<>()).add(run);
      }
    }
    List<Finding> found = new ArrayList<>();
    models.forEach((agent, runs) -> found.add(models(agent, runs)));
    tools.forEach((agent, runs) -> found.add(tools(agent, runs)));
    return found;
  }

  private static Finding models(String agent, List<Run> runs) {
    int calls = 0;
    for (Run run : runs) {
      calls += run.ungoverned();
    }
    return finding(
        "ungoverned/" + agent,
        agent,
        runs,
        agent + " calls models past the gateway",
        Words.count(calls, "model call", "model calls"),
        "No policy, budget or kill switch reaches them.",
        Way.to("take the provider's own key away from it", "settings"));
  }

  private static Finding tools(String agent, List<Run> runs) {
    int calls = 0;
    for (Run run : runs) {
      calls += run.ungovernedTools();
    }
    return finding(
        "ungoverned-tools/" + agent,
        agent,
        runs,
        agent + " calls tools past the gateway",
        Words.count(calls, "call", "calls") + " of tools that lie behind it",
        "No policy, approval or kill switch reached them, and nothing of them is in the ledger.",
        Way.to("see what they did, and take the tool server's own credential away", "tools"));
  }

  private static Finding finding(
      String id, String agent, List<Run> runs, String title, String calls, String so, Way remedy) {
    Instant first = runs.getFirst().startedAt();
    Set<String> environments = new HashSet<>();
    for (Run run : runs) {
      first = run.startedAt().isBefore(first) ? run.startedAt() : first;
      environments.add(run.environment());
    }
    return new Finding(
        id,
        Severity.CRITICAL,
        new Subject(agent, environments),
        title,
        "%s in %s of the last 24 hours told of by the agent itself never came to the gateway,"
                .formatted(calls, Words.count(runs.size(), "run", "runs"))
            + " though the agent is registered as governed. "
            + so,
        first,
        List.of(Way.to("its runs", "runs", "agent", agent, "range", "24h")),
        List.of(remedy, Way.to("or say that it is only observed", "fleet", "q", agent)));
  }
}
