// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import dev.steward.domain.rollout.Arm;
import dev.steward.insight.watch.Guardrail;
import dev.steward.insight.watch.Unit;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQueryDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The units of a canary as the traces tell of them. Each belongs to the arm of its first run,
/// wherever its later runs went: to leave out or move those that changed sides would compare what
/// was not assigned.
public final class TracedUnits implements CanaryUnits {
  /// The oldest so many runs are judged.
  public static final int RUNS_MAX = 50_000;

  private static final int PAGE = 2_000;

  private final TraceQueries traces;
  private final RefusedCalls refused;

  public TracedUnits(TraceQueries traces) {
    this.traces = traces;
    refused = new RefusedCalls(traces);
  }

  @Override
  public List<Unit> units(CanaryTrial trial, Instant now) {
    boolean decisions = trial.plan().guardrails().stream().anyMatch(TracedUnits::needsDecisions);
    List<Unit> units = new ArrayList<>();
    for (List<Run> runs : grouped(trial, now).values()) {
      Run first = runs.getFirst();
      Optional<Arm> arm = arm(trial, first);
      Optional<Double> share = trial.shareAt(first.startedAt());
      if (arm.isPresent() && share.isPresent() && !first.startedAt().isBefore(trial.startedAt())) {
        UnitRuns unit = new UnitRuns(runs, trial.unitRule(), now);
        Set<Unit.Event> events = unit.events();
        if (decisions) {
          runs.forEach(run -> events.addAll(refused.of(run)));
        }
        units.add(unit.unit(arm.get(), share.get(), events));
      }
    }
    units.sort(Comparator.comparing(Unit::at).thenComparing(Unit::id));
    return units;
  }

  private static boolean needsDecisions(Guardrail guardrail) {
    return guardrail instanceof Guardrail.Events(Unit.Event event)
        && (event == Unit.Event.DENIAL || event == Unit.Event.ESCALATION);
  }

  private static Optional<Arm> arm(CanaryTrial trial, Run first) {
    if (first.version().equals(trial.candidate())) {
      return Optional.of(Arm.CANARY);
    }
    return first.version().equals(trial.control()) ? Optional.of(Arm.CONTROL) : Optional.empty();
  }

  /// The runs of each unit, the oldest first.
  private Map<String, List<Run>> grouped(CanaryTrial trial, Instant now) {
    Map<String, List<Run>> grouped = new LinkedHashMap<>();
    RunQuery query =
        RunQueryDraft.runs()
            .agents(trial.agent())
            .environment(trial.environment())
            .from(trial.startedAt().minus(trial.unitRule().conversationsLast()))
            .to(now)
            .limit(PAGE)
            .build();
    int read = 0;
    while (true) {
      Page<Run> page = traces.runs(query);
      for (Run run : page.items()) {
        grouped.computeIfAbsent(key(trial, run), _ -> new ArrayList<>()).add(run);
      }
      read += page.items().size();
      if (page.next() == null || read >= RUNS_MAX) {
        return grouped;
      }
      query = query.behind(page.next());
    }
  }

  private static String key(CanaryTrial trial, Run run) {
    String conversation = run.conversation();
    return trial.unitRule().conversations() && conversation != null
        ? "conversation " + conversation
        : "run " + run.id();
  }
}
