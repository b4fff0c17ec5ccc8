// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.client.ServerConnection;
import dev.steward.server.doctor.Finding;
import dev.steward.server.doctor.ServerExam;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Tool servers that are slow, silent, full or broken.
class SlowServersTest {
  private static final int FAILURES_MAX = 40;
  private static final String WAIT = "\"name\":\"wait\",\"arguments\":{}";

  private McpServer mcp;

  @BeforeEach
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
  }

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void oneThatDoesNotBeginToAnswerIsGivenUpAndNotAskedTwice() {
    reach("call: 1s");
    mcp.crm.mute = true;

    String told = mcp.send(echo("crm", "hello")).body();

    assertThat(told).contains("did not begin to answer in time");
    assertThat(mcp.crm.received().stream().filter(SlowServersTest::calls)).hasSize(1);
    JsonNode health = health("crm");
    assertThat(health.path("errors").asLong()).isEqualTo(1);
    assertThat(health.path("lastError").path("message").asString())
        .contains("did not begin to answer in time");
    assertThat(health.path("inFlight").asInt()).isZero();
  }

  @Test
  void oneThatGoesSilentInTheMiddleIsGivenUp() {
    reach("idle: 1s");

    String told = mcp.send(mcp.modern("/mcp/crm", "tools/call", WAIT)).body();

    assertThat(told).contains("\"progress\":1").contains("went silent in the middle");
    assertThat(health("crm").path("lastError").path("message").asString()).contains("went silent");
  }

  @Test
  void oneThatAsksItsClientIsNotBlamedForTheSilence() {
    reach("idle: 1s");
    String session = mcp.session("/mcp/crm");
    HttpResponse<Stream<String>> asking =
        mcp.open(
            mcp.legacy("/mcp/crm", session, "tools/call", "\"name\":\"ask\",\"arguments\":{}"));
    Iterator<String> lines = asking.body().iterator();
    String question = ModernClientsTest.next(lines);
    assertThat(question).contains("elicitation/create");

    // Whoever is only silent is given up meanwhile.
    assertThat(mcp.send(mcp.modern("/mcp/crm", "tools/call", WAIT)).body()).contains("went silent");
    String id = question.replaceAll(".*\"id\":(\"?[^,\"}]+\"?).*", "$1");
    HttpRequest answer =
        mcp.request("/mcp/crm", "Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-11-25")
            .POST(
                BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"action\":\"accept\"}}"))
            .build();
    mcp.send(answer);

    assertThat(ModernClientsTest.next(lines)).contains("accept");
  }

  @Test
  void oneWhoseLimitIsFullTurnsAwayItsOwnCallersOnly() throws InterruptedException {
    reach("concurrency: 2");
    List<HttpResponse<Stream<String>>> held = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      held.add(mcp.open(mcp.modern("/mcp/crm", "tools/call", WAIT)));
    }
    mcp.crm.waiting.await();
    mcp.server.await("both are in flight", () -> health("crm").path("inFlight").asInt() == 2);

    assertThat(mcp.send(echo("crm", "hello")).body()).contains("is answering 2 calls already");
    for (int i = 0; i < 20; i++) {
      assertThat(mcp.send(echo("desk", "hello " + i)).body()).contains("hello " + i);
    }

    JsonNode crm = health("crm");
    assertThat(crm.path("inFlight").asInt()).isEqualTo(2);
    assertThat(crm.path("limit").asInt()).isEqualTo(2);
    assertThat(crm.path("turnedAway").asLong()).isEqualTo(1);
    assertThat(crm.path("circuit").asString()).isEqualTo("closed");
    JsonNode desk = health("desk");
    assertThat(desk.path("errors").asLong()).isZero();
    assertThat(desk.path("whole").path("answers").asLong()).isGreaterThanOrEqualTo(20);
    assertThat(desk.path("whole").path("p95").isNumber()).isTrue();
    mcp.crm.go.countDown();
    for (HttpResponse<Stream<String>> each : held) {
      assertThat(each.body().toList().toString()).contains("waited");
    }
    mcp.server.await("no place is taken", () -> health("crm").path("inFlight").asInt() == 0);
  }

  @Test
  void oneThatFailsIsLeftAloneWhereEverybodySeesIt() {
    mcp.crm.down = true;
    int failures = 0;
    while (!health("crm").path("circuit").asString().equals("open")) {
      assertThat(failures++).as("failures before the circuit opens").isLessThan(FAILURES_MAX);
      mcp.send(mcp.modern("/mcp/crm", "resources/read", "\"uri\":\"a:b\""));
    }

    JsonNode health = health("crm");
    assertThat(health.path("probeInMillis").asLong()).isBetween(0L, 15_000L);
    assertThat(health.path("errors").asLong()).isGreaterThanOrEqualTo(10);
    assertThat(mcp.send(echo("desk", "hello")).body()).contains("hello");
    assertThat(mcp.server.json("/api/v1/findings").toString())
        .contains("tool-circuit/crm")
        .contains("The tool server crm has failed too often and is left alone");
    List<Finding> doctor =
        new ServerExam(new ServerConnection(mcp.server.uri(""), mcp.server.token())).findings();
    assertThat(doctor)
        .anySatisfy(found -> {
          assertThat(found.what()).isEqualTo("tool gateway");
          assertThat(found.state()).isEqualTo(Finding.State.WRONG);
          assertThat(found.saw()).startsWith("crm is left alone, since it failed too often");
        });
  }

  static boolean calls(dev.steward.server.model.ScriptedProvider.Received request) {
    return new String(request.body(), java.nio.charset.StandardCharsets.UTF_8)
        .contains("\"tools/call\"");
  }

  private HttpRequest echo(String server, String text) {
    return mcp.modern(
        "/mcp/" + server,
        "tools/call",
        "\"name\":\"echo\",\"arguments\":{\"text\":\"" + text + "\"}");
  }

  /// Declares `crm` anew with one more setting.
  private void reach(String setting) {
    List<String> tools = new ArrayList<>();
    for (String name : List.of("echo", "wait", "ask", "hidden")) {
      tools.add(
          "{name: %s, description: The tool %s., effect: read, inputSchema: {type: object}}"
              .formatted(name, name));
    }
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: ToolServer
        metadata: {name: crm}
        spec:
          owner: dana@example.com
          url: "URL"
          secret: crm-token
          SETTING
          tools: TOOLS
        """
            .replace("URL", mcp.crm.url())
            .replace("SETTING", setting)
            .replace("TOOLS", tools.toString()));
  }

  private JsonNode health(String server) {
    for (JsonNode each : mcp.server.json("/api/v1/toolservers").path("items")) {
      if (each.path("name").asString().equals(server)) {
        return each.path("health");
      }
    }
    throw new AssertionError("there is no server " + server);
  }
}
