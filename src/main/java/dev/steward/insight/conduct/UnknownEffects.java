// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.conduct;

import dev.steward.control.live.UnknownOutcomes;
import dev.steward.control.live.UnknownOutcomes.Unknown;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Finds tool calls that may or may not have done what they were sent for.
public final class UnknownEffects implements FindingSource {
  private static final int NAMED_MAX = 5;

  private final UnknownOutcomes outcomes;

  public UnknownEffects(UnknownOutcomes outcomes) {
    this.outcomes = outcomes;
  }

  @Override
  public List<Finding> look(Lately lately) {
    Map<String, List<Unknown>> byAgent = new TreeMap<>();
    for (Unknown unknown : outcomes.list()) {
      byAgent.computeIfAbsent(unknown.agent(), _ -> new ArrayList<>()).add(unknown);
    }
    List<Finding> found = new ArrayList<>();
    byAgent.forEach((agent, calls) -> found.add(finding(agent, calls)));
    return found;
  }

  private static Finding finding(String agent, List<Unknown> calls) {
    StringBuilder named = new StringBuilder();
    for (Unknown call : calls.subList(0, Math.min(NAMED_MAX, calls.size()))) {
      named
          .append(named.isEmpty() ? "" : "; ")
          .append(call.server())
          .append('/')
          .append(call.tool())
          .append(call.effect().isEmpty() ? "" : " (" + call.effect() + ")")
          .append(" at ")
          .append(call.at());
    }
    return new Finding(
        "unknown-effects/" + agent,
        Severity.CRITICAL,
        new Subject(agent, Set.of()),
        "Nobody knows whether "
            + Words.count(calls.size(), "call", "calls")
            + " of "
            + agent
            + " took effect",
        "The server died or the tool server broke off between the intent and the outcome: "
            + named
            + (calls.size() > NAMED_MAX ? " and more" : "")
            + ". None is repeated by itself.",
        calls.getLast().at(),
        List.of(Way.to("its runs", "runs", "agent", agent, "range", "24h")),
        List.of(Way.to("look at the tool server whether it was done", "runs", "agent", agent)));
  }
}
