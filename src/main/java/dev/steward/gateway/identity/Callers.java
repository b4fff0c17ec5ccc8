// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import dev.steward.control.access.NewSecret;
import dev.steward.control.access.PresentedKey;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.util.Optional;

/// Finds out who calls.
public final class Callers {
  private Callers() {}

  /// @throws RefusedException UNAUTHENTICATED without a key in force, DENIED when its agent has no
  ///   version that could be in force
  public static Caller identify(State state, Request request) {
    AgentKey key = key(state, request);
    Agent agent =
        state
            .agent(key.agent())
            .orElseThrow(() ->
                refused(
                    Refusal.Kind.DENIED,
                    "The agent "
                        + key.agent()
                        + " is deleted: apply its manifest again, or revoke its key."));
    return new Caller(key, agent, version(state, key));
  }

  private static AgentKey key(State state, Request request) {
    Optional<String> presented = presented(request);
    if (presented.isEmpty()) {
      throw refused(
          Refusal.Kind.UNAUTHENTICATED,
          "This model gateway needs an agent key in place of the provider's: issue one with"
              + " 'steward keys issue AGENT' and give it to the SDK as its API key.");
    }
    return presented
        .flatMap(value -> state.agentKey(NewSecret.hashOf(value)))
        .filter(AgentKey::active)
        .orElseThrow(() ->
            refused(
                Refusal.Kind.UNAUTHENTICATED,
                "The agent key is unknown or revoked: issue a new one with 'steward keys issue"
                    + " AGENT' and give it to the SDK as its API key."));
  }

  private static Optional<String> presented(Request request) {
    try {
      return PresentedKey.in(name -> request.header(name).orElse(null))
          .or(() -> request.parameter("key"));
    } catch (ApiException e) {
      throw new RefusedException(
          Refusal.of(Refusal.Kind.UNAUTHENTICATED, String.valueOf(e.getMessage())), e);
    }
  }

  private static AgentVersion version(State state, AgentKey key) {
    Optional<AgentVersion> version =
        key.version().isEmpty()
            ? state.versionInForce(key.agent(), key.environment())
            : state.version(key.agent(), key.version());
    return version.orElseThrow(() ->
        refused(
            Refusal.Kind.DENIED,
            "No version of "
                + key.agent()
                + " is in force in "
                + key.environment()
                + ": release one there, or issue a key for development."));
  }

  private static RefusedException refused(Refusal.Kind kind, String message) {
    return new RefusedException(Refusal.of(kind, message));
  }
}
