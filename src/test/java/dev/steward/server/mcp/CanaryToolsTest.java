// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The tool gateway and plain telemetry obey the same assignment as model calls do.
class CanaryToolsTest {
  private static final int CONVERSATIONS = 24;

  @TempDir Path folder;
  private McpServer mcp;
  private String key = "";
  private String first = "";
  private String second = "";

  @BeforeEach
  void open() {
    mcp = new McpServer(folder);
    first = stage("development");
    key =
        StagedAgent.tried(
            mcp,
            """
            apiVersion: steward/v1
            kind: Agent
            metadata: {name: helper}
            spec:
              owner: dana@example.com
              purpose: Helps.
              risk: minimal
              version: {tools: [{server: crm, tools: [echo]}]}
            """);
    second = stage("development");
  }

  @AfterEach
  void close() {
    mcp.close();
  }

  @Test
  void aConversationHasTheToolsOfItsVersionOnEveryCall() {
    Map<String, Boolean> listed = new HashMap<>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      String conversation = "c-" + i;
      boolean old = lists(conversation);
      listed.put(conversation, old);
      for (int again = 0; again < 3; again++) {
        assertThat(calls(conversation)).isEqualTo(old);
      }
    }
    assertThat(new HashSet<>(listed.values())).hasSize(2);

    for (int i = 0; i < CONVERSATIONS; i++) {
      telemetry("c-" + i, 100 + i);
    }
    Map<String, Set<String>> versions = new HashMap<>();
    mcp.server.await(
        "all runs are seen",
        () -> {
          versions.clear();
          int runs = 0;
          for (JsonNode run : mcp.server.json("/api/v1/runs?limit=500").path("items")) {
            versions
                .computeIfAbsent(run.path("conversation").asString(""), _ -> new HashSet<>())
                .add(run.path("version").asString());
            runs++;
          }
          return runs == 2 * CONVERSATIONS;
        });
    listed.forEach((conversation, old) ->
        assertThat(versions.get(conversation))
            .as(conversation)
            .containsExactly((old ? first : second).substring(0, 12)));
  }

  @Test
  void aCallOfWhichNothingIsKnownIsNotPartOfIt() {
    for (int i = 0; i < CONVERSATIONS; i++) {
      assertThat(calls("")).isTrue();
    }
  }

  private boolean lists(String conversation) {
    return McpServer.json(mcp.send(modern("tools/list", "", conversation)))
        .at("/result/tools")
        .toString()
        .contains("desk__echo");
  }

  /// Whether the tool that only the old version has is called.
  private boolean calls(String conversation) {
    HttpResponse<String> answer =
        mcp.send(
            modern(
                "tools/call",
                "\"name\":\"desk__echo\",\"arguments\":{\"text\":\"x\"},",
                conversation));
    return !McpServer.json(answer).has("error");
  }

  private HttpRequest modern(String method, String params, String conversation) {
    HttpRequest.Builder request =
        mcp.request("/mcp", "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method)
            .setHeader("Authorization", "Bearer " + key);
    if (method.equals("tools/call")) {
      request.setHeader("Mcp-Name", "desk__echo");
    }
    if (!conversation.isEmpty()) {
      request.setHeader("x-steward-conversation", conversation);
      request.setHeader("x-steward-run", "run-" + conversation);
    }
    return request
        .POST(
            BodyPublishers.ofString(
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\""
                    + method
                    + "\",\"params\":{"
                    + params
                    + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}"))
        .build();
  }

  /// A run that no gateway saw.
  private void telemetry(String conversation, long trace) {
    byte[] body =
        Otlp.request(
                List.of(
                    Otlp.span(trace, 1, 0, "invoke_agent helper")
                        .setStartTimeUnixNano(System.currentTimeMillis() * 1_000_000L)
                        .setEndTimeUnixNano(System.currentTimeMillis() * 1_000_000L + 1)
                        .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
                        .addAttributes(Otlp.text("gen_ai.agent.name", "helper"))
                        .addAttributes(Otlp.text("gen_ai.conversation.id", conversation))))
            .toByteArray();
    HttpResponse<String> answer =
        mcp.send(
            HttpRequest.newBuilder(mcp.server.uri("/v1/traces"))
                .header("Content-Type", "application/x-protobuf")
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private String stage(String environment) {
    for (JsonNode stage : mcp.server.json("/api/v1/releases/stages?agent=helper").path("items")) {
      if (stage.path("environment").asString().equals(environment)) {
        return stage.path("version").asString();
      }
    }
    throw new AssertionError("no stage " + environment);
  }
}
