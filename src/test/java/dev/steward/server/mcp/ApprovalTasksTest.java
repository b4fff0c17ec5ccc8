// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A call that waits for people, for a client that takes tasks.
class ApprovalTasksTest {
  private static final String CRM = "/mcp/crm";
  private static final String TASKS = "\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}";

  private McpServer mcp;

  @BeforeEach
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: look-at-it}
        spec: {rules: [{tool: "crm/echo", effect: require_approval, fourEyes: false}]}
        """);
  }

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void theCallIsMadeOnceWhenPeopleHaveAgreed() {
    JsonNode begun = call(CRM, "echo", TASKS);
    assertThat(begun.path("resultType").asString()).isEqualTo("task");
    assertThat(begun.path("statusMessage").asString()).contains("a person must agree");
    String id = begun.path("taskId").asString();
    assertThat(get(CRM, id).path("status").asString()).isEqualTo("working");
    assertThat(calls()).isZero();

    answer("approve");
    JsonNode done = ended(CRM, id);

    assertThat(done.path("status").asString()).isEqualTo("completed");
    assertThat(done.at("/result/content/0/text").asString()).isEqualTo("hello");
    assertThat(get(CRM, id).path("result").equals(done.path("result"))).isTrue();
    assertThat(calls()).isEqualTo(1);
    assertThat(mcp.server.json("/api/v1/approvals?status=used").path("items").size()).isOne();
  }

  @Test
  void whatPeopleDenyIsToldAsAResult() {
    String id = call(CRM, "echo", TASKS).path("taskId").asString();

    answer("deny");

    JsonNode done = ended(CRM, id);
    assertThat(done.path("status").asString()).isEqualTo("completed");
    assertThat(done.at("/result/isError").asBoolean()).isTrue();
    assertThat(done.toString()).contains("a person denied it");
    assertThat(calls()).isZero();
  }

  @Test
  void itIsJoinedUnderItsServersName() {
    String id = call("/mcp", "crm__echo", TASKS).path("taskId").asString();
    assertThat(id).startsWith("crm__");

    answer("approve");

    JsonNode done = ended("/mcp", id);
    assertThat(done.path("taskId").asString()).isEqualTo(id);
    assertThat(done.at("/result/content/0/text").asString()).isEqualTo("hello");
  }

  @Test
  void nobodyElseKnowsIt() {
    String id = call(CRM, "echo", TASKS).path("taskId").asString();

    HttpRequest stolen =
        mcp.modern(
            CRM,
            "tasks/get",
            "\"taskId\":\"" + id + "\"",
            "Mcp-Name",
            id,
            "Authorization",
            "Bearer " + mcp.key("stranger"));

    assertThat(mcp.send(stolen).body()).contains("Unknown task");
  }

  @Test
  void oneThatIsCancelledIsNotMade() {
    String id = call(CRM, "echo", TASKS).path("taskId").asString();
    mcp.send(mcp.modern(CRM, "tasks/cancel", "\"taskId\":\"" + id + "\"", "Mcp-Name", id));

    answer("approve");

    assertThat(get(CRM, id).path("status").asString()).isEqualTo("cancelled");
    assertThat(calls()).isZero();
  }

  @Test
  void aClientThatShowsPagesIsShownOne() {
    JsonNode result = call(CRM, "echo", TASKS + ",\"elicitation\":{\"url\":{}}");

    assertThat(result.path("resultType").asString()).isEqualTo("input_required");
  }

  private JsonNode call(String path, String tool, String capabilities) {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + tool
            + "\",\"arguments\":{\"text\":\"hello\"},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{"
            + capabilities
            + "}}}}";
    HttpRequest request =
        mcp.request(
                path,
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                tool)
            .POST(BodyPublishers.ofString(body))
            .build();
    return McpServer.json(mcp.send(request)).path("result");
  }

  private JsonNode get(String path, String id) {
    String task = "\"taskId\":\"" + id + "\"";
    return McpServer.json(mcp.send(mcp.modern(path, "tasks/get", task, "Mcp-Name", id)))
        .path("result");
  }

  private JsonNode ended(String path, String id) {
    JsonNode[] last = new JsonNode[1];
    mcp.server.await(
        "the task has ended",
        () -> {
          last[0] = get(path, id);
          return !last[0].path("status").asString("").equals("working");
        });
    return last[0];
  }

  private void answer(String word) {
    String id = mcp.server.json("/api/v1/approvals?status=pending").at("/items/0/id").asString();
    mcp.server.ask("/api/v1/approvals/" + id, "{\"answer\":\"" + word + "\"}");
  }

  private long calls() {
    return mcp.crm.received().stream()
        .filter(each ->
            each.body().length > 0
                && RpcJson.read(each.body()).path("method").asString("").equals("tools/call"))
        .count();
  }
}
