// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.VersionDiff;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.State;
import dev.steward.control.state.VersionEntry;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.insight.sight.AgentSight;
import dev.steward.insight.sight.RecentAgents;
import dev.steward.server.access.Need;
import dev.steward.server.history.History;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ActorItem;
import dev.steward.server.shape.Money;
import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.UsedPart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The versions of an agent and what differs between them; what agents did over time, and what they
/// have really used.
public final class AgentHistoryApi {
  private static final String GROUP = "Agents";
  private static final Duration USUAL = Duration.ofDays(7);
  private static final long SLICES_USUAL = 24;
  private static final long SLICES_MAX = 500;

  private final Supplier<State> state;
  private final History history;
  private final RecentAgents recent;
  private final InstantSource clock;

  public AgentHistoryApi(
      Supplier<State> state, History history, RecentAgents recent, InstantSource clock) {
    this.recent = recent;
    this.state = state;
    this.history = history;
    this.clock = clock;
  }

  /// Versions of an agent, in the order of their first declaration.
  public record VersionList(List<VersionItem> items) {}

  /// One of them.
  ///
  /// @param sequence of the control ledger at which it was declared last: with `at` of the resource
  ///   it gives the manifest that brings it back
  /// @param inForce environments in which it is in force
  public record VersionItem(
      String digest, Instant at, ActorItem by, long sequence, List<String> inForce) {}

  /// What differs between two versions, artefact by artefact, all seven.
  public record VersionDifference(String before, String after, List<ArtefactDifference> items) {}

  /// One of the seven artefacts; no field where it is the same.
  public record ArtefactDifference(String artefact, List<FieldDiff> fields) {}

  /// What agents did in a stretch of time.
  public record FleetActivity(Instant from, Instant to, List<AgentFigures> items) {}

  /// What one of them did.
  ///
  /// @param withOutcome runs whose outcome is known: what `successes` is a part of
  /// @param errors runs with at least one error
  /// @param p95Seconds 95th percentile of how long closed runs took, null without one
  public record AgentFigures(
      String agent,
      boolean registered,
      long runs,
      long open,
      long withOutcome,
      long successes,
      long errors,
      @Nullable Double p95Seconds,
      Money cost,
      Instant lastSeen) {}

  /// What one agent did, slice by slice, and what its runs have used.
  public record AgentDoings(
      String agent, Instant from, Instant to, List<SliceItem> slices, List<UsedItem> used) {}

  /// One of equal slices of the time.
  public record SliceItem(
      Instant from,
      Instant to,
      long runs,
      long withOutcome,
      long successes,
      long errors,
      long successfulTasks,
      Money cost) {}

