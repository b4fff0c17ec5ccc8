// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sight;

import dev.steward.domain.Digest;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.Page;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunQuery;
import dev.steward.trace.run.RunQueryDraft;
import dev.steward.trace.run.UsedPart;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Traces as somebody sees them whose grants are limited: runs, spans, counts and costs of other
/// agents and environments are not there.
final class SeenTraces implements TraceQueries {
  private static final int ROUNDS_MAX = 10;

  private final TraceQueries traces;
  private final AgentSight sight;
  private final RecentAgents lately;

  SeenTraces(TraceQueries traces, AgentSight sight, RecentAgents lately) {
    this.traces = traces;
    this.sight = sight;
    this.lately = lately;
  }

  /// Pages are filled up from those behind, since of what matches not all may be seen.
  @Override
  public Page<Run> runs(RunQuery query) {
    Seen seen = seen(query.agents());
    if (seen.agents().isEmpty()) {
      return new Page<>(List.of(), null);
    }
    RunQuery narrow =
        RunQueryDraft.like(query)
            .agents(seen.agents())
            .environment(where(query.environment(), seen))
            .build();
    List<Run> found = new ArrayList<>();
    String cursor = query.cursor();
    for (int round = 0; round < ROUNDS_MAX; round++) {
      Page<Run> page = traces.runs(narrow.atMost(query.limit() - found.size()).behind(cursor));
      for (Run run : page.items()) {
        if (sight.sees(run)) {
          found.add(run);
        }
      }
      cursor = page.next();
      if (cursor == null || found.size() >= query.limit()) {
        break;
      }
    }
    return new Page<>(found, cursor);
  }

  /// The environment to ask for: the one that was asked for, else the only one that may be seen.
  private static @Nullable String where(@Nullable String asked, Seen seen) {
    if (asked != null || !seen.whole().isEmpty()) {
      return asked;
    }
    Set<String> all = new HashSet<>();
    seen.partly().values().forEach(all::addAll);
    return all.size() == 1 ? all.iterator().next() : null;
  }

  @Override
  public Optional<Run> run(String id) {
    return traces.run(id).filter(sight::sees);
  }

  @Override
  public List<Span> spans(String traceId) {
    List<Span> spans = traces.spans(traceId);
    return ofSeenRuns(spans, spans);
  }

  @Override
  public List<Span> outline(String traceId) {
    List<Span> spans = traces.outline(traceId);
    return ofSeenRuns(spans, spans);
  }

  @Override
  public List<Span> spans(String traceId, Set<String> spanIds) {
    return ofSeenRuns(traces.spans(traceId, spanIds), traces.outline(traceId));
  }

  @Override
  public List<Evaluation> evaluations(String traceId) {
    Set<String> seen = new HashSet<>();
    for (Span span : outline(traceId)) {
      seen.add(span.key().spanId());
    }
    List<Evaluation> evaluations = new ArrayList<>();
    for (Evaluation one : traces.evaluations(traceId)) {
      String span = one.spanId();
      if (span == null ? !seen.isEmpty() : seen.contains(span)) {
        evaluations.add(one);
      }
    }
    return evaluations;
  }

  /// Runs of several agents can share a trace: every span is judged by its own run.
  private List<Span> ofSeenRuns(List<Span> spans, List<Span> whole) {
    Map<String, String> runs = RunAssembler.runsOf(whole);
    Map<String, Boolean> judged = new HashMap<>();
    List<Span> seen = new ArrayList<>();
    for (Span span : spans) {
      String run = runs.get(span.key().spanId());
      if (run != null && judged.computeIfAbsent(run, id -> run(id).isPresent())) {
        seen.add(span);
      }
    }
    return seen;
  }

  /// Nothing: a digest does not tell in whose run it was said.
  @Override
  public Optional<byte[]> content(Digest hash) {
    return Optional.empty();
  }

  @Override
  public List<CostQuery.Row> cost(CostQuery query) {
    List<List<CostQuery.Row>> parts = new ArrayList<>();
    for (CostQuery part : parts(query)) {
      parts.add(DiscreetCosts.of(traces, part, agent -> everywhere(agent, part)));
    }
    return parts.size() == 1 ? parts.getFirst() : Adding.costs(parts);
  }

  /// Whether an agent may be seen wherever a query asks.
  private boolean everywhere(String agent, CostQuery query) {
    Set<String> environments = query.only().get(By.ENVIRONMENT);
    return sight.wholly(agent)
        || (environments != null && sight.in(agent, environments).size() == environments.size());
  }

  @Override
  public List<CostQuery.TaskRow> tasks(CostQuery query) {
    List<List<CostQuery.TaskRow>> parts = new ArrayList<>();
    for (CostQuery part : parts(query)) {
      parts.add(traces.tasks(part));
    }
    return parts.size() == 1 ? parts.getFirst() : Adding.tasks(parts);
  }

