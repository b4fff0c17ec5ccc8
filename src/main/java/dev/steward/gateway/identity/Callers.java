// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.identity;

import dev.steward.control.access.NewSecret;
import dev.steward.control.access.PresentedKey;
import dev.steward.control.bound.BoundVersions;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds out who calls.
public final class Callers {
  private Callers() {}

  /// The key that a call carries.
  ///
  /// @throws RefusedException UNAUTHENTICATED without a key in force
  public static AgentKey key(State state, Request request) {
    Optional<String> presented = presented(request);
    if (presented.isEmpty()) {
      throw refused(
          Refusal.Kind.UNAUTHENTICATED,
          "This model gateway needs an agent key in place of the provider's: issue one with"
              + " 'steward keys issue AGENT --environment ENVIRONMENT' and give it to the SDK as"
              + " its API key.");
    }
    return presented
        .flatMap(value -> state.agentKey(NewSecret.hashOf(value)))
        .filter(AgentKey::active)
        .orElseThrow(() ->
            refused(
                Refusal.Kind.UNAUTHENTICATED,
                "The agent key is unknown or revoked: issue a new one with 'steward keys issue"
                    + " AGENT --environment ENVIRONMENT' and give it to the SDK as its API key."));
  }

  /// @throws RefusedException DENIED when the key's agent is gone or has no version that could be
  ///   in force
  public static Caller holder(State state, AgentKey key) {
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
    if (!key.version().isEmpty()) {
      refusePast(state, key);
      return state
          .version(key.agent(), key.version())
          .orElseThrow(() ->
              refused(
                  Refusal.Kind.DENIED,
                  "The key is for version %s of %s, which is not known: issue a key for another one with 'steward keys issue %s --environment %s'."
                      .formatted(key.version(), key.agent(), key.agent(), key.environment())));
    }
    return state
        .versionInForce(key.agent(), key.environment())
        .orElseThrow(() -> refused(Refusal.Kind.DENIED, noneInForce(state, key)));
  }

  /// What was rolled back, or never came there, is not brought by a key.
  private static void refusePast(State state, AgentKey key) {
    if (!BoundVersions.works(state, key)) {
      throw refused(
          Refusal.Kind.DENIED,
          "The key is for version %s of %s, which is neither in force nor tried in %s: release it there with 'steward release start', or issue a key that follows the releases with 'steward keys issue %s --environment %s'."
              .formatted(
                  key.version().substring(0, 12),
                  key.agent(),
                  key.environment(),
                  key.agent(),
                  key.environment()));
    }
  }

  private static String noneInForce(State state, AgentKey key) {
    Set<String> elsewhere = state.environments(key.agent()).keySet();
    String remedy =
        elsewhere.isEmpty()
            ? "apply its manifest with a version"
            : "put one in force there, or issue a key for %s with 'steward keys issue %s --environment %s'"
                .formatted(
                    String.join(" or ", new TreeSet<>(elsewhere)),
                    key.agent(),
                    elsewhere.iterator().next());
    return "No version of %s is in force in %s, where its key is for: %s."
        .formatted(key.agent(), key.environment(), remedy);
  }

  private static RefusedException refused(Refusal.Kind kind, String message) {
    return new RefusedException(Refusal.of(kind, message));
  }
}
