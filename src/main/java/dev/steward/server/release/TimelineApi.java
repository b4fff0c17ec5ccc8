// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.insight.timeline.AgentPast;
import dev.steward.insight.timeline.Moment;
import dev.steward.insight.timeline.Timeline;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Sight;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ActorItem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What happened to an agent, on one axis.
public final class TimelineApi {
  private static final Duration USUAL = Duration.ofDays(30);

  private final Supplier<State> state;
  private final AgentPast past;
  private final InstantSource clock;

  public TimelineApi(Supplier<State> state, AgentPast past, InstantSource clock) {
    this.state = state;
    this.past = past;
    this.clock = clock;
  }

  /// What happened to an agent in a stretch of time, the newest first.
  ///
  /// @param whole whether that is all; else the oldest are left out
  public record AgentTimeline(
      String agent, Instant from, Instant to, List<MomentItem> items, boolean whole) {}

  /// Something that happened to it.
  ///
  /// @param kind version, release, verdict, drift, model, undeclared, data, kill, proposal or
  ///   budget
  /// @param tone plain, good, warning or bad
  /// @param environment where, "" for everywhere or nowhere
  /// @param page of the console that tells it
  /// @param sequence of the control ledger at which it stands, -1 for what is not in it
  public record MomentItem(
      Instant at,
      String kind,
      String tone,
      ActorItem by,
      String environment,
      String title,
      String detail,
      String page,
      long sequence) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/agents/{name}/timeline", Need.READ)
            .about(
                "Agents",
                "What happened to an agent: versions, releases, verdicts on canaries, drift, silent"
                    + " model changes, undeclared changes, kills, change proposals and budgets.")
            .query("from", "date-time", "From this time on; usually 30 days back.")
            .query("to", "date-time", "Before this time; usually now.")
            .query("kind", "string", "Only this kind.")
            .gives(AgentTimeline.class)
            .by(this::timeline));
  }

  private Reply timeline(Exchange exchange) {
    Asked asked = new Asked(exchange);
    Agent agent = seen(exchange);
    // What happens within this very moment belongs to it.
    Instant to = asked.moment("to").orElseGet(() -> clock.instant().plusMillis(1));
    Instant from = asked.moment("from").orElse(to.minus(USUAL));
    Optional<Moment.Kind> kind = asked.oneOf("kind", Moment.Kind.class);
    Timeline timeline = past.of(agent.name(), from, to);
    if (!exchange.caller().may(Permission.READ, Target.SERVER)) {
      Target target = Sight.target(agent);
      timeline =
          timeline.seenBy(environment ->
              exchange
                  .caller()
                  .may(Permission.READ, Target.agent(agent.name(), target.team(), environment)));
    }
    List<MomentItem> items = new ArrayList<>();
    for (Moment moment : timeline.moments().reversed()) {
      if (kind.isEmpty() || kind.get() == moment.kind()) {
        items.add(item(moment));
      }
    }
    return Reply.json(new AgentTimeline(agent.name(), from, to, items, timeline.whole()));
  }

  private static MomentItem item(Moment moment) {
    return new MomentItem(
        moment.at(),
        moment.kind().word(),
        moment.tone().word(),
        ActorItem.of(moment.by()),
        moment.environment(),
        moment.title(),
        moment.detail(),
        "/" + moment.page(),
        moment.sequence());
  }

  /// The agent, as if it were not there when it may not be seen.
  private Agent seen(Exchange exchange) {
    State now = state.get();
    String name = exchange.pathParameter("name");
    return now.agent(name)
        .filter(new Sight(exchange.caller(), now)::sees)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND, "There is no agent " + name + ", or it is not yours to see."));
  }
}
