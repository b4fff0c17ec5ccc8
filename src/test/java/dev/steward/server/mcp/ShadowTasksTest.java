// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.server.agent.ScriptedAgent;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a version that gets copies of live calls asks of tasks, with the key of the live process.
@Timeout(120)
class ShadowTasksTest {
  private static final String RESULT = "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}";
  private static final String ECHO = "\"name\":\"echo\"";
  private static final String PEOPLE =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: people}
      spec:
        rules:
          - {tool: crm/echo, effect: require_approval, fourEyes: false}
      """;
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
          - {name: echo, description: The tool echo., effect: read, inputSchema: {type: object}}
          - {name: wait, description: The tool wait., effect: read, inputSchema: {type: object}}
      """;

  @TempDir Path folder;
  private McpServer mcp;
  private final ScriptedAgent live = new ScriptedAgent();
  private final ScriptedAgent candidate = new ScriptedAgent();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private String key = "";

  @BeforeEach
  void open() {
    mcp = new McpServer(folder);
    mcp.crm.taskResult = RESULT;
    mcp.server.apply(WORLD.replace("CRM", mcp.crm.url()));
    mcp.server.apply(StagedAgent.SHADOW_BUDGET);
  }

  @AfterEach
  void close() {
    mcp.close();
    live.close();
    candidate.close();
  }

  @Test
  void aCopyHasTheTasksOfItsOwnVersion() {
    begin("wait");
    live.answers((exchange, body) -> ScriptedAgent.text(exchange, 200, "did"));
    candidate.answers((exchange, body) -> {
      told.add(call(exchange));
      told.add(task(exchange, "tasks/get"));
      told.add(task(exchange, "tasks/cancel"));
      ScriptedAgent.text(exchange, 200, "did");
    });
    asked();

    assertThat(told.get(0)).contains("t1");
    assertThat(told.get(1)).contains("done");
    assertThat(told.get(2)).doesNotContain("error");
    assertThat(received("tasks/cancel")).isOne();
  }

  @Test
  void aCopyReadsALiveTaskAndCannotCancelIt() {
    begin("wait, echo");
    live.answers((exchange, body) -> {
      told.add(call(exchange));
      ScriptedAgent.text(exchange, 200, "did");
    });
    candidate.answers((exchange, body) -> {
      told.add(task(exchange, "tasks/get"));
      told.add(task(exchange, "tasks/cancel"));
      ScriptedAgent.text(exchange, 200, "did");
    });
    asked();

    assertThat(told.get(0)).contains("t1");
    assertThat(told.get(1)).contains("done");
    assertThat(told.get(2)).contains("This run is a copy of a live one");
    assertThat(received("tasks/cancel")).isZero();
    assertThat(task("run-of-its-own", "", "tasks/cancel")).doesNotContain("error");
    assertThat(received("tasks/cancel")).isOne();
  }

  @Test
  void aCopyReadsACallThatWaitsForPeopleAndNeitherMakesNorEndsIt() {
    mcp.server.apply(PEOPLE);
    begin("wait, echo");
    live.answers((exchange, body) -> {
      told.add(send(run(exchange), parent(exchange), "tools/call", "echo", ECHO));
      ScriptedAgent.text(exchange, 200, "did");
    });
    candidate.answers((exchange, body) -> {
      told.add(waiting(run(exchange), parent(exchange), "", "tasks/get"));
      told.add(waiting(run(exchange), parent(exchange), "", "tasks/cancel"));
      ScriptedAgent.text(exchange, 200, "did");
    });
    asked();
    assertThat(told.get(1)).contains("working", "a person must agree");
    assertThat(told.get(2)).contains("This run is a copy of a live one");

    String approval =
        mcp.server.json("/api/v1/approvals?status=pending").at("/items/0/id").asString();
    mcp.server.ask("/api/v1/approvals/" + approval, "{\"answer\":\"approve\"}");
    String copy = candidate.seen().getFirst().header("traceparent");
    assertThat(waiting("", copy, "", "tasks/get")).contains("working", "a person must agree");
    assertThat(waiting("", "", copy, "tasks/get")).contains("working", "a person must agree");
    assertThat(waiting("", "", copy, "tasks/cancel")).contains("is a copy of a live one");
    assertThat(received("tools/call")).isZero();

    mcp.server.await(
        "the live run's call is made",
        () -> waiting("run-of-its-own", "", "", "tasks/get").contains("completed"));
    assertThat(received("tools/call")).isOne();
    assertThat(waiting("", copy, "", "tasks/get")).contains("completed");
  }

  /// @param meta traceparent that the request names in itself, "" for none
  private String waiting(String run, String traceparent, String meta, String method) {
    String id = RpcJson.read(told.getFirst()).at("/result/taskId").asString();
    assertThat(id).startsWith("steward-approval-");
    return send(run, traceparent, meta, method, id, "\"taskId\":\"" + id + "\"");
  }

  /// @param liveTools of the version in force; the candidate has all
  private void begin(String liveTools) {
    key = StagedAgent.ready(mcp, helper(live, liveTools), helper(candidate, "wait, echo"));
    StagedAgent.shadow(mcp);
  }

  private void asked() {
    assertThat(
            mcp.send(
                    mcp.request("/agents/helper/work", "Authorization", "Bearer " + key)
                        .POST(BodyPublishers.ofString("work"))
                        .build())
                .body())
        .isEqualTo("did");
    mcp.server.await("the copy has done its work", () -> told.size() == 3);
  }

  private String call(HttpExchange exchange) {
    return send(run(exchange), parent(exchange), "tools/call", "echo", ECHO);
  }

  private String task(HttpExchange exchange, String method) {
    return task(run(exchange), parent(exchange), method);
  }

  private String task(String run, String traceparent, String method) {
    return send(run, traceparent, method, "t1", "\"taskId\":\"t1\"");
  }

  private static String run(HttpExchange exchange) {
    String run = exchange.getRequestHeaders().getFirst("x-steward-run");
    return run == null ? "" : run;
  }

  private static String parent(HttpExchange exchange) {
    return exchange.getRequestHeaders().getFirst("traceparent");
  }

  private String send(String run, String traceparent, String method, String name, String params) {
    return send(run, traceparent, "", method, name, params);
  }

  private String send(
      String run, String traceparent, String meta, String method, String name, String params) {
    return McpServer.json(
            mcp.send(
                mcp.request(
                        "/mcp/crm",
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        method,
                        "Mcp-Name",
                        name,
                        "x-steward-run",
                        run,
                        "traceparent",
                        traceparent,
                        "Authorization",
                        "Bearer " + key)
                    .POST(
                        BodyPublishers.ofString(
                            """
                            {"jsonrpc":"2.0","id":1,"method":"%s","params":{%s,"_meta":{
                             "io.modelcontextprotocol/protocolVersion":"2026-07-28",
                             "io.modelcontextprotocol/clientCapabilities":{"extensions":{
                              "io.modelcontextprotocol/tasks":{}}},"traceparent":"%s"}}}
                            """
                                .formatted(method, params, meta)))
                    .build()))
        .toString();
  }

  private long received(String method) {
    return mcp.crm.received().stream()
        .filter(each ->
            each.body().length > 0
                && RpcJson.read(each.body()).path("method").asString("").equals(method))
        .count();
  }

  private static String helper(ScriptedAgent process, String tools) {
    return StagedAgent.at(process, "{server: crm, tools: [" + tools + "]}");
  }
}
