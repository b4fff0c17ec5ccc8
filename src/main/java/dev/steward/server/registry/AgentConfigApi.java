// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import dev.steward.control.access.Actor;
import dev.steward.control.access.NewSecret;
import dev.steward.control.access.Permission;
import dev.steward.control.access.PresentedKey;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.live.StateChanges;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.rollout.Assigned;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Callers;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.server.access.Need;
import dev.steward.server.api.Asked;
import dev.steward.server.api.Sight;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an agent's process works with: prompts and models of the version in force for it, told anew
/// as soon as another is.
public final class AgentConfigApi {
  /// Processes that may wait for another version at a time.
  public static final int WAITING_MAX = 10_000;

  /// Of these, those of one key or reader.
  public static final int WAITING_EACH_MAX = 1_000;

  private static final Duration WAIT_MAX = Duration.ofSeconds(60);
  private static final String NAME = "name";
  private static final String ENVIRONMENT = "environment";

  private final Supplier<State> state;
  private final StateChanges changes;
  private final Function<Exchange, Optional<dev.steward.server.access.Caller>> proof;
  private final Assigning assigning;

  /// @param proof proves people and programs by token or session
  public AgentConfigApi(
      Supplier<State> state,
      StateChanges changes,
      Function<Exchange, Optional<dev.steward.server.access.Caller>> proof,
      Assigning assigning) {
    this.state = state;
    this.changes = changes;
    this.proof = proof;
    this.assigning = assigning;
  }

  /// Says which version a conversation, user or run will have where more than one is in force: the
  /// same one that the gateways go by. Anybody who holds a key may ask for any of them, so nobody
  /// is assigned by it.
  @FunctionalInterface
  public interface Assigning {
    Caller assigned(State state, Caller caller, Assigned who);
  }

