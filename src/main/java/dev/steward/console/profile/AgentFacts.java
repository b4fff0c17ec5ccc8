// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.profile;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.TimeRange;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.UsedPart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Everything that the page of one agent is made from, read at one moment.
///
/// @param agent as declared, null for a sender that nobody registered
/// @param environment that the figures are narrowed to, null for all
/// @param lately what it did in the last 90 days, wherever
/// @param sums of the range
/// @param before sums of the stretch of the same length before it, null where there is none
/// @param chart slices of the range
/// @param hours slices of one hour, the last seven days
/// @param used in the last 90 days
public record AgentFacts(
    String name,
    @Nullable Agent agent,
    State state,
    TimeRange range,
    @Nullable String environment,
    Instant at,
    AgentActivity lately,
    ActivitySlice sums,
    @Nullable ActivitySlice before,
    List<ActivitySlice> chart,
    List<ActivitySlice> hours,
    List<UsedPart> used) {
  public static final Duration LATELY = Duration.ofDays(90);
  private static final int SLICES = 24;
  private static final int WEEK_HOURS = 168;

  public static AgentFacts read(
      TraceQueries traces,
      State state,
      String name,
      TimeRange range,
      @Nullable String environment,
      Instant at) {
    Agent agent = state.agent(name).orElse(null);
    ActivityQuery lately = new ActivityQuery(at.minus(LATELY), range.to(), name, null);
    AgentActivity seen = one(traces, lately, agent != null);
    Instant from =
        range.bounded() ? range.from() : seen.runs() == 0 ? at.minus(LATELY) : seen.firstSeen();
    ActivityQuery now = new ActivityQuery(from, range.to(), name, environment);
    Instant earlier = from.minus(Duration.between(from, at));
    ActivitySlice before =
        range.bounded()
            ? traces.slices(new ActivityQuery(earlier, from, name, environment), 1).getFirst()
            : null;
    return new AgentFacts(
        name,
        agent,
        state,
        range,
        environment,
        at,
        seen,
        traces.slices(now, 1).getFirst(),
        before,
        traces.slices(new ActivityQuery(from, at, name, environment), SLICES),
        traces.slices(
            new ActivityQuery(at.minus(Duration.ofHours(WEEK_HOURS)), at, name, environment),
            WEEK_HOURS),
        traces.used(new ActivityQuery(at.minus(LATELY), range.to(), name, environment)));
  }

  private static AgentActivity one(TraceQueries traces, ActivityQuery query, boolean registered) {
    List<AgentActivity> found = traces.activity(query);
    return found.isEmpty()
        ? AgentActivity.none(String.valueOf(query.agent()), registered, query.to())
        : found.getFirst();
  }

  public boolean known() {
    return agent != null || lately.runs() > 0;
  }

  public String team() {
    return agent == null ? "" : Scopes.team(agent);
  }

  /// The version that the page is about: the one in force where it is narrowed to an environment
  /// that has one, else the one declared last; null for a stranger.
  public @Nullable AgentVersion version() {
    if (agent == null) {
      return null;
    }
    String where = environment;
    return where == null
        ? agent.version()
        : state.versionInForce(name, where).orElse(agent.version());
  }

  /// Where it has a version in force or was seen.
  public Set<String> environments() {
    Set<String> all = new TreeSet<>(lately.environments());
    all.addAll(state.environments(name).keySet());
    return all;
  }

  public Target target(String where) {
    return Target.agent(name, team(), where);
  }

  /// Its runs of the range.
  public PageUrl runs() {
    return PageUrl.of("/runs")
        .with("agent", name)
        .with("environment", environment)
        .with("range", range.key().equals("24h") ? null : range.key());
  }

  /// Its runs of all time.
  public PageUrl allRuns() {
    return runs().with("range", "all");
  }

  public List<UsedPart> used(UsedPart.Kind kind) {
    return used.stream().filter(part -> part.kind() == kind).toList();
  }
}
