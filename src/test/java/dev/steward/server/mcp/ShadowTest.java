// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static dev.steward.server.mcp.AgentsCalls.calls;
import static dev.steward.server.mcp.AgentsCalls.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.steward.server.agent.ScriptedAgent;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A version that gets copies of live calls: two real processes of an agent, and tool servers that
/// count.
@Timeout(120)
class ShadowTest {
  private static final String WORLD =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: crm}
      spec:
        owner: dana@example.com
        url: "CRM"
        secret: crm-token
        tools:
          - {name: echo, description: The tool echo., effect: write, inputSchema: {type: object}}
          - name: wait
            description: The tool wait.
            effect: money
            inputSchema: {type: object}
            inShadow: {paid: true}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: desk}
      spec:
        owner: dana@example.com
        url: "DESK"
        tools:
          - name: echo
            description: The tool echo.
            effect: read
            inputSchema: {type: object}
            price: {amount: 1, currency: USD}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: live}
      spec: {scope: {agent: helper}, window: month, limit: {cost: 100, currency: USD}}
      """;

  @TempDir Path folder;
  private McpServer mcp;
  private final ScriptedAgent live = new ScriptedAgent();
  private final ScriptedAgent candidate = new ScriptedAgent();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private String key = "";
  private String release = "";

  @BeforeEach
  void open() {
    mcp = new McpServer(folder);
    mcp.server.apply(WORLD.replace("CRM", mcp.crm.url()).replace("DESK", mcp.desk.url()));
    mcp.server.apply(StagedAgent.SHADOW_BUDGET);
    key = StagedAgent.ready(mcp, helper(live), helper(candidate));
    live.answers((exchange, body) -> {
      call(exchange, "crm", "echo", body);
      call(exchange, "desk", "echo", body);
      ScriptedAgent.text(exchange, 200, "did " + body);
    });
    candidate.answers((exchange, body) -> {
      told.add(text(call(exchange, "crm", "echo", body)));
      told.add(text(call(exchange, "desk", "echo", "shadow " + body)));
      ScriptedAgent.text(exchange, 200, "did " + body);
    });
  }

  @AfterEach
  void close() {
    mcp.close();
    live.close();
    candidate.close();
  }

  @Test
  void aShadowHasNoEffects() {
    start();
    candidate.answers((exchange, body) -> {
      told.add(text(call(exchange, "crm", "echo", body)));
      told.add(text(call(exchange, "crm", "echo", "something else")));
      told.add(text(call(exchange, "crm", "wait", "pay")));
      told.add(text(call(exchange, "desk", "echo", body)));
      told.add(delegated(exchange));
      ScriptedAgent.text(exchange, 200, "another answer");
    });

    assertThat(asked("one").body()).isEqualTo("did one");
    await("compared", 1);

    assertThat(calls(mcp.crm)).isEqualTo(1);
    assertThat(calls(mcp.desk)).isEqualTo(2);
    assertThat(told.get(0)).isEqualTo("one");
    assertThat(told.get(1)).contains("is a copy of a live one");
    assertThat(told.get(2)).isEqualTo("{\"paid\":true}");
    assertThat(told.get(3)).isEqualTo("one");
    assertThat(told.get(4)).contains("hands nothing on");
    assertThat(sum("fromLive")).isEqualTo(1);
    assertThat(sum("refused")).isEqualTo(1);
    assertThat(sum("simulated")).isEqualTo(1);
    assertThat(sum("agreed")).isZero();
    assertThat(sum("sameOutcome")).isEqualTo(1);
    assertThat(sum("sameAnswer")).isZero();
    assertThat(sum("liveCost.USD")).isEqualTo(1);
    assertThat(sum("shadowCost.USD")).isEqualTo(1);
    ScriptedAgent.Seen seen = candidate.seen().getFirst();
    assertThat(seen.header("x-steward-shadow")).isEqualTo(release);
    assertThat(seen.body()).isEqualTo("one");
    assertThat(seen.header("traceparent").substring(3, 35))
        .isNotEqualTo(live.seen().getFirst().header("traceparent").substring(3, 35));
    assertThat(mcp.server.get("/releases/" + release).body())
        .contains("it gets copies of live calls", "Effects that did not happen");
  }

  @Test
  void aCandidateThatHangsOrFailsLeavesTheLiveCallAsItIs() throws Exception {
    start();
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    candidate.answers((exchange, body) -> {
      hangs.countDown();
      never.await();
    });
    assertThat(asked("one").body()).isEqualTo("did one");
    hangs.await();
    candidate.answers((exchange, body) -> ScriptedAgent.text(exchange, 500, "broken"));
    assertThat(asked("two").body()).isEqualTo("did two");
    await("compared", 1);
    assertThat(sum("sameOutcome")).isZero();
    candidate.answers((exchange, body) -> {
      throw new IOException("gone");
    });
    assertThat(asked("three").body()).isEqualTo("did three");
    await("failed", 1);
    assertThat(sum("compared")).isEqualTo(2);
    assertThat(sum("agreed")).isZero();
    candidate.answers((exchange, body) -> {
      call(exchange, "crm", "echo", body);
      exchange.sendResponseHeaders(200, 100);
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      throw new IOException("gone in the middle");
    });
    assertThat(asked("four").body()).isEqualTo("did four");
    await("failed", 2);
    assertThat(sum("compared")).isEqualTo(3);
    assertThat(sum("sameEffects")).isEqualTo(1);
    assertThat(sum("sameOutcome")).isZero();
    never.countDown();
    assertThat(calls(mcp.crm)).isEqualTo(4);
  }

  @Test
  void whatWeDidNotLetItAnswerSaysNothingOfIt() throws Exception {
    start();
    CountDownLatch asked = new CountDownLatch(1);
    candidate.answers((exchange, body) -> {
      asked.countDown();
      new CountDownLatch(1).await();
    });
    assertThat(asked("one").body()).isEqualTo("did one");
    asked.await();
    mcp.server.ask("/api/v1/kills", "{\"selector\":{\"agent\":\"helper\"},\"reason\":\"x\"}");
    await("failed", 1);
    assertThat(sum("compared")).isZero();
  }

  @Test
  void aShadowSpendsItsOwnBudgetOnly() {
    start();
    for (int i = 1; i <= 4; i++) {
      assertThat(asked("call " + i).body()).isEqualTo("did call " + i);
      await("compared", i);
    }

    assertThat(told)
        .filteredOn(text -> text.contains("Budget shadows has too little left"))
        .hasSize(2);
    assertThat(sum("shadowCost.USD")).isEqualTo(2);
    assertThat(sum("liveCost.USD")).isEqualTo(4);
    assertThat(calls(mcp.desk)).isEqualTo(6);
    JsonNode budgets = mcp.server.json("/api/v1/budgets");
    assertThat(budgets.toString()).contains("shadows");
  }

  @Test
  void aRestartInTheMiddleForgetsNoShadow() {
    start();
    assertThat(asked("one").body()).isEqualTo("did one");
    await("compared", 1);
    ScriptedAgent.Seen copy = candidate.seen().getFirst();
    mcp.restart();

    assertThat(sum("compared")).isEqualTo(1);
    JsonNode late = call(copy, "crm", "echo", "late");
    assertThat(text(late)).contains("is a copy of a live one");
    assertThat(asked("two").body()).isEqualTo("did two");
    await("compared", 2);
    mcp.server.ask("/api/v1/releases/" + release + "/refuse", "{\"reason\":\"no\"}");
    assertThat(text(call(copy, "crm", "echo", "later still"))).contains("is a copy");
    assertThat(calls(mcp.crm)).isEqualTo(2);
    assertThat(asked("three").body()).isEqualTo("did three");
    assertThat(candidate.seen()).hasSize(2);
  }

  @Test
  void aCopyThatTheStopOfTheServerCutsSaysNothingOfIt() throws Exception {
    start();
    CountDownLatch hangs = new CountDownLatch(1);
    candidate.answers((exchange, body) -> {
      hangs.countDown();
      new CountDownLatch(1).await();
    });
    assertThat(asked("one").body()).isEqualTo("did one");
    hangs.await();
    mcp.restart();
    candidate.answers((exchange, body) -> {
      call(exchange, "crm", "echo", body);
      ScriptedAgent.text(exchange, 200, "did " + body);
    });
    assertThat(asked("two").body()).isEqualTo("did two");
    await("agreed", 1);
    assertThat(sum("compared")).isEqualTo(1);
  }

  @Test
  void whatTheLiveRunDoesAfterItsAnswerIsNotOfTheCall() throws Exception {
    start();
    CountDownLatch over = new CountDownLatch(1);
    candidate.answers((exchange, body) -> {
      over.await();
      call(exchange, "crm", "echo", body);
      ScriptedAgent.text(exchange, 200, "did " + body);
    });
    assertThat(asked("one").body()).isEqualTo("did one");
    call(live.seen().getFirst(), "crm", "echo", "afterwards");
    call(live.seen().getFirst(), "desk", "echo", "afterwards");
    over.countDown();
    await("compared", 1);

    assertThat(sum("agreed")).isEqualTo(1);
    assertThat(sum("liveCost.USD")).isEqualTo(1);
  }

  @Test
  void aLiveCallThatItsClientLeavesIsNotCompared() {
    start();
    live.answers((exchange, body) -> {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      byte[] event = ("data: " + "x".repeat(1 << 10) + "\n\n").getBytes(StandardCharsets.UTF_8);
      while (true) {
        exchange.getResponseBody().write(event);
        exchange.getResponseBody().flush();
      }
    });
    try (Stream<String> lines = mcp.open(request("left")).body()) {
      assertThat(lines.findFirst()).isPresent();
    }
    await("dropped", 1);

    assertThat(sum("compared")).isZero();
    assertThat(candidate.seen()).isEmpty();
  }

  @Test
  void aLiveCallThatWaitsForPeopleCountsOnce() {
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: people}
        spec:
          rules:
            - {tool: crm/echo, effect: require_approval, approvers: [dana@example.com]}
        """);
    start();
    live.answers((exchange, body) -> {
      call(exchange, "crm", "echo", body);
      call(exchange, "crm", "echo", body);
      ScriptedAgent.text(exchange, 200, "did " + body);
    });
    candidate.answers((exchange, body) -> {
      call(exchange, "crm", "echo", body);
      ScriptedAgent.text(exchange, 200, "did " + body);
    });

    assertThat(asked("one").body()).isEqualTo("did one");
    await("compared", 1);

    assertThat(calls(mcp.crm)).isZero();
    assertThat(sum("agreed")).isEqualTo(1);
  }

  @Test
  void itsReportOpensTheGateAndPutsItInForce() {
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Gate
        metadata: {name: alike}
        spec:
          environments: [staging]
          requires: shadow
          terms: {least-agreement: 30%, least-answers: 2}
        """);
    start();
    candidate.answers((exchange, body) -> {
      call(exchange, "crm", "echo", body);
      ScriptedAgent.text(exchange, 200, "did " + body);
    });
    assertThat(shown().path("missing").get(0).asString()).isEqualTo("alike");
    for (int i = 1; i <= 2; i++) {
      asked("call " + i);
      await("compared", i);
    }
    mcp.server.await("it is in force", () -> shown().path("state").asString().equals("promoted"));

    assertThat(shown().at("/gates/0/why").asString())
        .contains("2 of 2 copies of live calls ended with the same outcome");
    asked("for real");
    assertThat(candidate.seen().getLast().header("x-steward-shadow")).isEmpty();
    assertThat(calls(mcp.crm)).isEqualTo(3);
  }

  @Test
  void needsABudgetOfItsOwn() {
    mcp.server.delete("/api/v1/resources/budgets/shadows");
    HttpResponse<String> answer =
        mcp.server.postJson(
            "/api/v1/releases",
            "{\"agent\":\"helper\",\"to\":\"staging\",\"strategy\":\"shadow\",\"reason\":\"x\"}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("no Budget pays for shadows of helper", "'shadow: true'");
  }

  private void start() {
    release = StagedAgent.shadow(mcp);
  }

  private JsonNode shown() {
    return mcp.server.json("/api/v1/releases/" + release);
  }

  private long sum(String word) {
    return shown().path("shadow").path("sums").path(word).asLong(0);
  }

  private void await(String word, long count) {
    mcp.server.await(count + " " + word, () -> sum(word) >= count);
  }

  private HttpResponse<String> asked(String body) {
    return mcp.send(request(body));
  }

  private HttpRequest request(String body) {
    return mcp.request("/agents/helper/work", "Authorization", "Bearer " + key)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private JsonNode call(HttpExchange exchange, String server, String tool, String text) {
    return AgentsCalls.call(mcp, key, exchange, server, tool, text);
  }

  private JsonNode call(ScriptedAgent.Seen seen, String server, String tool, String text) {
    return AgentsCalls.call(
        mcp, key, seen.header("x-steward-run"), seen.header("traceparent"), server, tool, text);
  }

  private String delegated(HttpExchange exchange) {
    return mcp.send(
            mcp.request(
                    "/agents/stranger/x",
                    "traceparent",
                    exchange.getRequestHeaders().getFirst("traceparent"),
                    "Authorization",
                    "Bearer " + key)
                .POST(BodyPublishers.ofString("{}"))
                .build())
        .body();
  }

  private static String helper(ScriptedAgent process) {
    return StagedAgent.at(
        process, "{server: crm, tools: [echo, wait]}, {server: desk, tools: [echo]}");
  }
}
