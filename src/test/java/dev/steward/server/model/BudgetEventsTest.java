// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What people are told of a budget that runs low, through a whole server.
class BudgetEventsTest {
  private static final String DECLARED =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: ten-calls}
      spec: {scope: {agent: refunds}, window: day, limit: {calls: 10}}
      ---
      apiVersion: steward/v1
      kind: Channel
      metadata: {name: ops}
      spec: {type: webhook, url: "https://hooks.example.com/steward", events: [budget.*]}
      """;

  @TempDir Path folder;
  private GatewayServer gateway;
  private int calls;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
    gateway.server().apply(DECLARED);
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.whole(
                out,
                200,
                "application/json",
                "{\"id\":\"c\",\"choices\":[]}".getBytes(StandardCharsets.UTF_8)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void peopleAreToldAtEightyPercentAndWhenACallIsRefused() {
    for (int i = 0; i < 7; i++) {
      assertThat(call()).isEqualTo(200);
    }
    assertThat(told()).isEmpty();
    assertThat(call()).isEqualTo(200);
    awaitTold("budget.warned");

    assertThat(call()).isEqualTo(200);
    assertThat(call()).isEqualTo(200);
    assertThat(call()).isEqualTo(429);
    assertThat(call()).isEqualTo(429);

    awaitTold("budget.stopped", "budget.warned");
    restart();
    assertThat(call()).isEqualTo(429);
    assertThat(told()).containsExactlyInAnyOrder("budget.stopped", "budget.warned");

    JsonNode run = gateway.newestRun(calls);
    assertThat(run.get("outcome").asString()).isEqualTo("stopped: budget");
  }

  private void restart() {
    gateway.close();
    gateway = new GatewayServer(folder);
  }

  private int call() {
    calls++;
    return gateway
        .post("/v1/chat/completions", "{\"model\":\"main\",\"messages\":[]}")
        .statusCode();
  }

  private void awaitTold(String... events) {
    TestServer server = gateway.server();
    server.await(
        String.join(" and ", events),
        () -> told().size() == events.length && told().containsAll(List.of(events)));
  }

  /// The events that lie in the outbox.
  private List<String> told() {
    List<String> events = new ArrayList<>();
    for (JsonNode one : gateway.server().json("/api/v1/deliveries").get("items")) {
      events.add(one.get("event").asString());
    }
    return events;
  }
}
