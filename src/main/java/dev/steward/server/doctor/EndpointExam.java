// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.doctor;

import dev.steward.server.client.ServerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Looks how the endpoints of agents answer the calls that come through the gateway.
final class EndpointExam {
  private static final String WHAT = "agent calls";

  private final ServerConnection server;

  EndpointExam(ServerConnection server) {
    this.server = server;
  }

  /// Nothing where no agent has an endpoint: most are never called.
  List<Finding> endpoints() {
    List<Finding> findings = new ArrayList<>();
    TreeSet<String> ready = new TreeSet<>();
    for (JsonNode each : server.get("/api/v1/endpoints").path("items")) {
      String agent = each.path("agent").asString();
      JsonNode health = each.path("health");
      String circuit = health.path("circuit").asString("closed");
      if (circuit.equals("closed")) {
        ready.add(agent);
      } else {
        findings.add(
            Finding.wrong(
                WHAT,
                "the endpoint of " + agent + CircuitWords.left(circuit, health),
                "mend " + each.path("url").asString() + ", or roll back " + agent));
      }
    }
    if (!ready.isEmpty()) {
      findings.addFirst(Finding.ok(WHAT, "go to " + String.join(", ", ready)));
    }
    return findings;
  }
}
