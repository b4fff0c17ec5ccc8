// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.control.access.Actor;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.time.Instant;

/// Finds the version of an agent that a call of it gets: the one that its own calls at that place
/// get too.
final class Callees {
  private final Places places;

  Callees(Places places) {
    this.places = places;
  }

  /// @param place of the work that it is asked for
  /// @throws RefusedException DENIED where there is no such agent or no version in force
  Caller of(State state, String name, String environment, Place place, Request head) {
    Agent agent =
        state
            .agent(name)
            .orElseThrow(() ->
                denied("There is no agent " + name + ": apply its manifest, or ask another."));
    Caller inForce =
        state
            .versionInForce(name, environment)
            .map(version -> new Caller(key(name, environment), agent, version))
            .orElseThrow(() ->
                denied(
                    "No version of "
                        + name
                        + " is in force in "
                        + environment
                        + ", where the caller's key is for: release one there."));
    return places.assigned(state, inForce, place, head);
  }

  /// @throws RefusedException DENIED where the version cannot be called
  static Endpoint endpoint(Caller callee) {
    return callee
        .version()
        .endpoint()
        .orElseThrow(() ->
            denied(
                "Version "
                    + callee.version().shortName()
                    + " of "
                    + callee.agent().name()
                    + " cannot be called: it declares no 'code.endpoint'."));
  }

  /// It is asked, so it shows none.
  private static AgentKey key(String agent, String environment) {
    return new AgentKey(
        "asked", Digest.of("asked"), agent, environment, "", Instant.EPOCH, Actor.SYSTEM, null);
  }

  private static RefusedException denied(String message) {
    return new RefusedException(Refusal.of(Refusal.Kind.DENIED, message));
  }
}
