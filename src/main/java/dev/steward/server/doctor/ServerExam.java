// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.doctor;

import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ServerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Looks at a running server through its API.
public final class ServerExam {
  private final ServerConnection server;

  public ServerExam(ServerConnection server) {
    this.server = server;
  }

  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      findings.add(ready());
    } catch (CommandFailure e) {
      findings.add(
          Finding.wrong("server", String.valueOf(e.getMessage()), "./steward up, or --server URL"));
      return findings;
    }
    examine(findings, "telemetry", this::ingest);
    examine(findings, "people", () -> List.of(people()));
    examine(findings, "agents", () -> List.of(agents()));
    examine(findings, "keys", () -> List.of(keys()));
    examine(findings, "senders", () -> List.of(strangers()));
    GatewayExam gateway = new GatewayExam(server);
    examine(findings, "model gateway", gateway::providers);
    examine(findings, "model calls", gateway::callers);
    examine(findings, "tool gateway", new ToolExam(server)::servers);
    examine(findings, "agent calls", new EndpointExam(server)::endpoints);
    examine(findings, "budgets", gateway::budgets);
    examine(findings, "policies", gateway::policies);
    examine(findings, "way round", gateway::wayRound);
    return findings;
  }

  /// Addresses of the declared model providers, by name; none where the server does not tell.
  public Map<String, String> providers() {
    Map<String, String> addresses = new TreeMap<>();
    try {
      for (JsonNode provider : items("/api/v1/providers")) {
        addresses.put(provider.path("name").asString(), provider.path("url").asString());
      }
    } catch (CommandFailure e) {
      // The examination tells it among its findings.
      System.getLogger(ServerExam.class.getName())
          .log(System.Logger.Level.DEBUG, "the providers cannot be listed", e);
    }
    return addresses;
  }

  /// What cannot be looked at is a finding too, and keeps nothing else from being looked at.
  private static void examine(
      List<Finding> findings, String what, Supplier<List<Finding>> examination) {
    try {
      findings.addAll(examination.get());
    } catch (CommandFailure e) {
      findings.add(Finding.wrong(what, String.valueOf(e.getMessage()), "as it says"));
    }
  }

  private Finding ready() {
    JsonNode ready = server.ask("/readyz");
    String reason = ready.path("reason").asString("");
    if (!reason.isEmpty()) {
      String parts =
          "journal %s, ledger %s, history %s"
              .formatted(
                  ready.path("journal").asString("?"),
                  ready.path("ledger").asString("?"),
                  ready.path("history").asString("?"));
      return Finding.wrong("server", parts + ": " + reason, "as it says");
    }
    return Finding.ok("server", "answers, " + ready.path("history").asString("ready"));
  }

  private List<Finding> ingest() {
    JsonNode counts = server.get("/api/v1/ingest");
    List<Finding> findings = new ArrayList<>();
    findings.add(
        counts.path("accepted").asLong() > 0
            ? Finding.ok("telemetry", counts.path("accepted").asString() + " spans accepted")
            : Finding.toDo(
                "telemetry",
                "nothing was ever sent",
                "export OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 where the agent runs"));
    if (counts.path("deadLetters").asLong() > 0) {
      findings.add(
          Finding.wrong(
              "dead letters",
              counts.path("deadLetters").asString() + " spans could not be loaded",
              "see the reasons on the Ingest page, and try them again there"));
    }
    return findings;
  }

  private Finding people() {
    return items("/api/v1/resources/Person").isEmpty()
        ? Finding.toDo(
            "people", "nobody is declared", "apply a Person: agents need one as their owner")
        : Finding.ok("people", "declared");
  }

  private Finding agents() {
    List<JsonNode> agents = items("/api/v1/agents?limit=500");
    if (agents.isEmpty()) {
      return Finding.toDo("agents", "none is registered", "./steward apply -f FILE");
    }
    long governed =
        agents.stream().filter(a -> a.path("oversight").asString().equals("governed")).count();
    return Finding.ok("agents", agents.size() + " registered, " + governed + " of them governed");
  }

  private Finding keys() {
    boolean active =
        items("/api/v1/keys?limit=500").stream().anyMatch(k -> !k.path("revokedAt").isString());
    return active
        ? Finding.ok("keys", "issued")
        : Finding.toDo(
            "keys",
            "no agent has one, so nothing proves who sends",
            "./steward keys issue AGENT --environment development");
  }

  private Finding strangers() {
    String names =
        items("/api/v1/agents/unregistered").stream()
            .map(s -> s.path("name").asString())
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Finding.ok("senders", "all that sent something are registered")
        : Finding.toDo("senders", names + " sent something unregistered", "register or stop them");
  }

  private List<JsonNode> items(String path) {
    return StreamSupport.stream(server.get(path).path("items").spliterator(), false).toList();
  }
}
