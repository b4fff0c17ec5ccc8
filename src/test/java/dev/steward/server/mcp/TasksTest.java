// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Calls that servers do as tasks.
class TasksTest {
  private static final String CRM = "/mcp/crm";
  private static final String ECHO = "\"name\":\"echo\",\"arguments\":{}";
  private static final String TASK = "\"taskId\":\"t1\"";
  private static final String RESULT =
      "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}],\"structuredContent\":{\"iban\":\"DE1234\",\"ok\":true}}";
  private static final String REDACTING =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: no-iban}
      spec: {rules: [{tool: crm/echo, effect: allow, redact: [iban]}]}
      """;

  private McpServer mcp;

  @BeforeEach
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
    mcp.crm.taskResult = RESULT;
  }

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void aResultIsRedactedAsADirectOneIs() {
    mcp.server.apply(REDACTING);
    mcp.send(mcp.modern(CRM, "tools/call", ECHO));

    JsonNode result =
        McpServer.json(mcp.send(mcp.modern(CRM, "tasks/get", TASK, "Mcp-Name", "t1")))
            .path("result");

    assertThat(result.path("status").asString()).isEqualTo("completed");
    assertThat(result.at("/result/structuredContent/ok").asBoolean()).isTrue();
    assertThat(result.toString()).doesNotContain("DE1234");
  }

  @Test
  void soIsALegacyOne() {
    mcp.server.apply(REDACTING);
    String session = mcp.session(CRM);
    mcp.send(mcp.legacy(CRM, session, "tools/call", ECHO));

    JsonNode result =
        McpServer.json(mcp.send(mcp.legacy(CRM, session, "tasks/result", TASK))).path("result");

    assertThat(result.at("/structuredContent/ok").asBoolean()).isTrue();
    assertThat(result.toString()).doesNotContain("DE1234");
  }

  @Test
  void noListOfTasksIsOffered() {
    mcp.crm.capabilities =
        "{\"tools\":{},\"tasks\":{\"list\":{},\"cancel\":{},\"requests\":{\"tools\":{\"call\":{}}}}}";

    JsonNode greeting =
        RpcJson.read(
            mcp.post(
                    CRM,
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}")
                .body());
    JsonNode discovered = McpServer.json(mcp.send(mcp.modern(CRM, "server/discover", "")));

    for (JsonNode said : List.of(greeting, discovered)) {
      assertThat(said.at("/result/capabilities/tasks").propertyNames())
          .containsExactlyInAnyOrder("cancel", "requests");
    }
    assertThat(
            McpServer.json(mcp.send(mcp.legacy(CRM, mcp.session(CRM), "tasks/list", "")))
                .at("/error/code")
                .asInt())
        .isEqualTo(-32601);
  }

  @Test
  void aTaskIsItsOwnersAlone() {
    mcp.send(mcp.modern(CRM, "tools/call", ECHO));
    String stranger = "Bearer " + mcp.key("stranger");

    HttpRequest stolen =
        mcp.modern(CRM, "tasks/get", TASK, "Mcp-Name", "t1", "Authorization", stranger);
    HttpRequest cancelled =
        mcp.modern(CRM, "tasks/cancel", TASK, "Mcp-Name", "t1", "Authorization", stranger);

    assertThat(message(mcp.send(stolen))).isEqualTo("Unknown task: t1");
    assertThat(message(mcp.send(cancelled))).isEqualTo("Unknown task: t1");
  }

  @Test
  void itIsItsOwnersAfterARestartToo() {
    mcp.server.apply(REDACTING);
    mcp.send(mcp.modern(CRM, "tools/call", ECHO));

    mcp.restart();

    String told = mcp.send(mcp.modern(CRM, "tasks/get", TASK, "Mcp-Name", "t1")).body();
    assertThat(told).contains("completed").doesNotContain("DE1234");
    HttpRequest stolen =
        mcp.modern(
            CRM,
            "tasks/get",
            TASK,
            "Mcp-Name",
            "t1",
            "Authorization",
            "Bearer " + mcp.key("stranger"));
    assertThat(message(mcp.send(stolen))).isEqualTo("Unknown task: t1");
  }

  @Test
  void aToolThatPolicyTookAwayTellsNoResult() {
    mcp.send(mcp.modern(CRM, "tools/call", ECHO));
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: no-echo}
        spec: {rules: [{tool: crm/echo, effect: deny}]}
        """);

    HttpRequest get = mcp.modern(CRM, "tasks/get", TASK, "Mcp-Name", "t1");

    assertThat(message(mcp.send(get))).isEqualTo("Unknown task: t1");
  }

  private static String message(HttpResponse<String> response) {
    return McpServer.json(response).path("error").path("message").asString("");
  }
}
