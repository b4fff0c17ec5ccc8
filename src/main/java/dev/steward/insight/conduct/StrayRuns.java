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
import dev.steward.trace.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Finds runs that ended without an end, and runs at work that may go in circles.
public final class StrayRuns implements FindingSource {
  private static final int LOOKED_AT = 200;
  private static final int STEPS_MANY = 100;
  private static final int FEW = 3;

  @Override
  public List<Finding> look(Lately lately) {
    List<Finding> found = new ArrayList<>(abandoned(lately));
    found.addAll(looping(lately));
    return found;
  }

  private static List<Finding> abandoned(Lately lately) {
    List<Finding> found = new ArrayList<>();
    byAgent(lately, RunStatus.ABANDONED, Sort.STARTED, 0)
        .forEach((agent, runs) ->
            found.add(
                new Finding(
                    "abandoned/" + agent,
                    runs.size() < FEW ? Severity.NOTE : Severity.WARNING,
                    subject(runs),
                    "%s abandoned %s in the last 24 hours".formatted(agent, atLeast(runs, "run")),
                    (runs.size() == 1
                            ? "It stopped sending before it ended"
                            : "They stopped sending before they ended")
                        + ": a crash, a kill, or a network that went away. What was done until then"
                        + " is recorded. A warning from three on.",
                    first(runs),
                    List.of(
                        Way.to(
                            "the abandoned runs",
                            "runs",
                            "agent",
                            agent,
                            "status",
                            "abandoned",
                            "range",
                            "24h")),
                    List.of(
                        Way.to("see whether its other runs do better", "runs", "agent", agent),
                        Way.to("keep one past its retention", "settings")))));
    return found;
  }

  private static List<Finding> looping(Lately lately) {
    List<Finding> found = new ArrayList<>();
    byAgent(lately, RunStatus.WORKING, Sort.STEPS, STEPS_MANY)
        .forEach((agent, runs) ->
            found.add(
                new Finding(
                    "looping/" + agent,
                    Severity.WARNING,
                    subject(runs),
                    "%s may go in circles: a run at work has made %d steps"
                        .formatted(agent, runs.getFirst().steps()),
                    "Told of a run that is still at work after %d steps; it has cost %s so far."
                        .formatted(STEPS_MANY, cost(runs.getFirst())),
                    first(runs),
                    List.of(
                        Way.to(
                            "its longest runs at work",
                            "runs",
                            "agent",
                            agent,
                            "status",
                            "working",
                            "sort",
                            "steps",
                            "range",
                            "24h")),
                    List.of(Way.to("take its keys away, so that it must stop", "settings")))));
    return found;
  }

  private static String cost(Run run) {
    return run.cost().known()
        ? Words.money(run.cost().amount()) + " " + run.cost().currency()
        : "an unknown amount";
  }

  private static Map<String, List<Run>> byAgent(
      Lately lately, RunStatus status, Sort sort, int steps) {
    Map<String, List<Run>> byAgent = new TreeMap<>();
    for (Run run :
        lately
            .traces()
            .runs(RunsOf.day(lately, null, status, null, null, sort, LOOKED_AT))
            .items()) {
      if (run.steps() >= steps) {
        byAgent.computeIfAbsent(run.agent(), _ -> new ArrayList<>()).add(run);
      }
    }
    return byAgent;
  }

  private static String atLeast(List<Run> runs, String thing) {
    return (runs.size() >= LOOKED_AT ? "at least " : "")
        + Words.count(runs.size(), thing, thing + "s");
  }

  private static Subject subject(List<Run> runs) {
    Set<String> environments = new HashSet<>();
    for (Run run : runs) {
      environments.add(run.environment());
    }
    return new Subject(runs.getFirst().agent(), environments);
  }

  private static Instant first(List<Run> runs) {
    Instant first = runs.getFirst().startedAt();
    for (Run run : runs) {
      first = run.startedAt().isBefore(first) ? run.startedAt() : first;
    }
    return first;
  }
}
