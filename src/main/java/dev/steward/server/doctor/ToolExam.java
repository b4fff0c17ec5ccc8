// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.doctor;

import dev.steward.server.client.ServerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Looks whether tool calls can pass the gateway: how tool servers answer, and what waits to be
/// accepted.
final class ToolExam {
  private static final String WHAT = "tool gateway";
  private static final String GUIDE = "docs/guide/tools.md";

  private final ServerConnection server;

  ToolExam(ServerConnection server) {
    this.server = server;
  }

  List<Finding> servers() {
    List<Finding> findings = new ArrayList<>();
    Set<String> ready = new TreeSet<>();
    int declared = 0;
    for (JsonNode each : server.get("/api/v1/toolservers").path("items")) {
      declared++;
      List<Finding> found = of(each);
      findings.addAll(found);
      if (found.stream().noneMatch(one -> one.state() == Finding.State.WRONG)) {
        ready.add(each.path("name").asString());
      }
    }
    if (declared == 0) {
      return List.of(
          Finding.toDo(
              WHAT,
              "no ToolServer is declared, so no tool can be called through it",
              "apply a ToolServer and accept its tools, see " + GUIDE));
    }
    if (!ready.isEmpty()) {
      findings.addFirst(Finding.ok(WHAT, "can call " + String.join(", ", ready)));
    }
    return findings;
  }

  private static List<Finding> of(JsonNode each) {
    String name = each.path("name").asString();
    String trouble = each.path("trouble").asString("");
    JsonNode health = each.path("health");
    String circuit = health.path("circuit").asString("closed");
    List<Finding> found = new ArrayList<>();
    if (!circuit.equals("closed")) {
      found.add(
          Finding.wrong(
              WHAT, name + CircuitWords.left(circuit, health), "see it on the Live page"));
    } else if (!trouble.isEmpty()) {
      found.add(Finding.wrong(WHAT, name + " does not tell its tools: " + trouble, "as it says"));
    }
    int waiting =
        each.path("standings").path("changed").asInt(0)
            + each.path("standings").path("new").asInt(0);
    if (waiting > 0) {
      found.add(
          Finding.toDo(
              "tools",
              "%d of %s wait to be accepted; agents do not see them".formatted(waiting, name),
              "./steward tools " + name + ", then ./steward tools accept " + name));
    }
    return found;
  }
}