  /// One query for the agents that are seen wholly, and one for each set of environments.
  private List<CostQuery> parts(CostQuery query) {
    Seen seen = seen(query.only().get(By.AGENT));
    List<CostQuery> parts = new ArrayList<>();
    if (!seen.whole().isEmpty()) {
      parts.add(with(query, seen.whole(), query.only().get(By.ENVIRONMENT)));
    }
    seen.byEnvironments()
        .forEach((environments, agents) -> {
          Set<String> asked = query.only().get(By.ENVIRONMENT);
          Set<String> both = new TreeSet<>(environments);
          if (asked != null) {
            both.retainAll(asked);
          }
          if (!both.isEmpty()) {
            parts.add(with(query, agents, both));
          }
        });
    return parts;
  }

  private static CostQuery with(
      CostQuery query, Set<String> agents, @Nullable Set<String> environments) {
    Map<By, Set<String>> only = new EnumMap<>(By.class);
    only.putAll(query.only());
    only.put(By.AGENT, agents);
    if (environments != null) {
      only.put(By.ENVIRONMENT, environments);
    }
    return new CostQuery(query.by(), query.from(), query.to(), only, query.countsRuns());
  }

  @Override
  public List<AgentActivity> activity(ActivityQuery query) {
    return narrowed(traces.activity(query), query);
  }

  /// What may be seen of activity; that of agents which may be seen in some environments only is
  /// asked for anew.
  List<AgentActivity> narrowed(List<AgentActivity> all, ActivityQuery query) {
    List<AgentActivity> seen = new ArrayList<>();
    Map<Set<String>, Set<String>> partly = new HashMap<>();
    for (AgentActivity activity : all) {
      if (sight.wholly(activity.agent())) {
        seen.add(activity);
      } else {
        Set<String> environments = sight.in(activity.agent(), activity.environments());
        if (!environments.isEmpty()) {
          partly.computeIfAbsent(environments, _ -> new HashSet<>()).add(activity.agent());
        }
      }
    }
    partly.forEach((environments, agents) -> {
      for (AgentActivity activity : traces.activity(query.within(environments))) {
        if (agents.contains(activity.agent())) {
          seen.add(activity);
        }
      }
    });
    seen.sort(Comparator.comparing(AgentActivity::agent));
    return seen;
  }

  @Override
  public List<ActivitySlice> slices(ActivityQuery query, int count) {
    List<List<ActivitySlice>> parts = new ArrayList<>();
    for (ActivityQuery part : parts(query)) {
      parts.add(traces.slices(part, count));
    }
    return parts.isEmpty() ? traces.slices(query.within(Set.of()), count) : Adding.slices(parts);
  }

  @Override
  public List<UsedPart> used(ActivityQuery query) {
    List<List<UsedPart>> parts = new ArrayList<>();
    for (ActivityQuery part : parts(query)) {
      parts.add(traces.used(part));
    }
    return parts.size() == 1 ? parts.getFirst() : Adding.used(parts);
  }

  /// One query for each agent that may be seen.
  private List<ActivityQuery> parts(ActivityQuery query) {
    String agent = query.agent();
    Seen seen = seen(agent == null ? null : Set.of(agent));
    List<ActivityQuery> parts = new ArrayList<>();
    for (String name : seen.whole()) {
      parts.add(query.of(name));
    }
    seen.partly().forEach((name, where) -> parts.add(query.of(name).within(where)));
    return parts;
  }

  /// The agents that may be seen, of those that are asked for.
  ///
  /// @param whole wherever they run
  /// @param partly with the environments in which they may be seen
  private record Seen(Set<String> whole, Map<String, Set<String>> partly) {
    Set<String> agents() {
      Set<String> agents = new TreeSet<>(whole);
      agents.addAll(partly.keySet());
      return agents;
    }

    Map<Set<String>, Set<String>> byEnvironments() {
      Map<Set<String>, Set<String>> by = new HashMap<>();
      partly.forEach((agent, where) -> by.computeIfAbsent(where, _ -> new TreeSet<>()).add(agent));
      return by;
    }
  }

  private Seen seen(@Nullable Collection<String> asked) {
    Set<String> whole = new TreeSet<>();
    Map<String, Set<String>> partly = new TreeMap<>();
    for (AgentActivity activity : lately.all()) {
      Set<String> where = sight.in(activity.agent(), activity.environments());
      if (sight.wholly(activity.agent())) {
        whole.add(activity.agent());
      } else if (!where.isEmpty()) {
        partly.put(activity.agent(), where);
      }
    }
    whole.addAll(sight.registeredAndWholly());
    if (asked != null) {
      for (String agent : asked) {
        if (sight.wholly(agent)) {
          whole.add(agent);
        }
      }
      whole.retainAll(asked);
      partly.keySet().retainAll(asked);
    }
    return new Seen(whole, partly);
  }
}
