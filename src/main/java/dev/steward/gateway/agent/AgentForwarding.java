// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.credential.Keys;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.ChainTokens;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.health.CountedGate.Entered;
import dev.steward.gateway.health.EndpointGates;
import dev.steward.gateway.health.Visit;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.Place;
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

/// Sends a call to the endpoint of a version, with what the agent must know of its work: its run,
/// its conversation, its version and on whose behalf it acts.
final class AgentForwarding {
  /// The relay ends an answer that is silent; the socket only where the relay cannot.
  private static final Duration UNHEARD = Duration.ofMinutes(1);

  private static final int FAILED_FROM = 500;

  private final HttpUpstream http;
  private final Keys keys;
  private final Chains chains;
  private final EndpointGates gates;

  AgentForwarding(HttpUpstream http, EndpointGates gates, Keys keys, Chains chains) {
    this.http = http;
    this.gates = gates;
    this.keys = keys;
    this.chains = chains;
  }

  /// One endpoint on its way to be asked.
  ///
  /// @param chain on whose behalf the callee acts
  record Way(AgentAsked asked, Caller callee, Place place, Chain chain, Cuttable cuttable) {}

  /// What came of asking, which must be closed.
  ///
  /// @param trouble why it counts as failed, empty where it answered
  /// @param visit told how the answer goes on
  record Reached(Optional<UpstreamAnswer> answer, Optional<Refusal> trouble, Visit visit)
      implements AutoCloseable {
    private static Reached not(Refusal why, Visit visit) {
      return new Reached(Optional.empty(), Optional.of(why), visit);
    }

    @Override
    public void close() {
      try {
        answer.ifPresent(UpstreamAnswer::close);
      } finally {
        visit.leave();
      }
    }
  }

  /// Asks the callee's endpoint, where its gate lets a call through.
  Reached reach(Way way, AgentRecord record) throws IOException {
    Endpoint endpoint = Callees.endpoint(way.callee());
    String secret = secret(endpoint);
    String name = way.callee().agent().name();
    return switch (gates.of(name, endpoint).enter()) {
      case Entered.Spared spared ->
          Reached.not(
              Refusal.of(
                  spared.open() ? Refusal.Kind.CIRCUIT_OPEN : Refusal.Kind.BUSY,
                  "The agent " + name + " " + spared.why()),
              Visit.NONE);
      case Entered.In(Visit visit) -> {
        boolean kept = false;
        try {
          Reached reached = asked(way, endpoint, secret, visit, record);
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

  private Reached asked(Way way, Endpoint endpoint, String secret, Visit visit, AgentRecord record)
      throws IOException {
    String name = way.callee().agent().name();
    try {
      UpstreamAnswer answer = way.cuttable().waiting(() -> send(way, endpoint, secret, record));
      visit.began();
      if (answer.status() < FAILED_FROM) {
        return new Reached(Optional.of(answer), Optional.empty(), visit);
      }
      String failed = "The agent " + name + " answered " + answer.status() + ".";
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

  private UpstreamAnswer send(Way way, Endpoint endpoint, String secret, AgentRecord record) {
    String uri = way.asked().form().uri(endpoint, secret);
    List<Header> headers = headers(way, secret, record.id());
    RequestBody body = way.asked().body();
    Peer peer =
        new Peer(
            "The agent " + way.callee().agent().name(),
            endpoint.url(),
            endpoint.reach().connect(),
            endpoint.reach().call(),
            endpoint.reach().idle().plus(UNHEARD));
    String method = way.asked().head().method();
    record.sent();
    return body.empty()
        ? http.send(peer, method, uri, headers, new byte[0])
        : http.send(peer, method, uri, headers, body);
  }

  /// What its client did wrong is no trouble of the endpoint.
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

  String secret(Endpoint endpoint) {
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

  private List<Header> headers(Way way, String secret, String spanId) {
    Place place = way.place();
    Caller callee = way.callee();
    List<Header> headers = PassedHeaders.asked(way.asked().head().headers());
    headers.add(new Header("Accept-Encoding", "identity"));
    headers.add(new Header("traceparent", "00-" + place.traceId() + "-" + spanId + "-01"));
    add(headers, "x-steward-run", place.said() ? place.run() : "");
    add(headers, "x-steward-conversation", place.conversation());
    add(headers, "x-steward-task", place.task());
    add(headers, "x-steward-user", way.asked().header("x-steward-user", 256));
    add(headers, "x-steward-version", callee.version().shortName());
    if (!way.chain().none()) {
      Chain.Link link = Chain.Link.of(callee.agent().name(), callee.version());
      add(
          headers,
          ChainTokens.HEADER,
          chains.asked(link, callee.environment(), place, way.chain()));
    }
    if (!secret.isEmpty()) {
      headers.add(new Header("Authorization", "Bearer " + secret));
    }
    return headers;
  }

  private static void add(List<Header> headers, String name, String value) {
    if (!value.isEmpty()) {
      headers.add(new Header(name, value));
    }
  }
}
