// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.TaskTerms;
import dev.steward.gateway.wire.Request;
import dev.steward.trace.diary.Diary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class TaskOwnersTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final String RESOURCES =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: crm}
      spec: {owner: dana@example.com, url: "http://127.0.0.1:9/mcp", tools: [{name: ask, effect: read}]}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: helper}
      spec: {owner: dana@example.com, purpose: Helps., risk: minimal, version: {}}
      """;

  private final ToolServer server = (ToolServer) declared(0);
  private final TaskOwners owners = new TaskOwners(Diary.NONE, () -> NOW);

  @Test
  void whatAServerAsksIsNotToldBesidePolicy() {
    learn("t-1", false);
    assertThat(told("t-1").has("inputRequests")).isFalse();
    assertThat(told("t-1").has("result")).as("it need not be looked through").isTrue();

    learn("t-2", true);
    assertThat(told("t-2").has("inputRequests")).isFalse();
    assertThat(told("t-2").has("result")).isFalse();
    assertThat(told("t-2").path("status").asString()).isEqualTo("input_required");
  }

  @Test
  void nothingIsToldOfATaskThatNobodyOwns() {
    assertThat(owners.told(client(), server, message("t-3"))).isEmpty();
  }

  private void learn(String id, boolean promised) {
    TaskTerms terms =
        new TaskTerms(
            "crm",
            "ask",
            Digest.of("pin"),
            List.of(),
            promised,
            Optional.empty(),
            Optional.empty());
    owners.learn(client(), server, terms, RpcJson.read("{\"taskId\":\"" + id + "\"}"));
  }

  private ObjectNode told(String id) {
    return owners.told(client(), server, message(id)).orElseThrow().params();
  }

  private static RpcMessage message(String id) {
    ObjectNode params =
        (ObjectNode)
            RpcJson.read(
                "{\"status\":\"input_required\",\"result\":{},\"inputRequests\":{\"q\":{}}}");
    return RpcMessage.request("1", "notifications/tasks", params.put("taskId", id));
  }

  private Client client() {
    Agent agent = (Agent) declared(1);
    AgentKey key =
        new AgentKey("k", Digest.of("k"), "helper", "development", "", NOW, Actor.SYSTEM, null);
    return new Client(
        new Caller(key, agent, agent.version()),
        new Destination.One(server),
        new Request("POST", "/mcp/crm", "", List.of(), new byte[0]));
  }

  private static Resource declared(int place) {
    return ControlFixture.read(RESOURCES).declarations().get(place).resource();
  }
}
