// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.credential.Keys;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.ChainTokens;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.CutException;
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
  static final Duration SILENCE_MAX = Duration.ofMinutes(5);

  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final int FAILED_FROM = 500;

  private final HttpUpstream http;
  private final Keys keys;
  private final Chains chains;

  AgentForwarding(HttpUpstream http, Keys keys, Chains chains) {
    this.http = http;
    this.keys = keys;
    this.chains = chains;
  }

  /// One endpoint on its way to be asked.
  ///
  /// @param chain on whose behalf the callee acts
  record Way(AgentAsked asked, Caller callee, Place place, Chain chain, Cuttable cuttable) {}

  /// What came of asking.
  ///
  /// @param trouble why it counts as failed, empty where it answered
  record Reached(Optional<UpstreamAnswer> answer, Optional<Refusal> trouble) {}

  /// Asks the callee's endpoint.
  Reached reach(Way way, AgentRecord record) throws IOException {
    Endpoint endpoint = Callees.endpoint(way.callee());
    String secret = secret(endpoint);
    String uri = way.asked().form().uri(endpoint, secret);
    List<Header> headers = headers(way, secret, record.id());
    RequestBody body = way.asked().body();
    String name = way.callee().agent().name();
    Peer peer = new Peer("The agent " + name, endpoint.url(), CONNECT_MAX, SILENCE_MAX);
    String method = way.asked().head().method();
    try {
      record.sent();
      UpstreamAnswer answer =
          way.cuttable()
              .waiting(() ->
                  body.empty()
                      ? http.send(peer, method, uri, headers, new byte[0])
                      : http.send(peer, method, uri, headers, body));
      return answer.status() < FAILED_FROM
          ? new Reached(Optional.of(answer), Optional.empty())
          : new Reached(
              Optional.of(answer),
              Optional.of(
                  Refusal.of(
                      Refusal.Kind.UPSTREAM_FAILED,
                      "The agent " + name + " answered " + answer.status() + ".")));
    } catch (CutException e) {
      throw e;
    } catch (UpstreamException e) {
      return new Reached(Optional.empty(), Optional.of(trouble(e)));
    }
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
    callee.shadow().ifPresent(shadow -> add(headers, "x-steward-shadow", shadow.release()));
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
