// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import dev.steward.control.Control;
import dev.steward.control.access.NewSecret;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.command.Command;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Sight;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.ActorItem;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Keys by which agents prove themselves.
public final class KeysApi {
  private static final String GROUP = "Keys and tokens";

  private final Control control;
  private final RandomGenerator random;

  public KeysApi(Control control, RandomGenerator random) {
    this.control = control;
    this.random = random;
  }

  /// A key that is wanted.
  ///
  /// @param version digest of a version or its first characters; null for whatever is in force
  public record KeyRequest(String agent, String environment, @Nullable String version) {}

  /// A fresh key; its value is shown this once.
  public record IssuedKey(
      String id, String key, String agent, String environment, String version) {}

  /// A key in the list, without its value.
  public record KeyItem(
      String id,
      String agent,
      String environment,
      String version,
      Instant issuedAt,
      ActorItem issuedBy,
      @Nullable Instant revokedAt) {
    private static KeyItem of(AgentKey key) {
      return new KeyItem(
          key.id(),
          key.agent(),
          key.environment(),
          key.version(),
          key.issuedAt(),
          ActorItem.of(key.issuedBy()),
          key.revokedAt());
    }
  }

  /// The newest first.
  public record KeyList(List<KeyItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/keys", Need.READ)
            .about(GROUP, "Agent keys, the newest first, without their values.")
            .query("agent", "string", "Only this agent's.")
            .query("limit", "integer", "At most so many, 1 to 500; usually 50.")
            .gives(KeyList.class)
            .by(this::list),
        Route.post("/api/v1/keys", Need.of(Permission.ISSUE_KEYS))
            .about(GROUP, "Issues a key for an agent in an environment; it is shown this once.")
            .takes(KeyRequest.class)
            .gives(IssuedKey.class)
            .status(201)
            .by(this::issue),
        Route.delete("/api/v1/keys/{id}", Need.of(Permission.ISSUE_KEYS))
            .about(GROUP, "Revokes a key; it stops working with the next request.")
            .query("reason", "string", "Why, for the ledger.")
            .status(204)
            .by(this::revoke));
  }

  private Reply list(Exchange exchange) {
    Asked asked = new Asked(exchange);
    State state = control.state();
    String agent = asked.text("agent").orElse("");
    return Reply.json(
        new KeyList(
            state.agentKeys().stream()
                .filter(k -> agent.isEmpty() || k.agent().equals(agent))
                .filter(k -> exchange.caller().may(Permission.READ, target(k, state)))
                .sorted(Comparator.comparing(AgentKey::issuedAt).reversed())
                .limit(asked.limit())
                .map(KeyItem::of)
                .toList()));
  }

  private static Target target(AgentKey key, State state) {
    String team = state.agent(key.agent()).map(a -> Sight.target(a).team()).orElse("");
    return Target.agent(key.agent(), team, key.environment());
  }

  private Reply issue(Exchange exchange) {
    KeyRequest wanted = exchange.json(KeyRequest.class);
    if (wanted.agent() == null || wanted.environment() == null) {
      throw new ApiException(
          ErrorCode.INVALID, "A key is for an `agent` in an `environment`: name both.");
    }
    String version = wanted.version() == null ? "" : wanted.version();
    NewSecret secret = NewSecret.agentKey(random);
    control.submit(
        new Command.IssueAgentKey(
            secret.id(), secret.hash(), wanted.agent(), wanted.environment(), version),
        exchange.caller().actor());
    return Reply.json(
        201,
        new IssuedKey(secret.id(), secret.value(), wanted.agent(), wanted.environment(), version));
  }

  private Reply revoke(Exchange exchange) {
    control.submit(
        new Command.RevokeAgentKey(
            exchange.pathParameter("id"), new Asked(exchange).text("reason").orElse("")),
        exchange.caller().actor());
    return Reply.nothing();
  }
}
