// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Runs that go round, through a whole server.
class LoopsOfRunsTest {
  private static final String SAID = "{\"role\":\"assistant\",\"content\":\"Done %s.\"}";
  private static final String POLICY =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: short-runs}
      spec:
        agents: {names: [refunds]}
        environments: [development]
        loops: {steps: {times: 3, action: stop}}
      """;

  @TempDir Path folder;
  private GatewayServer gateway;
  private int restartEvery = Integer.MAX_VALUE;
  private int chats;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aStoppedRunStaysStoppedOverARestart() {
    gateway.server().apply(POLICY);
    for (int i = 0; i < 2; i++) {
      assertThat(chat("long", user("Task " + i), SAID.formatted(i)).statusCode()).isEqualTo(200);
    }
    String reason = error(chat("long", user("Task 2"), SAID.formatted(2)));
    assertThat(reason)
        .isEqualTo(
            "This run is stopped, since it goes round: it asked a model 3 times in one run. Begin a"
                + " new run, or raise loops.steps of the policy short-runs.");

    restart();

    assertThat(error(chat("long", user("Task 3"), SAID.formatted(3)))).isEqualTo(reason);
    assertThat(chat("fresh", user("Task 4"), SAID.formatted(4)).statusCode()).isEqualTo(200);
  }

  @Test
  void stepsAreCountedOnAfterARestart() {
    gateway.server().apply(POLICY);
    chat("long", user("Task 0"), SAID.formatted(0));
    chat("long", user("Task 1"), SAID.formatted(1));

    restart();

    assertThat(chat("long", user("Task 2"), SAID.formatted(2)).statusCode()).isEqualTo(403);
  }

  @Test
  void aPolicyHoldsForRunsThatAreUnderWay() {
    for (int i = 0; i < 4; i++) {
      assertThat(chat("long", user("Task " + i), SAID.formatted(i)).statusCode()).isEqualTo(200);
    }
    gateway.server().apply(POLICY);

    assertThat(chat("long", user("Task 5"), SAID.formatted(5)).statusCode()).isEqualTo(403);
    gateway.server().delete("/api/v1/resources/Policy/short-runs");
    for (int i = 0; i < 4; i++) {
      assertThat(chat("new", user("Job " + i), SAID.formatted(i)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theVersionInForceSaysHowFarARunMayGo() {
    gateway.server().apply(version(5));
    for (int i = 0; i < 3; i++) {
      assertThat(chat("long", user("Task " + i), SAID.formatted(i)).statusCode()).isEqualTo(200);
    }

    gateway.server().apply(version(3));

    assertThat(error(chat("long", user("Task 4"), SAID.formatted(4))))
        .contains("it asked a model 4 times in one run");
    gateway.server().apply(version(5));
    for (int i = 0; i < 4; i++) {
      assertThat(chat("new", user("Job " + i), SAID.formatted(i)).statusCode()).isEqualTo(200);
    }
  }

  private String version(int maxSteps) {
    return gateway.manifest() + "    orchestration: {maxSteps: %d}\n".formatted(maxSteps);
  }

  @Test
  void workThatMultipliesOnEachLevelIsStopped() {
    HttpResponse<InputStream> last = delegate("0", 0);

    assertThat(error(last))
        .contains("handed work on 14 times, at least twice as often on each level: 1 → 2 → 4 → 8");
    assertThat(error(chat("plan", user("Anything else"), SAID.formatted("?"))))
        .contains("handed work on 14 times");
  }

  @Test
  void workThatMultipliesIsStoppedAlsoOverRestarts() {
    restartEvery = 4;
    HttpResponse<InputStream> last = delegate("0", 0);

    assertThat(error(last))
        .contains("handed work on 14 times, at least twice as often on each level: 1 → 2 → 4 → 8");
    assertThat(chats).isGreaterThan(15);
  }

  /// Each agent hands its task on to two others, which do the same; the wait for them is over only
  /// when they are done. The run ends in the middle of it.
  private HttpResponse<InputStream> delegate(String name, int level) {
    List<String> messages = new ArrayList<>(List.of(user("Task " + name)));
    HttpResponse<InputStream> last = null;
    for (int i = 0; i < 2 && level < 3; i++) {
      String call = calling("call_" + name + i, name + i);
      last = chat("plan", String.join(",", messages), call);
      if (last.statusCode() != 200) {
        return last;
      }
      HttpResponse<InputStream> inner = delegate(name + i, level + 1);
      if (inner.statusCode() != 200) {
        return inner;
      }
      messages.add(call);
      messages.add(
          "{\"role\":\"tool\",\"tool_call_id\":\"call_%s\",\"content\":\"done %s\"}"
              .formatted(name + i, name + i));
    }
    last = chat("plan", String.join(",", messages), SAID.formatted(name));
    return last;
  }

  private void restart() {
    gateway.close();
    gateway = new GatewayServer(folder);
  }

  private HttpResponse<InputStream> chat(String run, String messages, String answer) {
    if (++chats % restartEvery == 0) {
      restart();
    }
    String body =
        """
        {"id":"chatcmpl-%s","model":"gpt-5","choices":[{"index":0,"message":%s,\
        "finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
        """
            .formatted(Integer.toHexString(messages.hashCode()), answer);
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.whole(
                out, 200, "application/json", body.getBytes(StandardCharsets.UTF_8)));
    return gateway.post(
        "/v1/chat/completions",
        "{\"model\":\"main\",\"messages\":[%s]}".formatted(messages),
        "x-steward-run",
        run);
  }

  private static String user(String text) {
    return "{\"role\":\"user\",\"content\":\"%s\"}".formatted(text);
  }

  private static String calling(String id, String task) {
    return """
    {"role":"assistant","content":null,"tool_calls":[{"id":"%s","type":"function",\
    "function":{"name":"delegate","arguments":"{\\"task\\": \\"%s\\"}"}}]}\
    """
        .formatted(id, task);
  }

  private static String error(HttpResponse<InputStream> response) {
    assertThat(response.statusCode()).isEqualTo(403);
    return JsonMapper.shared()
        .readTree(GatewayServer.bytes(response))
        .path("error")
        .path("message")
        .asString("");
  }
}
