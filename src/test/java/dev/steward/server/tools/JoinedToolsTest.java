// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import dev.steward.server.Otlp;
import dev.steward.server.model.GatewayServer;
import dev.steward.server.model.ScriptedProvider;
import dev.steward.server.model.ScriptedProvider.Received;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A governed agent that sends spans of its own and calls tools, over the gateway or past it.
class JoinedToolsTest {
  private static final String ARGUMENTS = "{\"to\":\"ann\",\"amount\":5}";
  private static final String PROPOSING =
      """
      {"id":"c-1","object":"chat.completion","model":"gpt-5","choices":[{"index":0,\
      "message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_7","type":"function",\
      "function":{"name":"bank__pay","arguments":"{\\"amount\\": 5, \\"to\\": \\"ann\\"}"}}]},\
      "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}\
      """;

  @TempDir Path folder;
  private final ScriptedProvider bank = new ScriptedProvider();
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
    gateway.provider().always((_, out) -> answer(out, PROPOSING));
    bank.always(JoinedToolsTest::bank);
    String manifest = gateway.manifest();
    String agent = manifest.substring(manifest.lastIndexOf("apiVersion"));
    gateway
        .server()
        .apply(
            """
            apiVersion: steward/v1
            kind: ToolServer
            metadata: {name: bank}
            spec:
              owner: dana@example.com
              url: "BANK/mcp"
              tools:
                - {name: pay, description: Pays., effect: money, inputSchema: {type: object}, compensatedBy: refund}
                - {name: refund, description: Gives back., effect: money, inputSchema: {type: object}}
            ---
            apiVersion: steward/v1
            kind: Policy
            metadata: {name: payments}
            spec: {rules: [{name: all, tool: "bank/*", effect: allow}]}
            ---
            AGENT
            """
                .replace("BANK", bank.url())
                .replace(
                    "AGENT",
                    agent
                            .stripTrailing()
                            .replace("risk: limited", "risk: limited\n  oversight: governed")
                        + "\n    tools: [{server: bank, tools: [pay, refund]}]\n"));
  }

  @AfterEach
  void close() {
    gateway.close();
    bank.close();
  }

  @Test
  void areOneStepWhereTheTraceIsPassedOn() throws Exception {
    call("traceparent", "00-" + Otlp.trace(77) + "-" + Otlp.spanId(3) + "-01");
    send(agent(), tool("bank__pay"));

    isOneStep("");
  }

  @Test
  void areOneStepByTheRunsNameWhenTheAgentTellsLater() throws Exception {
    call("x-steward-run", "run-1");
    gateway.server().await("the call is recorded", () -> gateway.runs().size() == 1);
    send(named(agent()), named(tool("pay")).addAttributes(arguments()));

    isOneStep("");
  }

  @Test
  void areOneStepByTheRunsNameWhenTheAgentTellsFirst() throws Exception {
    send(named(agent()), named(tool("pay")).addAttributes(arguments()));
    gateway.server().await("the agent's spans are there", () -> gateway.runs().size() == 1);
    call("x-steward-run", "run-1");

    isOneStep("");
  }

  @Test
  void areOneStepByTheIdThatTheModelGaveAndSaysWhichStepProposedIt() throws Exception {
    GatewayServer.bytes(
        gateway.post(
            "/v1/chat/completions",
            "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"pay ann\"}]}"));
    call();
    send(agent(), chat(), tool("pay").addAttributes(Otlp.text("gen_ai.tool.call.id", "call_7")));

    isOneStep(Otlp.spanId(2));
  }

  @Test
  void aCallThatNeverCameToTheGatewayIsUngoverned() throws Exception {
    send(agent(), tool("pay"));

    gateway
        .server()
        .await(
            "the run is marked, once the gateway's own word cannot come any more",
            () -> gateway.runs().path(0).path("ungovernedTools").asInt() == 1);
    assertThat(gateway.runs().path(0).path("ungoverned").asInt()).isZero();
    assertThat(gateway.server().json("/api/v1/findings").toString())
        .contains("ungoverned-tools/refunds")
        .contains("refunds calls tools past the gateway");
    JsonNode effect = effects().path(0);
    assertThat(effect.path("passage").asString()).isEqualTo("ungoverned");
  }

  private void isOneStep(String why) {
    gateway
        .server()
        .await(
            "both are one call in the agent's trace",
            () -> {
              JsonNode runs = gateway.runs();
              return runs.size() == 1
                  && runs.get(0).get("traceId").asString().equals(Otlp.trace(77))
                  && runs.get(0).get("status").asString().equals("finished")
                  && decision(runs.get(0)).equals("allow")
                  && gateway.server().json("/api/v1/ingest").get("waiting").asLong() == 0;
            });
    JsonNode run = gateway.runs().get(0);
    assertThat(run.get("toolCalls").asInt()).isEqualTo(1);
    JsonNode step = step(run);
    assertThat(step.get("spanId").asString()).isEqualTo(Otlp.spanId(3));
    JsonNode effect = effects().path(0);
    assertThat(effects()).hasSize(1);
    assertThat(effect.path("passage").asString()).isEqualTo("gateway");
    assertThat(effect.path("spanId").asString()).isEqualTo(Otlp.spanId(3));
    assertThat(effect.path("proposedBy").asString()).isEqualTo(why);
    assertThat(effect.path("unattributed").asBoolean()).isEqualTo(why.isEmpty());
    assertThat(effect.path("reversibleBy").asString()).isEqualTo("refund");
  }

  private String decision(JsonNode run) {
    JsonNode step = step(run);
    return step.path("decision").asString("");
  }

  private JsonNode step(JsonNode run) {
    JsonNode found = CanonicalJson.object();
    for (JsonNode span :
        gateway.server().json("/api/v1/runs/" + run.path("id").asString()).path("spans")) {
      if (span.path("kind").asString().equals("TOOL")) {
        assertThat(found.isEmpty()).as("one step").isTrue();
        found = span;
      }
    }
    return found;
  }

  private JsonNode effects() {
    String run = gateway.runs().path(0).path("id").asString();
    return gateway.server().json("/api/v1/runs/" + run + "/effects").path("items");
  }

  private void call(String... headers) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "Accept",
                "application/json, text/event-stream",
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "pay"));
    all.addAll(List.of(headers));
    HttpResponse<InputStream> response =
        gateway.post(
            "/mcp/bank",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\","
                + "\"arguments\":"
                + ARGUMENTS
                + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}",
            all.toArray(String[]::new));
    assertThat(new String(GatewayServer.bytes(response), StandardCharsets.UTF_8)).contains("paid");
  }

  private static Span.Builder agent() {
    return Otlp.span(77, 1, 0, "invoke_agent refunds")
        .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
        .addAttributes(Otlp.text("gen_ai.agent.name", "refunds"));
  }

  private static Span.Builder chat() {
    return Otlp.span(77, 2, 1, "chat gpt-5")
        .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
        .addAttributes(Otlp.text("gen_ai.provider.name", "openai"))
        .addAttributes(Otlp.text("gen_ai.request.model", "gpt-5"))
        .addAttributes(Otlp.text("gen_ai.response.id", "c-1"));
  }

  private static Span.Builder tool(String name) {
    return Otlp.span(77, 3, 1, "execute_tool " + name)
        .addAttributes(Otlp.text("gen_ai.operation.name", "execute_tool"))
        .addAttributes(Otlp.text("gen_ai.tool.name", name));
  }

  private static Span.Builder named(Span.Builder span) {
    return span.addAttributes(Otlp.text("steward.run.id", "run-1"));
  }

  private static io.opentelemetry.proto.common.v1.KeyValue arguments() {
    return Otlp.text("gen_ai.tool.call.arguments", ARGUMENTS);
  }

  private void send(Span.Builder... spans) throws Exception {
    byte[] body = Otlp.request(List.of(spans)).toByteArray();
    int status =
        gateway
            .server()
            .client()
            .send(
                HttpRequest.newBuilder(gateway.server().otlpUri("/v1/traces"))
                    .header("Content-Type", "application/x-protobuf")
                    .header("Authorization", "Bearer " + gateway.key())
                    .POST(BodyPublishers.ofByteArray(body))
                    .build(),
                BodyHandlers.discarding())
            .statusCode();
    assertThat(status).isEqualTo(200);
  }

  private static void bank(Received request, OutputStream out) throws IOException {
    JsonNode asked = CanonicalJson.read(request.body());
    String result =
        switch (asked.path("method").asString("")) {
          case "tools/list" ->
              "{\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\",\"tools\":["
                  + "{\"name\":\"pay\",\"description\":\"Pays.\",\"inputSchema\":{\"type\":\"object\"}},{\"name\":\"refund\",\"description\":\"Gives"
                  + " back.\",\"inputSchema\":{\"type\":\"object\"}}]}";
          case "tools/call" ->
              "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"paid\"}]}";
          default -> "{\"resultType\":\"complete\"}";
        };
    answer(out, "{\"jsonrpc\":\"2.0\",\"id\":" + asked.path("id") + ",\"result\":" + result + "}");
  }

  private static void answer(OutputStream out, String body) throws IOException {
    ScriptedProvider.whole(out, 200, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }
}
