// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What is done within a call, and fetched of it later, has the version of the call.
class CanaryWithinCallsTest {
  private static final int CALLS = 16;
  private static final String CONVERSATION = "x-steward-conversation";

  private McpServer mcp;
  private String key = "";

  @BeforeEach
  void open(@TempDir Path folder) {
    mcp = new McpServer(folder);
    // The version that is tried knows nothing of crm.
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
              version: {tools: [{server: desk, tools: [wait]}, {server: other, tools: [echo]}]}
            ---
            apiVersion: steward/v1
            kind: Policy
            metadata: {name: all-tools}
            spec:
              rules:
                - {tool: crm/ask, effect: allow}
                - {tool: crm/echo, effect: allow}
                - {tool: other/echo, effect: allow}
            """);
  }

  @AfterEach
  void close() {
    mcp.close();
  }

  @Test
  void aServerAsksTheVersionThatCallsIt() {
    for (int i = 0; i < CALLS; i++) {
      mcp.crm.question =
          "{\"method\":\"elicitation/create\",\"params\":{\"message\":\"Which " + i + "?\"}}";
      JsonNode asked =
          send("tools/call", "\"name\":\"crm__ask\",\"arguments\":{}", "Mcp-Name", "crm__ask");
      assertThat(asked.path("result").has("inputRequests")).as(asked.toString()).isTrue();
    }
  }

  @Test
  void aTaskIsFetchedByTheVersionThatBeganIt() {
    mcp.crm.taskResult = "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}";
    for (int i = 0; i < CALLS; i++) {
      JsonNode begun =
          send(
              "tools/call",
              "\"name\":\"crm__echo\",\"arguments\":{\"text\":\"x\"}",
              "Mcp-Name",
              "crm__echo");
      String id = begun.at("/result/taskId").asString();

      JsonNode got =
          send(
              "tasks/get",
              "\"taskId\":\"" + id + "\"",
              "Mcp-Name",
              id,
              "x-steward-run",
              "fetching-" + i);

      assertThat(got.toString()).contains("done");
    }
  }

  @Test
  void aClientHearsOfTheListsOfItsOwnVersion() {
    int tried = 0;
    while (!send("tools/list", "\"x\":1", CONVERSATION, "c-" + tried)
        .toString()
        .contains("other__")) {
      tried++;
      assertThat(tried).isLessThan(64);
    }
    Iterator<String> lines =
        mcp.open(
                request(
                    "subscriptions/listen",
                    "\"notifications\":{\"toolsListChanged\":true}",
                    CONVERSATION,
                    "c-" + tried))
            .body()
            .iterator();
    assertThat(ModernClientsTest.next(lines)).contains("acknowledged");

    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: no-other}
        spec: {rules: [{tool: other/echo, effect: deny}]}
        """);

    assertThat(ModernClientsTest.next(lines)).contains("notifications/tools/list_changed");
  }

  /// Without a traceparent, so that nothing is known of a call but what is said here.
  private HttpRequest request(String method, String params, String... headers) {
    HttpRequest.Builder request =
        mcp.request("/mcp", "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method)
            .setHeader("Authorization", "Bearer " + key);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\""
            + method
            + "\",\"params\":{"
            + params
            + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    return request.POST(HttpRequest.BodyPublishers.ofString(body)).build();
  }

  private JsonNode send(String method, String params, String... headers) {
    return McpServer.json(mcp.send(request(method, params, headers)));
  }
}
