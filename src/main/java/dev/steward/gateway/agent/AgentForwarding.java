// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.ChainTokens;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.endpoint.Endpoints;
import dev.steward.gateway.endpoint.Outgoing;
import dev.steward.gateway.endpoint.PassedHeaders;
import dev.steward.gateway.endpoint.Reached;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.wire.Header;
import java.io.IOException;
import java.util.List;

/// Sends a call to the endpoint of a version, with what the agent must know of its work: its run,
/// its conversation, its version and on whose behalf it acts.
final class AgentForwarding {
  private final Endpoints endpoints;
  private final Chains chains;

  AgentForwarding(Endpoints endpoints, Chains chains) {
    this.endpoints = endpoints;
    this.chains = chains;
  }

  /// One endpoint on its way to be asked.
  ///
  /// @param chain on whose behalf the callee acts
  record Way(AgentAsked asked, Caller callee, Place place, Chain chain, Cuttable cuttable) {}

  /// The call as it goes to the callee's endpoint.
  Outgoing outgoing(Way way, AgentRecord record) {
    Endpoint endpoint = Callees.endpoint(way.callee());
    String secret = endpoints.secret(endpoint);
    String name = way.callee().agent().name();
    return new Outgoing(
        name,
        "The agent " + name,
        endpoint,
        way.callee().shadow().isPresent(),
        way.asked().head().method(),
        () -> way.asked().form().uri(endpoint, secret),
        () -> headers(way, secret, record.id()),
        way.asked().body());
  }

  Reached reach(Way way, Outgoing call, AgentRecord record) throws IOException {
    return endpoints.reach(call, way.cuttable(), record::sent);
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
