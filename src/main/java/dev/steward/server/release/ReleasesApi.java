// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Strategy;
import dev.steward.insight.canary.CanaryRecord;
import dev.steward.insight.canary.CanaryWatch;
import dev.steward.server.access.Caller;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ReasonRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Releases on their way from stage to stage.
public final class ReleasesApi {
  static final String GROUP = "Releases";

  private static final String ID = "id";

  private final Control control;
  private final CanaryWatch canaries;
  private final Supplier<String> ids;

  public ReleasesApi(Control control, CanaryWatch canaries, Supplier<String> ids) {
    this.control = control;
    this.canaries = canaries;
    this.ids = ids;
  }

  /// A release that is wanted.
  ///
  /// @param to environment that the version is to come into
  /// @param version digest or its first characters; null for the one in force in the stage before
  /// @param strategy direct, canary, copilot, blue-green or shadow; null for direct
  /// @param terms of a canary: weight, accepted-loss, tolerated-loss, guardrails, test, untold,
  ///   least-units, least-time, settle, limit; what is not said is as usual
  public record ReleaseRequest(
      String agent,
      String to,
      @Nullable String version,
      @Nullable String strategy,
      @Nullable Map<String, String> terms,
      String reason) {}

  /// Another share of the conversations that begin.
  ///
  /// @param weight such as `20%`
  public record WeightRequest(String weight, String reason) {}

  /// The other one of two versions that stand side by side.
  ///
  /// @param back whether to the version that was in force before; null for false
  /// @param cut whether what is under way is cut, and does not finish where it began; null for
  ///   false
  public record SwitchRequest(@Nullable Boolean back, @Nullable Boolean cut, String reason) {}

  /// How a check of a version ended.
  ///
  /// @param version digest or its first characters; null for the one declared last
  /// @param check name that a gate asks for, such as `integration-tests`
  /// @param note such as a link to the build
  public record CheckRequest(
      String agent,
      @Nullable String version,
      String check,
      boolean passed,
      @Nullable String note) {}