  /// What the process works with.
  ///
  /// @param version digest, which is the ETag too
  /// @param prompts by name as the version declares them: text, variables, mode
  /// @param models with their parameters, as the version declares them
  /// @param data sources with their versions and endpoints, as the version declares them
  public record ConfigItem(
      String agent,
      String environment,
      String version,
      Map<String, JsonNode> prompts,
      List<JsonNode> models,
      List<JsonNode> data) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/agents/{name}/config", Need.NOTHING)
            .about(
                "Agents",
                "Prompts, models with their parameters and data of the version in force, for the"
                    + " agent's own process: with the agent's key, or a token that may read it."
                    + " With If-None-Match it answers 304 while nothing has changed.")
            .query(ENVIRONMENT, "string", "Where; that of the agent's key, else must be said.")
            .query("conversation", "string", "Which conversation, as a canary is given by it.")
            .query("user", "string", "For whom, where there is no conversation.")
            .query(
                "wait",
                "number",
                "With If-None-Match: waits for another version, so many seconds at most, up to 60.")
            .gives(ConfigItem.class)
            .by(this::config));
  }

  private Reply config(Exchange exchange) {
    Asked asked = new Asked(exchange);
    Duration wait = asked.seconds("wait").orElse(Duration.ZERO);
    if (wait.isNegative() || wait.compareTo(WAIT_MAX) > 0) {
      throw Asked.malformed("wait", wait.toMillis() / 1000.0 + "", "0 to 60 seconds");
    }
    Asker asker = asker(exchange, asked);
    Supplier<Caller> holder = holder(asker, asked);
    AtomicReference<Caller> now = new AtomicReference<>(holder.get());
    boolean other =
        changes.await(
            asker.who(),
            () -> {
              now.set(holder.get());
              return !known(exchange, now.get().version());
            },
            wait);
    if (wait.isPositive()) {
      asker.prove().run();
    }
    Caller caller = now.get();
    if (!other) {
      return new Reply.Whole(304, "", new byte[0], headers(caller.version()));
    }
    Reply.Whole reply = Reply.json(item(caller));
    for (Map.Entry<String, String> header : headers(caller.version()).entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  private static Map<String, String> headers(AgentVersion version) {
    return Map.of(
        "ETag", "\"" + version.digest().hex() + "\"", "Cache-Control", "private, no-cache");
  }

  /// A proxy that compresses makes weak tags of ours.
  private static boolean known(Exchange exchange, AgentVersion version) {
    String sent = exchange.header("If-None-Match").orElse("");
    for (String tag : sent.split(",", -1)) {
      String bare = tag.strip().replaceFirst("^W/", "");
      if (bare.equals("*") || bare.equals("\"" + version.digest().hex() + "\"")) {
        return true;
      }
    }
    return false;
  }

  private static ConfigItem item(Caller caller) {
    JsonNode declared = CanonicalJson.read(caller.version().json());
    Map<String, JsonNode> prompts = new TreeMap<>();
    if (declared.path("prompts") instanceof ObjectNode object) {
      object.properties().forEach(prompt -> prompts.put(prompt.getKey(), prompt.getValue()));
    }
    return new ConfigItem(
        caller.agent().name(),
        caller.environment(),
        caller.version().digest().hex(),
        prompts,
        listed(declared, "models"),
        listed(declared, "data"));
  }

  private static List<JsonNode> listed(JsonNode declared, String artefact) {
    List<JsonNode> all = new ArrayList<>();
    declared.path(artefact).forEach(all::add);
    return all;
  }

  /// Who asks.
  ///
  /// @param who one name for all requests of the same
  /// @param key stands for what they may see, in the State given
  /// @param prove refuses who may not ask any more
  private record Asker(String who, Function<State, AgentKey> key, Runnable prove) {}

  private Asker asker(Exchange exchange, Asked asked) {
    String agent = exchange.pathParameter(NAME);
    Optional<String> environment = asked.text(ENVIRONMENT);
    Optional<String> presented = PresentedKey.in(header -> exchange.header(header).orElse(null));
    Optional<AgentKey> own =
        presented.flatMap(value -> state.get().agentKey(NewSecret.hashOf(value)));
    if (own.isEmpty()) {
      return reader(exchange, agent, environment);
    }
    String value = presented.orElseThrow();
    return new Asker(
        "key " + own.get().id(),
        now -> own(now, value, agent, environment),
        () -> own(state.get(), value, agent, environment));
  }

  /// Looks up anew, whenever it is asked, who the caller is and which version it has.
  private Supplier<Caller> holder(Asker asker, Asked asked) {
    String conversation = asked.text("conversation").orElse("");
    String user = asked.text("user").orElse("");
    return () -> {
      State now = state.get();
      try {
        Caller caller = Callers.holder(now, asker.key().apply(now));
        return conversation.isEmpty() && user.isEmpty()
            ? caller
            : assigning.assigned(now, caller, Assigned.of(conversation, user, "none"));
      } catch (RefusedException e) {
        throw new ApiException(ErrorCode.NOT_FOUND, e.refusal().message(), e);
      }
    };
  }

  private static AgentKey own(
      State now, String presented, String agent, Optional<String> environment) {
    AgentKey key =
        now.agentKey(NewSecret.hashOf(presented))
            .filter(AgentKey::active)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.UNAUTHENTICATED,
                    "The agent key is revoked: issue a new one with 'steward keys'."));
    if (!key.agent().equals(agent)
        || !environment.orElse(key.environment()).equals(key.environment())) {
      throw new ApiException(
          ErrorCode.FORBIDDEN,
          "The key is for "
              + key.agent()
              + " in "
              + key.environment()
              + ", and shows the configuration of nobody else.");
    }
    return key;
  }

  /// A person's or a program's sight of what the process gets.
  private Asker reader(Exchange exchange, String agent, Optional<String> environment) {
    String who = mayRead(exchange, agent, environment);
    String there = environment.orElseThrow();
    AgentKey key =
        new AgentKey(
            "reader", Digest.of("reader"), agent, there, "", Instant.EPOCH, Actor.SYSTEM, null);
    return new Asker(who, _ -> key, () -> mayRead(exchange, agent, environment));
  }

  /// @return who it is
  private String mayRead(Exchange exchange, String agent, Optional<String> environment) {
    dev.steward.server.access.Caller reader =
        proof
            .apply(exchange)
            .orElseThrow(() ->
                new ApiException(
                    ErrorCode.UNAUTHENTICATED,
                    "This needs the agent's own key, or a token that may read the agent."));
    String there =
        environment.orElseThrow(() ->
            new ApiException(
                ErrorCode.MALFORMED,
                "The parameter environment is missing: say whose configuration, such as"
                    + " environment=production."));
    if (!reader.may(Permission.READ, new Sight(reader, state.get()).target(agent, there))) {
      throw new ApiException(
          ErrorCode.NOT_FOUND, "There is no agent " + agent + ", or it is not yours to see.");
    }
    return reader.actor().toString();
  }
}
