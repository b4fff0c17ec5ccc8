// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.steward.server.agent.ScriptedAgent;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Copies of live calls that come over A2A: two real processes of an agent that speak it, and a
/// tool server that counts.
@Timeout(120)
class ShadowOverA2aTest {
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
          - {name: echo, description: The tool echo., effect: money, inputSchema: {type: object}}
          - {name: wait, description: The tool wait., effect: money, inputSchema: {type: object}}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: no-waiting}
      spec: {rules: [{tool: crm/wait, effect: deny}]}
      """;
  private static final String CARD =
      """
      {"name":"Helper","description":"Helps","version":"1","supportedInterfaces":[
         {"url":"/rpc","protocolBinding":"JSONRPC","protocolVersion":"1.0"},
         {"url":"/rest","protocolBinding":"HTTP+JSON","protocolVersion":"1.0"}],
       "capabilities":{"streaming":true},"defaultInputModes":["text/plain"],
       "defaultOutputModes":["text/plain"],"skills":[]}
      """;
  private static final String MESSAGE =
      "{\"message\":{\"messageId\":\"m\",\"role\":\"ROLE_USER\",\"parts\":[{\"text\":\"hello\"}]%s}}";
  private static final String DONE = task("TASK_STATE_COMPLETED");
  private static final String PART =
      "{\"artifactUpdate\":{\"taskId\":\"t\",\"contextId\":\"c\",\"artifact\":{\"parts\":[]}}}";

  @TempDir Path folder;
  private McpServer mcp;
  private final ScriptedAgent live = new ScriptedAgent();
  private final ScriptedAgent candidate = new ScriptedAgent();
  private String key = "";
  private String release = "";

  /// How a message is sent.
  private enum Way {
    RPC("", "SendMessage"),
    RPC_STREAM("", "SendStreamingMessage"),
    REST("/message:send", ""),
    REST_STREAM("/message:stream", "");

    private final String path;
    private final String method;

    Way(String path, String method) {
      this.path = path;
      this.method = method;
    }

    private boolean streams() {
      return this == RPC_STREAM || this == REST_STREAM;
    }

    /// At the agent's process.
    private String uri() {
      return path.isEmpty() ? "/rpc" : "/rest" + path;
    }

    private String body(String message) {
      return method.isEmpty() ? message : request(method, message);
    }

    private String said(String result) {
      boolean wrapped = method.isEmpty() || result.contains("error");
      return wrapped ? result : "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}";
    }
  }

  @BeforeEach
  void open() {
    mcp = new McpServer(folder);
    mcp.server.apply(WORLD.replace("CRM", mcp.crm.url()));
    mcp.server.apply(StagedAgent.SHADOW_BUDGET);
    key = StagedAgent.ready(mcp, helper(live), helper(candidate));
    release = StagedAgent.shadow(mcp);
  }

  @AfterEach
  void close() {
    mcp.close();
    live.close();
    candidate.close();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aMessageIsCopiedAndItsEffectsAreNot(Way way) {
    answers(live, way, "echo", DONE);
    answers(candidate, way, "echo", DONE);

    assertThat(sent(way, "")).contains("TASK_STATE_COMPLETED");
    await("compared", 1);

    assertThat(AgentsCalls.calls(mcp.crm)).isOne();
    assertThat(sum("fromLive")).isOne();
    assertThat(sum("agreed")).isOne();
    assertThat(sum("sameOutcome")).isOne();
    assertThat(sum("sameEffects")).isOne();
    assertThat(sums().has("liveMillis")).isTrue();
    assertThat(sums().has("shadowMillis")).isTrue();
    ScriptedAgent.Seen copy = asked(candidate).getFirst();
    assertThat(copy.uri()).isEqualTo(way.uri());
    assertThat(copy.body()).isEqualTo(asked(live).getFirst().body());
    assertThat(copy.header("a2a-version")).isEqualTo("1.0");
    assertThat(copy.header("x-steward-shadow")).isEqualTo(release);
    assertThat(asked(live).getFirst().header("x-steward-shadow")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aFailureThatHttpCallsASuccessIsAnotherOutcome(Way way) {
    answers(live, way, "echo", DONE);
    List<String> failures =
        List.of(
            task("TASK_STATE_FAILED"),
            task("TASK_STATE_REJECTED"),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"broken\"}}");
    for (int i = 0; i < failures.size(); i++) {
      answers(candidate, way, "echo", failures.get(i));
      sent(way, "");
      await("compared", i + 1);
    }

    assertThat(sum("sameOutcome")).isZero();
    assertThat(sum("agreed")).isZero();
    assertThat(sum("sameEffects")).isEqualTo(failures.size());
    answers(live, way, "echo", failures.getFirst());
    answers(candidate, way, "echo", failures.getFirst());
    sent(way, "");
    await("agreed", 1);
    assertThat(AgentsCalls.calls(mcp.crm)).isEqualTo(failures.size() + 1);
  }

  @Test
  void whatIsDecidedOfItsCallsIsCompared() {
    answers(live, Way.RPC, "echo", DONE);
    answers(candidate, Way.RPC, "wait", DONE);

    sent(Way.RPC, "");
    await("compared", 1);

    assertThat(sum("sameOutcome")).isOne();
    assertThat(sum("sameEffects")).isZero();
    assertThat(sum("agreed")).isZero();
  }

  @Test
  void whatGoesOnInALiveConversationOrTaskIsNotCopied() {
    answers(live, Way.RPC, "echo", DONE);
    answers(candidate, Way.RPC, "echo", DONE);

    sent(Way.RPC, ",\"contextId\":\"c-of-the-live-agent\"");
    sent(Way.RPC, ",\"taskId\":\"t-of-the-live-agent\"");
    posted("", request("GetTask", "{\"id\":\"t-of-the-live-agent\"}"));
    posted("", request("CancelTask", "{\"id\":\"t-of-the-live-agent\"}"));
    sent(Way.RPC, "");
    await("compared", 1);

    assertThat(asked(live)).hasSize(5);
    assertThat(asked(candidate))
        .extracting(ScriptedAgent.Seen::body)
        .containsExactly(Way.RPC.body(MESSAGE.formatted("")));
  }

  @Test
  void aVersionThatDoesNotSpeakTheBindingDiffers() {
    answers(live, Way.REST, "echo", DONE);
    candidate.answers(
        (exchange, body) -> ScriptedAgent.text(exchange, 200, CARD.replace("HTTP+JSON", "GRPC")));

    assertThat(sent(Way.REST, "")).contains("TASK_STATE_COMPLETED");
    await("compared", 1);

    assertThat(sum("failed")).isOne();
    assertThat(sum("agreed")).isZero();
  }

  private void answers(ScriptedAgent agent, Way way, String tool, String result) {
    agent.answers((exchange, body) -> {
      if (exchange.getRequestURI().getPath().endsWith("agent-card.json")) {
        ScriptedAgent.text(exchange, 200, CARD);
        return;
      }
      AgentsCalls.call(mcp, key, exchange, "crm", tool, "hello");
      if (way.streams()) {
        streamed(exchange, way, result);
      } else {
        ScriptedAgent.text(exchange, 200, way.said(result));
      }
    });
  }

  private static void streamed(HttpExchange exchange, Way way, String last) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    String events = "";
    for (String each : List.of(task("TASK_STATE_WORKING"), PART, last, PART)) {
      events += "data: " + way.said(each) + "\n\n";
    }
    ScriptedAgent.text(exchange, 200, events);
  }

  private String sent(Way way, String more) {
    return posted(way.path, way.body(MESSAGE.formatted(more)));
  }

  private String posted(String path, String body) {
    return mcp.send(
            mcp.request(
                    "/a2a/helper" + path, "A2A-Version", "1.0", "Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(body))
                .build())
        .body();
  }

  /// What an agent was asked, without its card.
  private static List<ScriptedAgent.Seen> asked(ScriptedAgent agent) {
    return agent.seen().stream().filter(seen -> seen.method().equals("POST")).toList();
  }

  private JsonNode sums() {
    return mcp.server.json("/api/v1/releases/" + release).path("shadow").path("sums");
  }

  private long sum(String word) {
    return sums().path(word).asLong(0);
  }

  private void await(String word, long count) {
    mcp.server.await(count + " " + word, () -> sum(word) >= count);
  }

  private static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  private static String task(String state) {
    return "{\"task\":{\"id\":\"t\",\"contextId\":\"c\",\"status\":{\"state\":\"" + state + "\"}}}";
  }

  private static String helper(ScriptedAgent process) {
    return StagedAgent.at(process, "{server: crm, tools: [echo, wait]}");
  }
}
