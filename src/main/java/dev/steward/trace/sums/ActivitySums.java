// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.sums;

import dev.steward.trace.assembly.AssembledRun;
import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Adds runs up to what each agent did in a stretch of time; a run belongs to the stretch that it
/// started in.
public final class ActivitySums {
  public static final int SLICES = 24;

  private final ActivityQuery query;
  private final Map<String, Agent> agents = new TreeMap<>();

  public ActivitySums(ActivityQuery query) {
    this.query = query;
  }

  /// @param run the assembled run as it stands now
  public void add(AssembledRun assembled, Run run) {
    if (query.takes(run)) {
      int slice = query.slice(run.startedAt(), SLICES);
      agents.computeIfAbsent(run.agent(), _ -> new Agent()).add(assembled, run, slice);
    }
  }

  /// In order of agent names.
  public List<AgentActivity> activities() {
    List<AgentActivity> all = new ArrayList<>(agents.size());
    agents.forEach((name, agent) -> all.add(agent.activity(name)));
    return all;
  }

  private static final class Agent {
    private final Set<String> services = new TreeSet<>();
    private final Set<String> environments = new TreeSet<>();
    private final Set<String> models = new TreeSet<>();
    private final Set<String> tools = new TreeSet<>();
    private final List<Duration> durations = new ArrayList<>();
    private final Long[] slices = new Long[SLICES];
    private final RunSums cost = new RunSums();
    private boolean registered;
    private long runs;
    private long open;
    private long withOutcome;
    private long successes;
    private long errors;
    private Instant firstSeen = Instant.MAX;
    private Instant lastSeen = Instant.MIN;

    Agent() {
      Arrays.fill(slices, 0L);
    }

    void add(AssembledRun assembled, Run run, int slice) {
      services.addAll(assembled.services());
      models.addAll(assembled.models());
      tools.addAll(assembled.tools());
      if (!run.environment().isEmpty()) {
        environments.add(run.environment());
      }
      registered |= run.registered();
      runs++;
      slices[slice]++;
      if (run.status().open()) {
        open++;
      } else {
        durations.add(run.duration());
      }
      if (run.outcome() != null || run.score() != null) {
        withOutcome++;
      }
      successes += OutcomeWords.success(run.outcome(), run.score()) ? 1 : 0;
      errors += run.errors() > 0 ? 1 : 0;
      RunCost spent = run.cost();
      cost.add(spent.currency(), spent.amount(), spent.priced(), spent.unknown());
      firstSeen = assembled.firstSeen().isBefore(firstSeen) ? assembled.firstSeen() : firstSeen;
      lastSeen = run.lastSeen().isAfter(lastSeen) ? run.lastSeen() : lastSeen;
    }

    AgentActivity activity(String name) {
      return new AgentActivity(
          name,
          registered,
          services,
          environments,
          models,
          tools,
          runs,
          open,
          withOutcome,
          successes,
          errors,
          cost.cost(),
          p95(),
          firstSeen,
          lastSeen,
          List.of(slices));
    }

    /// The smallest duration that at least 95 of 100 closed runs do not exceed.
    private @Nullable Duration p95() {
      if (durations.isEmpty()) {
        return null;
      }
      Collections.sort(durations);
      return durations.get((int) Math.ceil(durations.size() * 0.95) - 1);
    }
  }
}
