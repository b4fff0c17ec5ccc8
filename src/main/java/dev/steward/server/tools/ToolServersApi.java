// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.tools;

import dev.steward.control.Accepted;
import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.live.OfferedTools.Offer;
import dev.steward.control.live.ToolServerHealth;
import dev.steward.control.manifest.Declaration;
import dev.steward.control.plan.Plan;
import dev.steward.control.state.State;
import dev.steward.control.tool.Acceptance;
import dev.steward.control.tool.Acceptance.Wish;
import dev.steward.control.tool.LiveTool;
import dev.steward.control.tool.Suspicions;
import dev.steward.control.tool.ToolStanding;
import dev.steward.control.tool.ToolStanding.Standing;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.tool.Offers;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.HealthItem;
import dev.steward.server.shape.PlanItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tool servers, what they offer, and accepting it.
public final class ToolServersApi {
  private static final String GROUP = "Tools";

  private final Control control;
  private final Offers offers;
  private final ToolServerHealth health;

  public ToolServersApi(Control control, Offers offers, ToolServerHealth health) {
    this.control = control;
    this.offers = offers;
    this.health = health;
  }

  /// One server that Steward can call.
  ///
  /// @param seenAt when its definitions were fetched last, null when they never were
  /// @param trouble why they cannot be fetched now, "" when they can
  /// @param standings how many of its tools stand how: accepted, changed, new, gone, unreadable
  /// @param health how it has answered in the last hour; null for a reader who may not read the
  ///   whole server
  public record ServerItem(
      String name,
      String type,
      String url,
      String owner,
      @Nullable Instant seenAt,
      String trouble,
      Map<String, Integer> standings,
      @Nullable HealthItem health) {}

  /// By name.
  public record ServerList(List<ServerItem> items) {}

  /// All tools of one server, by name.
  public record ToolList(
      String server, @Nullable Instant seenAt, String trouble, List<ToolItem> items) {}

  /// What is to be accepted.
  ///
  /// @param tools none for all that are new or changed
  /// @param anyway also where something speaks against it
  public record Acceptances(@Nullable List<WishItem> tools, @Nullable Boolean anyway) {}

