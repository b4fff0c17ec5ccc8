// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.entry;

import dev.steward.control.access.Actor;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Callers;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcException;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// Who may come in: pages of this machine or of hosts that are configured, with an agent's key, to
/// servers that the agent's version lists.
public final class Entrance {
  private final Supplier<State> state;
  private final Origins origins;
  private final String anonymousAgent;
  private final BiFunction<Caller, Function<String, String>, Caller> assigned;

  /// @param anonymousAgent acts where no key is shown, "" for none
  /// @param assigned gives a caller the version that its headers, by name, lead to
  public Entrance(
      Supplier<State> state,
      Origins origins,
      String anonymousAgent,
      BiFunction<Caller, Function<String, String>, Caller> assigned) {
    this.state = state;
    this.origins = origins;
    this.anonymousAgent = anonymousAgent;
    this.assigned = assigned;
  }

  /// @param server "" for all that the caller's version lists
  /// @throws RpcException when it may not come in
  public Client admit(Request request, String server) {
    origins.require(request);
    State now = state.get();
    Caller caller =
        assigned.apply(
            caller(now, request), name -> request.header(name).map(String::strip).orElse(""));
    return new Client(caller, destination(now, caller, server), request);
  }

  private Caller caller(State now, Request request) {
    // A key in an address would be in logs and histories.
    Request bare =
        new Request(request.method(), request.path(), "", request.headers(), new byte[0]);
    if (!anonymousAgent.isEmpty() && request.header("Authorization").isEmpty()) {
      return anonymous(now);
    }
    try {
      return Callers.holder(now, Callers.key(now, bare));
    } catch (RefusedException e) {
      boolean unknown = e.refusal().kind() == Refusal.Kind.UNAUTHENTICATED;
      throw new RpcException(
          unknown
              ? RpcError.of(
                  RpcError.UNAUTHENTICATED,
                  401,
                  "This MCP gateway needs an agent key that is in force: issue one with 'steward"
                      + " keys issue AGENT --environment NAME' and send it as 'Authorization:"
                      + " Bearer KEY'.")
              : RpcError.of(RpcError.DENIED, e.refusal().kind().status(), e.refusal().message()),
          e);
    }
  }

  private Caller anonymous(State now) {
    AgentKey key =
        new AgentKey(
            "anonymous",
            Digest.of("anonymous"),
            anonymousAgent,
            "development",
            "",
            Instant.EPOCH,
            Actor.SYSTEM,
            null);
    return now.agent(anonymousAgent)
        .flatMap(agent ->
            now.versionInForce(anonymousAgent, key.environment())
                .map(version -> new Caller(key, agent, version)))
        .orElseThrow(() ->
            new RpcException(
                RpcError.of(
                    RpcError.UNAUTHENTICATED,
                    401,
                    "The agent "
                        + anonymousAgent
                        + " of 'mcp.anonymous-agent' is not declared or has no version in"
                        + " development: apply its manifest, or send an agent key.")));
  }

  private static Destination destination(State now, Caller caller, String server) {
    List<ToolServer> listed = new ArrayList<>();
    for (ToolUse use : uses(now, caller)) {
      Optional<ToolServer> found = now.find(ToolServer.class, use.server());
      if (found.isPresent() && found.get().reachable() && !listed.contains(found.get())) {
        listed.add(found.get());
      }
    }
    if (server.isEmpty()) {
      return new Destination.All(List.copyOf(listed));
    }
    for (ToolServer each : listed) {
      if (each.name().equals(server)) {
        return new Destination.One(each);
      }
    }
    throw new RpcException(
        RpcError.of(
            RpcError.NOT_FOUND,
            404,
            "There is no tool server of that name for this agent: its version's 'tools' must list"
                + " it."));
  }

  /// While two versions are at work a connection may carry calls for both versions; each call sees
  /// what its own lists.
  private static List<ToolUse> uses(State now, Caller caller) {
    List<ToolUse> uses = new ArrayList<>(caller.version().tools());
    String agent = caller.agent().name();
    Optional<ReleaseRecord> apart =
        caller.key().version().isEmpty()
            ? now.releases()
                .apart(agent, caller.environment())
                .or(() -> now.releases().shadowed(agent, caller.environment()))
            : Optional.empty();
    apart
        .flatMap(record -> now.version(agent, record.release().version().hex()))
        .ifPresent(version -> uses.addAll(version.tools()));
    apart
        .flatMap(ReleaseRecord::control)
        .flatMap(version -> now.version(agent, version.hex()))
        .ifPresent(version -> uses.addAll(version.tools()));
    return uses;
  }
}
