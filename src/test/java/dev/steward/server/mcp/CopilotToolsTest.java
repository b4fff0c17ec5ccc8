// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A version that only proposes does nothing by itself behind `/mcp`, until its gate opens.
class CopilotToolsTest {
  private static final String GATE =
      """
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: agreed}
      spec:
        environments: [staging]
        requires: copilot
        terms: {least-agreement: 30%, least-answers: 2}
      """;

  private McpServer mcp;
  private String key = "";
  private String release = "";

  @BeforeEach
  void open(@TempDir Path folder) {
    mcp = new McpServer(folder);
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: ToolServer
        metadata: {name: crm}
        spec:
          owner: dana@example.com
          url: "CRM"
          secret: crm-token
          call: 20s
          tools: [{name: echo, description: The tool echo., effect: write, inputSchema: {type: object}}]
        """
            .replace("CRM", mcp.crm.url()));
    mcp.server.apply(GATE);
    release = StagedAgent.release(mcp, "\"strategy\":\"copilot\",");
    key = StagedAgent.key(mcp);
  }

  @AfterEach
  void close() {
    mcp.close();
  }

  @Test
  void whatHasEffectsWaitsForPeopleUntilTheyAgreedOftenEnough() {
    assertThat(call("desk", "one").at("/content/0/text").asString()).isEqualTo("one");
    for (String text : new String[] {"one", "two"}) {
      JsonNode begun = call("crm", text);
      assertThat(begun.path("statusMessage").asString()).contains("does not act by itself yet");
      answer("approve");
      ended(begun.path("taskId").asString());
    }
    assertThat(calls()).isEqualTo(2);
    mcp.server.await(
        "it acts by itself", () -> shown().path("state").asString().equals("promoted"));

    assertThat(shown().at("/copilot/unchanged").asInt()).isEqualTo(2);
    assertThat(shown().at("/copilot/active").asBoolean()).isFalse();
    assertThat(shown().at("/gates/0/verdict").asString()).isEqualTo("pass");
    assertThat(call("crm", "three").at("/content/0/text").asString()).isEqualTo("three");
    assertThat(mcp.server.get("/releases/" + release).body())
        .contains("it acts by itself now", "2 calls left as they were");
  }

  @Test
  void whatPeopleDenyDoesNotHappenAndKeepsTheGateClosed() {
    JsonNode begun = call("crm", "one");
    answer("deny");
    assertThat(ended(begun.path("taskId").asString()).toString()).contains("a person denied it");

    assertThat(calls()).isZero();
    assertThat(shown().at("/copilot/denied").asInt()).isOne();
    assertThat(shown().at("/copilot/active").asBoolean()).isTrue();
  }

  private JsonNode shown() {
    return mcp.server.json("/api/v1/releases/" + release);
  }

  private JsonNode call(String server, String text) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
            + "\"arguments\":{\"text\":\""
            + text
            + "\"},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"extensions\":"
            + "{\"io.modelcontextprotocol/tasks\":{}}}}}}";
    return McpServer.json(
            mcp.send(
                mcp.request(
                        "/mcp/" + server,
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        "echo",
                        "Authorization",
                        "Bearer " + key)
                    .POST(BodyPublishers.ofString(body))
                    .build()))
        .path("result");
  }

  private JsonNode ended(String id) {
    JsonNode[] last = new JsonNode[1];
    mcp.server.await(
        "the task has ended",
        () -> {
          last[0] =
              McpServer.json(
                      mcp.send(
                          mcp.modern(
                              "/mcp/crm",
                              "tasks/get",
                              "\"taskId\":\"" + id + "\"",
                              "Mcp-Name",
                              id,
                              "Authorization",
                              "Bearer " + key)))
                  .path("result");
          return !last[0].path("status").asString("").equals("working");
        });
    return last[0];
  }

  private void answer(String word) {
    String id = mcp.server.json("/api/v1/approvals?status=pending").at("/items/0/id").asString();
    mcp.server.answerAs("dana@example.com", id, "{\"answer\":\"" + word + "\"}");
  }

  private long calls() {
    return mcp.crm.received().stream()
        .filter(each ->
            each.body().length > 0
                && RpcJson.read(each.body()).path("method").asString("").equals("tools/call"))
        .count();
  }
}
