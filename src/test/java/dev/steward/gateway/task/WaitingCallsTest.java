// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.access.Actor;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.entry.Destination;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.task.WaitingCalls.Made;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class WaitingCallsTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T08:00:00Z");

  private Instant now = BEGIN;
  private volatile boolean pending = true;
  private int ids;
  private final WaitingCalls waiting =
      new WaitingCalls(_ -> pending, () -> Integer.toString(++ids), () -> now);
  private final Client client = client("a");

  @Test
  void aCallThatBreaksHasFailed() {
    String id = begin(client, 0);
    pending = false;

    ObjectNode told =
        ended(
            client,
            id,
            (_, _) -> {
              throw new IllegalStateException("broken");
            });

    assertThat(told.path("status").asString()).isEqualTo("failed");
    assertThat(told.at("/error/message").asString())
        .contains("did not expect")
        .contains("is not known");
  }

  @Test
  void whoBeginsTooManyGivesUpItsOwn() {
    Client other = client("b");
    String theirs = begin(other, 0);
    String first = begin(client, 0);
    String last = "";
    for (int i = 0; i < 500; i++) {
      last = begin(client, 0);
    }

    assertThat(known(client, first)).isFalse();
    assertThat(known(client, last)).isTrue();
    assertThat(known(other, theirs)).isTrue();
  }

  @Test
  void whatTheyTakeCountsToo() {
    int large = 10 << 20;
    String first = begin(client, large);
    begin(client, large);
    begin(client, large);
    assertThat(known(client, first)).isTrue();

    begin(client, large);

    assertThat(known(client, first)).isFalse();
  }

  @Test
  void aResultTakesTheRoomOfOlderOnes() {
    String first = begin(client, 0);
    String second = begin(client, 0);
    pending = false;
    ObjectNode huge =
        RpcJson.object().put("status", "completed").put("result", "x".repeat(33 << 20));

    assertThat(ended(client, second, (_, _) -> new Made.Ended(huge)).path("status").asString())
        .isEqualTo("completed");

    assertThat(known(client, first)).isFalse();
    assertThat(known(client, second)).isTrue();
  }

  @Test
  void oneWhoseTimeIsOverIsForgotten() {
    String id = begin(client, 0);

    now = BEGIN.plus(Duration.ofMinutes(90));

    assertThat(known(client, id)).isFalse();
  }

  private String begin(Client of, int length) {
    ObjectNode params = RpcJson.object().put("name", "echo");
    params.putObject("arguments").put("text", "x".repeat(length));
    ToolEnding.Pending ending =
        new ToolEnding.Pending("a-1", "http://s/a-1", BEGIN.plus(Duration.ofMinutes(30)), "Wait.");
    return waiting
        .begin(of, RpcMessage.request("1", "tools/call", params), ending)
        .path("taskId")
        .asString();
  }

  private boolean known(Client of, String id) {
    return waiting.get(of, id, (_, _) -> new Made.Waits("a-2")).isPresent();
  }

  private ObjectNode ended(Client of, String id, WaitingCalls.Later later) {
    while (true) {
      ObjectNode told = waiting.get(of, id, later).orElseThrow();
      if (!told.path("status").asString().equals("working")) {
        return told;
      }
      Thread.onSpinWait();
    }
  }

  private static Client client(String key) {
    Agent agent =
        (Agent)
            ControlFixture.read(
                    """
                    apiVersion: steward/v1
                    kind: Agent
                    metadata: {name: helper}
                    spec: {owner: dana@example.com, purpose: Helps., risk: minimal, version: {}}
                    """)
                .declarations()
                .getFirst()
                .resource();
    AgentKey holder =
        new AgentKey(key, Digest.of(key), "helper", "development", "", BEGIN, Actor.SYSTEM, null);
    return new Client(
        new Caller(holder, agent, agent.version()),
        new Destination.All(List.of()),
        new Request("POST", "/mcp", "", List.of(), new byte[0]));
  }
}
