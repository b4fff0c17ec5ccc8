// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.credential.Keys;
import dev.steward.gateway.health.CountedGate.Entered;
import dev.steward.gateway.health.EndpointGates;
import dev.steward.gateway.health.Visit;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.gateway.upstream.HttpUpstream.Peer;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.upstream.UpstreamException;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Asks endpoints, each within its places, its timeouts and its circuit breaker.
public final class Endpoints {
  /// The relay ends an answer that is silent; the socket only where the relay cannot.
  private static final Duration UNHEARD = Duration.ofMinutes(1);

  private static final int FAILED_FROM = 500;

  private final HttpUpstream http = new HttpUpstream();
  private final EndpointGates gates;
  private final Keys keys;

  public Endpoints(EndpointGates gates, Keys keys) {
    this.gates = gates;
    this.keys = keys;
  }

  /// Asks an endpoint, where its gate lets a call through.
  ///
  /// @param sent told when the endpoint may see it
  /// @throws RefusedException what its client did wrong, which is no trouble of the endpoint
  public Reached reach(Outgoing call, Cuttable cuttable, Runnable sent) throws IOException {
    return switch (gates.of(call.agent(), call.endpoint(), call.shadow()).enter()) {
      case Entered.Spared spared ->
          Reached.not(
              Refusal.of(
                  spared.open() ? Refusal.Kind.CIRCUIT_OPEN : Refusal.Kind.BUSY,
                  call.who() + " " + spared.why()),
              Visit.NONE);
      case Entered.In(Visit visit) -> {
        boolean kept = false;
        try {
          Reached reached = asked(call, cuttable, sent, visit);
          kept = true;
          yield reached;
        } finally {
          if (!kept) {
            visit.leave();
          }
        }
      }
    };
  }

  private Reached asked(Outgoing call, Cuttable cuttable, Runnable sent, Visit visit)
      throws IOException {
    try {
      UpstreamAnswer answer = cuttable.waiting(() -> send(call, sent));
      visit.began();
      if (answer.status() < FAILED_FROM) {
        return new Reached(Optional.of(answer), Optional.empty(), visit);
      }
      String failed = call.who() + " answered " + answer.status() + ".";
      visit.failed(failed);
      return new Reached(
          Optional.of(answer),
          Optional.of(Refusal.of(Refusal.Kind.UPSTREAM_FAILED, failed)),
          visit);
    } catch (UpstreamException e) {
      Refusal trouble = trouble(e);
      visit.failed(String.valueOf(e.getMessage()));
      return Reached.not(trouble, visit);
    }
  }

  private UpstreamAnswer send(Outgoing call, Runnable sent) {
    String uri = call.uri().get();
    List<Header> headers = call.headers().get();
    Endpoint endpoint = call.endpoint();
    Peer peer =
        new Peer(
            call.who(),
            endpoint.url(),
            endpoint.reach().connect(),
            endpoint.reach().call(),
            endpoint.reach().idle().plus(UNHEARD));
    sent.run();
    return call.body().empty()
        ? http.send(peer, call.method(), uri, headers, new byte[0])
        : http.send(peer, call.method(), uri, headers, call.body());
  }

  private static Refusal trouble(UpstreamException e) {
    Throwable at = e;
    while (at != null) {
      if (at instanceof RefusedException refused) {
        throw refused;
      }
      at = at.getCause();
    }
    return Refusal.of(
        switch (e.what()) {
          case UNREACHABLE, BROKEN -> Refusal.Kind.UPSTREAM_FAILED;
          case LATE -> Refusal.Kind.UPSTREAM_LATE;
        },
        e.getMessage() + ". Ask again when it runs.");
  }

  /// What is shown to an endpoint, "" for nothing.
  ///
  /// @throws RefusedException INTERNAL where the secret is not set
  public String secret(Endpoint endpoint) {
    try {
      return keys.of(endpoint.secret());
    } catch (RefusedException e) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.INTERNAL,
              "The secret '"
                  + endpoint.secret()
                  + "' of the endpoint is not set: set it with 'steward secrets set "
                  + endpoint.secret()
                  + "'."),
          e);
    }
  }
}
