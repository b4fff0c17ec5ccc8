// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.gate.RollbackPlan;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.release.Placement;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.release.Stage;
import dev.steward.domain.resource.Agent;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.registry.Moments;
import dev.steward.server.shape.ActorItem;
import dev.steward.server.shape.ReasonRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which version is in force where, and the way back to an earlier one.
public final class RollbackApi {
  private final Control control;
  private final Moments moments;
  private final Supplier<String> ids;

  public RollbackApi(Control control, Moments moments, Supplier<String> ids) {
    this.control = control;
    this.moments = moments;
    this.ids = ids;
  }

  /// A rollback that is wanted.
  ///
  /// @param version digest or its first characters; null for the version before
  /// @param versionOnly whether policies, budgets, data sources and gates stay as they are
  /// @param cause person, alert or verdict; null for person
  public record RollbackRequest(
      String agent,
      String environment,
      @Nullable String version,
      @Nullable Boolean versionOnly,
      @Nullable String cause,
      String reason) {}

  /// What a rollback has done or would do.
  ///
  /// @param applied whether it was done
  /// @param from version that was in force
  /// @param to version that comes back
  /// @param restored what is declared again as it was pinned with that version
  /// @param lost what was pinned and cannot be declared again, as `Kind/name`
  /// @param stays what concerns the agent now and was not pinned, as `Kind/name`
  /// @param widens what restored policies would let through that those in force do not, null for
  ///   nothing
  public record RollbackItem(
      boolean applied,
      String agent,
      String environment,
      String from,
      String to,
      List<RestoredItem> restored,
      List<String> lost,
      List<String> stays,
      @Nullable String widens) {}

  /// One resource that comes back.
  ///
  /// @param deleted whether it is deleted now
  public record RestoredItem(
      String kind, String name, boolean deleted, List<FieldDiff> differences) {}

  /// An agent's stages, the first first.
  public record StageList(String agent, List<StageItem> items) {}

  /// One stage.
  ///
  /// @param version digest of the one in force, null for none
  /// @param release that brought it, null where none did
  /// @param open id of the release that is on its way there, null for none
  /// @param versions those that were in force there, the last one first
  public record StageItem(
      String stage,
      String environment,
      @Nullable String version,
      @Nullable String release,
      @Nullable String open,
      List<PlacedItem> versions) {}

  /// A version that is or was in force.
  ///
  /// @param since when it came there last
  /// @param withdrawn whether it was rolled back from since
  public record PlacedItem(
      String version, String release, Instant since, ActorItem by, boolean withdrawn) {
    private static PlacedItem of(Placement placed) {
      return new PlacedItem(
          placed.version().hex(),
          placed.release(),
          placed.at(),
          ActorItem.of(placed.by()),
          placed.withdrawn());
    }
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/releases/stages", Need.READ)
            .about(
                ReleasesApi.GROUP,
                "An agent's environments in their order with the version in force in each and"
                    + " those that were.")
            .query("agent", "string", "Whose; must be said.")
            .query("at", "string", Moments.ABOUT)
            .gives(StageList.class)
            .by(this::stages),
        Route.get("/api/v1/releases/rollback", Need.READ)
            .about(ReleasesApi.GROUP, "What a rollback would change. Nothing is done.")
            .query("agent", "string", "Whose; must be said.")
            .query("environment", "string", "Where; must be said.")
            .query("version", "string", "Digest or its start; usually the version before.")
            .gives(RollbackItem.class)
            .by(this::preview),
        Route.post("/api/v1/releases/rollback", Need.of(Permission.DEPLOY))
            .about(
                ReleasesApi.GROUP,
                "Puts an earlier version back in force, for the next call, with the policies,"
                    + " budgets, data sources and gates that were pinned with it.")
            .takes(RollbackRequest.class)
            .gives(RollbackItem.class)
            .by(this::back));
  }

  private Reply stages(Exchange exchange) {
    Asked asked = new Asked(exchange);
    State state = moments.state(asked);
    Agent agent = agent(state, asked.text("agent").orElse(""));
    List<StageItem> items = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      String environment = agent.environments().name(stage);
      if (exchange.caller().may(Permission.READ, target(agent, environment))) {
        items.add(item(state, agent.name(), stage, environment));
      }
    }
    if (items.isEmpty()) {
      throw notFound(agent.name());
    }
    return Reply.json(new StageList(agent.name(), items));
  }

  private static StageItem item(State state, String agent, Stage stage, String environment) {
    Digest version = state.environments(agent).get(environment);
    Optional<Placement> placed =
        state.releases().placed(agent, environment).filter(last -> last.version().equals(version));
    return new StageItem(
        stage.word(),
        environment,
        version == null ? null : version.hex(),
        placed.map(Placement::release).orElse(null),
        state.releases().open(agent, environment).map(record -> record.release().id()).orElse(null),
        state.releases().placements(agent, environment).reversed().stream()
            .map(PlacedItem::of)
            .toList());
  }

  private Reply preview(Exchange exchange) {
    Asked asked = new Asked(exchange);
    State state = control.state();
    Agent agent = agent(state, asked.text("agent").orElse(""));
    String environment = asked.text("environment").orElse("");
    exchange.caller().require(Permission.READ, target(agent, environment));
    RollbackPlan plan =
        RollbackPlan.of(state, agent.name(), environment, asked.text("version").orElse(""));
    return Reply.json(item(state, plan, false, false));
  }

  private Reply back(Exchange exchange) {
    RollbackRequest wanted = exchange.json(RollbackRequest.class);
    String agent = ReasonRequest.given(wanted.agent());
    String environment = ReasonRequest.given(wanted.environment());
    String version = ReasonRequest.given(wanted.version());
    boolean versionOnly = Boolean.TRUE.equals(wanted.versionOnly());
    String cause = ReasonRequest.given(wanted.cause());
    State before = control.state();
    RollbackPlan plan = RollbackPlan.of(before, agent, environment, version);
    control.submit(
        new Command.RollBack(
            ids.get(),
            agent,
            environment,
            plan.back().version().hex(),
            versionOnly,
            cause.isEmpty() ? "person" : cause,
            ReasonRequest.given(wanted.reason())),
        exchange.caller().actor());
    return Reply.json(item(before, plan, true, versionOnly));
  }

  private static RollbackItem item(
      State before, RollbackPlan plan, boolean applied, boolean versionOnly) {
    String widens = versionOnly ? "" : plan.widens(before);
    List<RestoredItem> restored = new ArrayList<>();
    for (RollbackPlan.Restored each :
        versionOnly ? List.<RollbackPlan.Restored>of() : plan.restored()) {
      restored.add(
          new RestoredItem(
              each.resource().kind(), each.resource().name(), each.gone(), each.differences()));
    }
    return new RollbackItem(
        applied,
        plan.agent().name(),
        plan.environment(),
        plan.running().hex(),
        plan.back().version().hex(),
        restored,
        plan.lost(),
        plan.since(),
        widens.isEmpty() ? null : widens);
  }

  private static Agent agent(State state, String name) {
    return state.agent(name).orElseThrow(() -> notFound(name));
  }

  private static ApiException notFound(String agent) {
    return new ApiException(
        ErrorCode.NOT_FOUND, "There is no agent '" + agent + "', or it is not yours to see.");
  }

  private static Target target(Agent agent, String environment) {
    return Target.agent(agent.name(), Scopes.team(agent), environment);
  }
}
