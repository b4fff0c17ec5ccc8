// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.control.live.EndpointHealth;
import dev.steward.control.live.ToolServerHealth.Health;
import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.Percent;
import dev.steward.domain.resource.ToolServer;

/// A tool server, or an endpoint of an agent, and how it answers.
///
/// @param key that no other has
/// @param href of its page
/// @param kind what it is, in words
record Answering(String key, String href, String kind, Health health) {
  static Answering of(State state, Health server) {
    return new Answering(
        server.name(),
        "/tools/" + Percent.encoded(server.name()),
        state.find(ToolServer.class, server.name()).map(Answering::kind).orElse(""),
        server);
  }

  static Answering of(EndpointHealth.Health endpoint) {
    return new Answering(
        "endpoint " + endpoint.agent() + " " + endpoint.url(),
        "/agents/" + Percent.encoded(endpoint.agent()),
        endpoint.environments().isEmpty()
            ? "Agent"
            : "Agent, " + String.join(", ", endpoint.environments()),
        endpoint.figures());
  }

  private static String kind(ToolServer server) {
    return switch (server.type()) {
      case MCP -> server.url().isEmpty() ? "MCP, stdio" : "MCP";
      case OPENAPI -> "OpenAPI";
    };
  }

  String anchor() {
    return "server-" + Digest.of(key).hex().substring(0, 12);
  }

  boolean alone() {
    return health.circuit() == Circuit.OPEN;
  }
}
