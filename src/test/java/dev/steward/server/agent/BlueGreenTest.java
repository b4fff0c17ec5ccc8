// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.agent.AgentServer.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two versions of `worker` at two real endpoints, and one command that switches between them.
@Timeout(90)
class BlueGreenTest {
  private static final String[] A2A = {"A2A-Version", "1.0", "Content-Type", "application/json"};

  @TempDir Path folder;
  private AgentServer agents;
  private String key = "";
  private String release = "";

  @BeforeEach
  void open() {
    agents = new AgentServer(folder);
    answers(agents.worker, "blue");
    answers(agents.clerk, "green");
    agents.server.ask(
        "/api/v1/releases", "{\"agent\":\"worker\",\"to\":\"staging\",\"reason\":\"first\"}");
    agents.server.apply(AgentServer.agent("worker", AgentServer.endpoint(agents.clerk)));
    key = agents.key("worker", "staging");
  }

  @AfterEach
  void close() {
    agents.close();
  }

  @Test
  void whatIsUnderWayFinishesWhereItBeganAndTheWayBackIsAsQuick() {
    assertThat(asked("before")).isEqualTo("blue");
    standBy();
    assertThat(asked("beside")).isEqualTo("blue");
    String task = sent("");
    assertThat(task).isEqualTo("blue");

    change(false, false);
    assertThat(asked("before")).isEqualTo("blue");
    assertThat(asked("beside")).isEqualTo("blue");
    assertThat(named("run-1")).isEqualTo("green");
    assertThat(asked("after")).isEqualTo("green");
    assertThat(fetched("task-blue")).isEqualTo("blue");
    assertThat(alone()).isEqualTo("green");

    agents.restart();
    assertThat(asked("beside")).isEqualTo("blue");
    assertThat(asked("after")).isEqualTo("green");
    assertThat(fetched("task-blue")).isEqualTo("blue");
    assertThat(asked("restarted")).isEqualTo("green");

    change(true, false);
    assertThat(asked("new")).isEqualTo("blue");
    assertThat(alone()).isEqualTo("blue");
    assertThat(asked("after")).isEqualTo("green");
    assertThat(named("run-1")).isEqualTo("green");
  }

  @Test
  void whatIsUnderWayIsCutByChoiceAndGoesOnAtTheOther() throws Exception {
    standBy();
    assertThat(asked("beside")).isEqualTo("blue");
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    agents.worker.answers((exchange, body) -> {
      arrived.countDown();
      never.await();
    });
    FutureTask<Text> hanging = new FutureTask<>(() -> post("hangs"));
    Thread.ofVirtual().start(hanging);
    arrived.await();

    change(false, true);
    Text cut = hanging.get();
    assertThat(cut.status()).isEqualTo(503);
    assertThat(cut.body()).contains(release, "another version", "ask again");
    assertThat(asked("hangs")).isEqualTo("green");
    assertThat(asked("beside")).isEqualTo("green");

    agents.restart();
    assertThat(asked("beside")).isEqualTo("green");
    never.countDown();
  }

  @Test
  void aCallInFlightFinishesWhereItBeganWithoutTheCut() throws Exception {
    standBy();
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    agents.worker.answers((exchange, body) -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write("bl".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      arrived.countDown();
      go.await();
      exchange.getResponseBody().write("ue".getBytes(StandardCharsets.UTF_8));
    });
    FutureTask<Text> streamed = new FutureTask<>(() -> post("streams"));
    Thread.ofVirtual().start(streamed);
    arrived.await();

    change(false, false);
    assertThat(asked("other")).isEqualTo("green");
    go.countDown();
    assertThat(streamed.get().body()).isEqualTo("blue");
  }

  @Test
  void isToldOfOverTheApiAndPromotedForAll() {
    standBy();
    assertThat(asked("beside")).isEqualTo("blue");
    assertThat(shown().path("switched").asBoolean()).isFalse();
    change(false, false);
    assertThat(shown().path("switched").asBoolean()).isTrue();
    assertThat(shown().path("switches").get(0).path("cut").asBoolean()).isFalse();

    agents.server.ask(path("promote"), "{\"reason\":\"it does well\"}");
    assertThat(asked("beside")).isEqualTo("green");
    assertThat(
            agents
                .server
                .post(path("switch"), "application/json", "{\"reason\":\"x\"}")
                .statusCode())
        .isEqualTo(409);
  }

  private void standBy() {
    release =
        agents
            .server
            .ask(
                "/api/v1/releases",
                "{\"agent\":\"worker\",\"to\":\"staging\",\"strategy\":\"blue-green\","
                    + "\"reason\":\"second\"}")
            .path("id")
            .asString();
  }

  private JsonNode shown() {
    return agents.server.json("/api/v1/releases/" + release).path("blueGreen");
  }

  private void change(boolean back, boolean cut) {
    agents.server.ask(
        path("switch"), "{\"back\":%s,\"cut\":%s,\"reason\":\"now\"}".formatted(back, cut));
  }

  private String path(String deed) {
    return "/api/v1/releases/" + release + "/" + deed;
  }

  private Text post(String conversation) {
    return agents.post(key, "/agents/worker/x", "{}", "x-steward-conversation", conversation);
  }

  private String asked(String conversation) {
    return post(conversation).body();
  }

  private String named(String run) {
    return agents.post(key, "/agents/worker/x", "{}", "x-steward-run", run).body();
  }

  private String alone() {
    return agents.post(key, "/agents/worker/x", "{}").body();
  }

  /// Who answers a message.
  private String sent(String context) {
    return colour(
        agents.post(
            key,
            "/a2a/worker",
            rpc("SendMessage", "{\"message\":{\"contextId\":\"" + context + "\"}}"),
            A2A));
  }

  /// Who is asked for a task.
  private String fetched(String task) {
    return colour(
        agents.post(key, "/a2a/worker", rpc("GetTask", "{\"id\":\"" + task + "\"}"), A2A));
  }

  private static String colour(Text answer) {
    return answer.body().contains("from-blue") ? "blue" : "green";
  }

  private static String rpc(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
        .formatted(method, params);
  }

  private static void answers(ScriptedAgent agent, String colour) {
    agent.answers((exchange, body) -> {
      String path = exchange.getRequestURI().getPath();
      if (path.endsWith("agent-card.json")) {
        ScriptedAgent.text(exchange, 200, card(agent));
      } else if (body.contains("jsonrpc")) {
        ScriptedAgent.text(
            exchange,
            200,
            """
            {"jsonrpc":"2.0","id":1,"result":{"task":{"id":"task-%s","contextId":"from-%s",\
            "status":{"state":"TASK_STATE_WORKING"}}}}\
            """
                .formatted(colour, colour));
      } else {
        ScriptedAgent.text(exchange, 200, colour);
      }
    });
  }

  private static String card(ScriptedAgent agent) {
    return """
    {"name":"Worker","description":"Works","version":"1",
     "supportedInterfaces":[{"url":"%s/rpc","protocolBinding":"JSONRPC","protocolVersion":"1.0"}],
     "capabilities":{},"defaultInputModes":["text/plain"],"defaultOutputModes":["text/plain"],
     "skills":[]}
    """
        .formatted(agent.url());
  }
}