  /// One tool to be accepted.
  ///
  /// @param effect what it does, null to keep what was said, else as proposed
  /// @param labels of the data that it reads, null to keep what was said
  /// @param digest of the definition that was looked at, null for whatever is offered now
  public record WishItem(
      String name,
      @Nullable String effect,
      @Nullable List<String> labels,
      @Nullable String digest) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/toolservers", Need.READ)
            .about(
                GROUP,
                "Tool servers that the gateway can call, how their tools stand, and how they"
                    + " answer.")
            .gives(ServerList.class)
            .by(this::servers),
        Route.get("/api/v1/toolservers/{name}/tools", Need.READ)
            .about(
                GROUP,
                "What a tool server offers beside what was accepted: differences, suspicions,"
                    + " contract tests. All that is not accepted is hidden from agents.")
            .query("refresh", "boolean", "Asks the server anew; needs the right to declare it.")
            .gives(ToolList.class)
            .by(this::tools),
        Route.post("/api/v1/toolservers/{name}/accept", Need.of(Permission.DECLARE))
            .about(
                GROUP,
                "Accepts what a tool server offers now: its definitions become the tools of the"
                    + " ToolServer. 422 says what speaks against it.")
            .takes(Acceptances.class)
            .gives(PlanItem.class)
            .by(this::accept));
  }

  private Reply servers(Exchange exchange) {
    State state = control.state();
    Map<String, Offer> byName = new HashMap<>();
    offers.list().forEach(offer -> byName.put(offer.server(), offer));
    Map<String, HealthItem> health = health(exchange);
    List<ServerItem> items = new ArrayList<>();
    for (ToolServer server : state.all(ToolServer.class)) {
      Offer offer = byName.get(server.name());
      if (offer != null) {
        items.add(
            new ServerItem(
                server.name(),
                server.type().name().toLowerCase(java.util.Locale.ROOT),
                server.url(),
                server.owner(),
                offer.seenAt().orElse(null),
                offer.trouble(),
                standings(offer),
                health.get(server.name())));
      }
    }
    return Reply.json(new ServerList(items));
  }

  private Map<String, HealthItem> health(Exchange exchange) {
    Map<String, HealthItem> byName = new HashMap<>();
    if (exchange.caller().may(Permission.READ, Target.SERVER)) {
      health.list().forEach(one -> byName.put(one.name(), HealthItem.of(one)));
    }
    return byName;
  }

  private static Map<String, Integer> standings(Offer offer) {
    Map<String, Integer> counts = new HashMap<>();
    for (ToolStanding tool : offer.tools()) {
      counts.merge(tool.standing().word(), 1, Integer::sum);
    }
    return counts;
  }

  private Reply tools(Exchange exchange) {
    ToolServer server = server(exchange);
    boolean refresh = new Asked(exchange).truth("refresh").orElse(false);
    if (refresh) {
      exchange.caller().require(Permission.DECLARE, Scopes.of(server));
    }
    Offer offer = refresh ? asked(server) : known(server);
    Set<String> others = others(server);
    return Reply.json(
        new ToolList(
            server.name(),
            offer.seenAt().orElse(null),
            offer.trouble(),
            offer.tools().stream().map(tool -> ToolItem.of(tool, others)).toList()));
  }

  private Reply accept(Exchange exchange) {
    ToolServer server = server(exchange);
    exchange.caller().require(Permission.DECLARE, Scopes.of(server));
    Acceptances body = exchange.json(Acceptances.class);
    Offer offer = asked(server);
    List<ToolStanding> standings = offer.tools();
    List<Wish> wishes =
        body.tools() == null || body.tools().isEmpty()
            ? all(standings)
            : wishes(standings, body.tools());
    if (!Boolean.TRUE.equals(body.anyway())) {
      refuseObjections(server, wishes);
    }
    // Decided on what is in force by now, not on what was read before the server was asked.
    ToolServer now = server(exchange);
    Command command =
        new Command.ApplyResources(List.of(Declaration.of(Acceptance.accept(now, wishes))));
    Plan plan = control.preview(command, exchange.caller().actor());
    if (plan.refused()) {
      return Reply.json(422, PlanItem.of(plan, null));
    }
    Accepted accepted = control.submit(command, exchange.caller().actor());
    return PlanItem.reply(accepted);
  }

  private static List<Wish> all(List<ToolStanding> standings) {
    List<Wish> wishes = new ArrayList<>();
    for (ToolStanding tool : standings) {
      boolean open = tool.standing() == Standing.NEW || tool.standing() == Standing.CHANGED;
      if (open && tool.live().isPresent()) {
        wishes.add(new Wish(tool.live().get(), Optional.empty(), Optional.empty()));
      }
    }
    return wishes;
  }

  private static List<Wish> wishes(List<ToolStanding> standings, List<WishItem> asked) {
    Map<String, LiveTool> live = new HashMap<>();
    for (ToolStanding tool : standings) {
      tool.live().ifPresent(offered -> live.put(tool.name(), offered));
    }
    List<Wish> wishes = new ArrayList<>();
    for (WishItem wish : asked) {
      LiveTool offered = live.get(wish.name());
      if (offered == null) {
        throw new ApiException(
            ErrorCode.INVALID,
            "The server offers no tool " + wish.name() + " with a definition that can be read.");
      }
      if (wish.digest() != null && !wish.digest().equals(offered.digest().hex())) {
        throw new ApiException(
            ErrorCode.CONFLICT,
            "The definition of "
                + wish.name()
                + " has changed since it was looked at: look at it again.");
      }
      wishes.add(new Wish(offered, effect(wish.effect()), Optional.ofNullable(wish.labels())));
    }
    return wishes;
  }

  private static Optional<Effect> effect(@Nullable String word) {
    if (word == null || word.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Effect.of(word)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.INVALID,
                    "'"
                        + word
                        + "' is no effect: write read, write, irreversible, money, message,"
                        + " delete or execute.")));
  }

  private void refuseObjections(ToolServer server, List<Wish> wishes) {
    Set<String> others = others(server);
    List<String> objections = new ArrayList<>();
    for (Wish wish : wishes) {
      objections.addAll(
          Acceptance.objections(
              server.tool(wish.offered().name()),
              wish.offered(),
              Suspicions.of(wish.offered(), others)));
    }
    if (!objections.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID,
          "Nothing was accepted. "
              + String.join("; ", objections)
              + ". Whoever has read it and wants it nonetheless says `anyway`.");
    }
  }

  private Offer asked(ToolServer server) {
    try {
      return offers.refresh(server);
    } catch (ToolServerException e) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "The tool server " + server.name() + " did not tell its tools: " + e.getMessage(),
          e);
    }
  }

  private Offer known(ToolServer server) {
    return offers.list().stream()
        .filter(offer -> offer.server().equals(server.name()))
        .findFirst()
        .orElseGet(() ->
            new Offer(
                server.name(),
                Optional.empty(),
                "it has neither url nor command, so its tools run in the agents' own processes",
                List.of()));
  }

  private Set<String> others(ToolServer server) {
    return Suspicions.others(server, control.state().all(ToolServer.class));
  }

  private ToolServer server(Exchange exchange) {
    String name = exchange.pathParameter("name");
    return control
        .state()
        .find(ToolServer.class, name)
        .orElseThrow(() ->
            new ApiException(ErrorCode.NOT_FOUND, "There is no ToolServer named " + name + "."));
  }
}