  /// The newest first.
  public record ReleaseList(List<ReleaseItem> items, @Nullable String next) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/releases", Need.READ)
            .about(GROUP, "Releases with their gates, the newest first.")
            .query("agent", "string", "Only this agent's.")
            .query("environment", "string", "Only those into this environment.")
            .query("state", "string", "Only those in this state, such as waiting-for-gates.")
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .query("cursor", "string", "`next` of the page before.")
            .gives(ReleaseList.class)
            .by(this::list),
        Route.post("/api/v1/releases", Need.of(Permission.DEPLOY))
            .about(
                GROUP,
                "Begins to move a version one stage on. It comes into force as soon as the gates"
                    + " hold and the people agreed whom it needs; the answer tells how far it is.")
            .takes(ReleaseRequest.class)
            .gives(ReleaseItem.class)
            .status(201)
            .by(this::start),
        Route.get("/api/v1/releases/{id}", Need.READ)
            .about(GROUP, "One release.")
            .gives(ReleaseItem.class)
            .by(exchange -> Reply.json(seen(exchange, exchange.pathParameter(ID)))),
        deed(
            "promote",
            "Agrees to a release, and lets one that is held go on. It is promoted once all that it"
                + " needs holds; a canary then takes over for all.",
            Command.PromoteRelease::new),
        deed(
            "hold",
            "Stops a release where it is until it is promoted. No conversation that begins is given"
                + " the version of a canary that is held.",
            Command.HoldRelease::new),
        deed(
            "refuse",
            "Ends a release for good; a canary is rolled back by it.",
            Command.RefuseRelease::new),
        Route.post("/api/v1/releases/{id}/weight", Need.READ)
            .about(
                GROUP,
                "Gives another share of the conversations that begin to a canary, and lets one that"
                    + " is held go on. Nobody who was assigned is moved.")
            .takes(WeightRequest.class)
            .gives(ReleaseItem.class)
            .by(this::weigh),
        Route.post("/api/v1/releases/{id}/switch", Need.READ)
            .about(
                GROUP,
                "Switches a blue-green release to its version, or back. What is under way finishes"
                    + " where it began unless it is cut.")
            .takes(SwitchRequest.class)
            .gives(ReleaseItem.class)
            .by(this::put),
        Route.get("/api/v1/releases/{id}/canary", Need.READ)
            .about(
                GROUP,
                "What the judgement of a canary says: the verdict, the rule, numbers and curves. It"
                    + " is what is so now while it is tried, and the last word afterwards.")
            .gives(CanaryRecord.class)
            .by(this::canary),
        Route.post("/api/v1/releases/checks", Need.of(Permission.DEPLOY))
            .about(GROUP, "Reports how a check of a version ended, for the gates that ask for it.")
            .takes(CheckRequest.class)
            .status(204)
            .by(this::report));
  }

  private Route deed(String word, String about, BiFunction<String, String, Command> command) {
    return Route.post("/api/v1/releases/{id}/" + word, Need.READ)
        .about(GROUP, about)
        .takes(ReasonRequest.class)
        .gives(ReleaseItem.class)
        .by(exchange -> {
          String id = exchange.pathParameter(ID);
          seen(exchange, id);
          String reason = exchange.json(ReasonRequest.class).reason();
          control.submit(command.apply(id, reason), exchange.caller().actor());
          return Reply.json(seen(exchange, id));
        });
  }

  private Reply list(Exchange exchange) {
    Asked asked = new Asked(exchange);
    State state = control.state();
    String agent = asked.text("agent").orElse("");
    String environment = asked.text("environment").orElse("");
    String wanted = asked.text("state").orElse("");
    if (!wanted.isEmpty() && !ReleaseState.WORDS.contains(wanted)) {
      throw Asked.malformed("state", wanted, "one of " + String.join(", ", ReleaseState.WORDS));
    }
    String after = asked.text("cursor").orElse("");
    int limit = asked.limit();
    List<ReleaseItem> items = new ArrayList<>();
    for (ReleaseRecord record : state.releases().all().reversed()) {
      boolean meant =
          (agent.isEmpty() || record.release().agent().equals(agent))
              && (environment.isEmpty() || record.release().to().equals(environment))
              && (wanted.isEmpty() || record.state().word().equals(wanted))
              && (after.isEmpty() || record.release().id().compareTo(after) < 0);
      if (meant && sees(exchange.caller(), record, state)) {
        items.add(ReleaseItem.of(record, state));
      }
      if (items.size() > limit) {
        items.removeLast();
        return Reply.json(new ReleaseList(items, items.getLast().id()));
      }
    }
    return Reply.json(new ReleaseList(items, null));
  }

  private Reply start(Exchange exchange) {
    ReleaseRequest wanted = exchange.json(ReleaseRequest.class);
    String named = wanted.strategy() == null ? Strategy.DIRECT.word() : wanted.strategy();
    Strategy strategy =
        Strategy.of(named)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.INVALID,
                    "The strategy '"
                        + named
                        + "' is not known: releases are direct, canary, copilot, blue-green or"
                        + " shadow."));
    String id = ids.get();
    control.submit(
        new Command.StartRelease(
            id,
            ReasonRequest.given(wanted.agent()),
            ReasonRequest.given(wanted.to()),
            ReasonRequest.given(wanted.version()),
            strategy,
            wanted.terms() == null ? Map.of() : wanted.terms(),
            ReasonRequest.given(wanted.reason())),
        exchange.caller().actor());
    State state = control.state();
    return Reply.json(201, ReleaseItem.of(state.releases().find(id).orElseThrow(), state));
  }

  private Reply weigh(Exchange exchange) {
    String id = exchange.pathParameter(ID);
    seen(exchange, id);
    WeightRequest wanted = exchange.json(WeightRequest.class);
    control.submit(
        new Command.WeighCanary(
            id, ReasonRequest.given(wanted.weight()), ReasonRequest.given(wanted.reason())),
        exchange.caller().actor());
    return Reply.json(seen(exchange, id));
  }

  private Reply put(Exchange exchange) {
    String id = exchange.pathParameter(ID);
    seen(exchange, id);
    SwitchRequest wanted = exchange.json(SwitchRequest.class);
    control.submit(
        new Command.SwitchRelease(
            id,
            Boolean.TRUE.equals(wanted.back()),
            Boolean.TRUE.equals(wanted.cut()),
            ReasonRequest.given(wanted.reason())),
        exchange.caller().actor());
    return Reply.json(seen(exchange, id));
  }

  private Reply canary(Exchange exchange) {
    String id = exchange.pathParameter(ID);
    seen(exchange, id);
    return Reply.json(
        canaries
            .said(control.state(), id)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.NOT_FOUND, "Release " + id + " was not judged as a canary yet.")));
  }

  private Reply report(Exchange exchange) {
    CheckRequest told = exchange.json(CheckRequest.class);
    control.submit(
        new Command.ReportCheck(
            ReasonRequest.given(told.agent()),
            ReasonRequest.given(told.version()),
            ReasonRequest.given(told.check()),
            told.passed(),
            ReasonRequest.given(told.note())),
        exchange.caller().actor());
    return Reply.nothing();
  }

  private ReleaseItem seen(Exchange exchange, String id) {
    State state = control.state();
    return state
        .releases()
        .find(id)
        .filter(record -> sees(exchange.caller(), record, state))
        .map(record -> ReleaseItem.of(record, state))
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND, "There is no release " + id + ", or it is not yours to see."));
  }

  private static boolean sees(Caller caller, ReleaseRecord record, State state) {
    String agent = record.release().agent();
    String team = state.agent(agent).map(Scopes::team).orElse("");
    return caller.may(Permission.READ, Target.agent(agent, team, record.release().to()));
  }
}