  /// Something that runs have used.
  ///
  /// @param kind model, tool, source, agent, workflow or version
  public record UsedItem(String kind, String name, long runs, Instant lastSeen) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/agents/activity", Need.READ)
            .about(GROUP, "What each agent did in a stretch of time.")
            .query("from", "date-time", "From this time on; usually 7 days back.")
            .query("to", "date-time", "Before this time; usually now.")
            .query("environment", "string", "Only runs in this environment.")
            .gives(FleetActivity.class)
            .by(this::fleet),
        Route.get("/api/v1/agents/{name}/activity", Need.READ)
            .about(GROUP, "What one agent did slice by slice, and what its runs have used.")
            .query("from", "date-time", "From this time on; usually 7 days back.")
            .query("to", "date-time", "Before this time; usually now.")
            .query("environment", "string", "Only runs in this environment.")
            .query("slices", "integer", "In so many slices, 1 to 500; usually 24.")
            .gives(AgentDoings.class)
            .by(this::doings),
        Route.get("/api/v1/agents/{name}/versions", Need.READ)
            .about(GROUP, "Every version of an agent, and where it is in force.")
            .gives(VersionList.class)
            .by(this::versions),
        Route.get("/api/v1/agents/{name}/versions/{range}", Need.READ)
            .about(
                GROUP,
                "What differs between two versions, `{before}..{after}`, each by the beginning of"
                    + " its digest; tools as they were declared with each.")
            .gives(VersionDifference.class)
            .by(this::difference));
  }

  private Reply fleet(Exchange exchange) {
    Asked asked = new Asked(exchange);
    ActivityQuery query = query(asked, null);
    history.require();
    List<AgentFigures> items = new ArrayList<>();
    for (AgentActivity did : seen(exchange).activity(query)) {
      items.add(figures(did));
    }
    return Reply.json(new FleetActivity(query.from(), query.to(), items));
  }

  private TraceQueries seen(Exchange exchange) {
    return recent.traces(AgentSight.of(exchange.caller()::may, state.get()));
  }

  private static AgentFigures figures(AgentActivity did) {
    Duration p95 = did.p95();
    return new AgentFigures(
        did.agent(),
        did.registered(),
        did.runs(),
        did.open(),
        did.withOutcome(),
        did.successes(),
        did.errors(),
        p95 == null ? null : p95.toMillis() / 1000.0,
        Money.of(did.cost()),
        did.lastSeen());
  }

  private Reply doings(Exchange exchange) {
    Asked asked = new Asked(exchange);
    String name = exchange.pathParameter("name");
    ActivityQuery query = query(asked, name);
    Target agent = state.get().agent(name).map(Sight::target).orElse(Target.agent(name, ""));
    String environment = query.environment();
    exchange
        .caller()
        .require(
            Permission.READ,
            Target.agent(name, agent.team(), environment == null ? "" : environment));
    long slices = asked.number("slices").orElse(SLICES_USUAL);
    if (slices < 1 || slices > SLICES_MAX) {
      throw Asked.malformed("slices", Long.toString(slices), "1 to " + SLICES_MAX);
    }
    return Reply.json(
        new AgentDoings(
            name,
            query.from(),
            query.to(),
            history.traces().slices(query, (int) slices).stream()
                .map(AgentHistoryApi::item)
                .toList(),
            history.traces().used(query).stream().map(AgentHistoryApi::item).toList()));
  }

  private ActivityQuery query(Asked asked, @Nullable String agent) {
    Instant to = asked.moment("to").orElseGet(clock::instant);
    Instant from = asked.moment("from").orElse(to.minus(USUAL));
    return new ActivityQuery(from, to, agent, asked.text("environment").orElse(null));
  }

  private static SliceItem item(ActivitySlice slice) {
    return new SliceItem(
        slice.from(),
        slice.to(),
        slice.runs(),
        slice.withOutcome(),
        slice.successes(),
        slice.errors(),
        slice.successfulTasks(),
        Money.of(slice.cost()));
  }

  private static UsedItem item(UsedPart part) {
    return new UsedItem(
        part.kind().name().toLowerCase(Locale.ROOT), part.name(), part.runs(), part.lastSeen());
  }

  private Reply versions(Exchange exchange) {
    State now = state.get();
    String name = seen(exchange, now);
    List<VersionItem> items = new ArrayList<>();
    for (VersionEntry entry : now.versions(name)) {
      items.add(
          new VersionItem(
              entry.version().hex(),
              entry.at(),
              ActorItem.of(entry.by()),
              declaredLast(now, name, entry.version()),
              inForce(now, name, entry.version())));
    }
    return Reply.json(new VersionList(items));
  }

  private static List<String> inForce(State now, String name, Digest version) {
    List<String> environments = new ArrayList<>();
    new TreeMap<>(now.environments(name))
        .forEach((environment, digest) -> {
          if (digest.equals(version)) {
            environments.add(environment);
          }
        });
    return environments;
  }

  private static long declaredLast(State now, String name, Digest version) {
    long sequence = 0;
    for (Revision revision : now.history("Agent", name)) {
      if (version.equals(revision.version())) {
        sequence = revision.sequence();
      }
    }
    return sequence;
  }

  private Reply difference(Exchange exchange) {
    State now = state.get();
    String name = seen(exchange, now);
    String range = exchange.pathParameter("range");
    int dots = range.indexOf("..");
    if (dots < 1 || dots + 2 == range.length()) {
      throw Asked.malformed("range", range, "two digests as before..after");
    }
    VersionDiff.Side before = side(now, name, range.substring(0, dots));
    VersionDiff.Side after = side(now, name, range.substring(dots + 2));
    return Reply.json(
        new VersionDifference(
            before.version().digest().hex(),
            after.version().digest().hex(),
            VersionDiff.of(before, after).stream()
                .map(part -> new ArtefactDifference(part.artefact().word(), part.fields()))
                .toList()));
  }

  /// The tools of the version declared last are taken as they are now, as it is the one in use.
  private static VersionDiff.Side side(State now, String name, String digest) {
    AgentVersion version =
        now.version(name, digest)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.NOT_FOUND, "Agent " + name + " has no version " + digest + "."));
    boolean current =
        now.agent(name).filter(a -> a.version().digest().equals(version.digest())).isPresent();
    long moment = current ? now.sequence() : declaredLast(now, name, version.digest());
    return new VersionDiff.Side(version, now, moment);
  }

  /// The agent's name, as if it were not there when it may not be seen.
  private static String seen(Exchange exchange, State now) {
    String name = exchange.pathParameter("name");
    return now.agent(name)
        .filter(new Sight(exchange.caller(), now)::sees)
        .map(agent -> agent.metadata().name())
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND, "There is no agent " + name + ", or it is not yours to see."));
  }
}
