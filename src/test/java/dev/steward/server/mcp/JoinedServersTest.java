// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What servers have beside tools, for a client of all of them.
class JoinedServersTest {
  private static final String ALL = "/mcp";
  private static final String NO_SECRET =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: no-secret}
      spec: {rules: [{tool: "crm/resource:a:secret", effect: deny}]}
      """;

  private McpServer mcp;

  @BeforeEach
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
    mcp.server.apply(NO_SECRET);
  }

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void bothErasAreOfferedMoreThanTools() {
    JsonNode discovered = modern("server/discover", "");
    String greeting =
        mcp.post(
                ALL,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}")
            .body();

    List<String> offered = List.of("tools", "resources", "prompts", "completions", "logging");
    assertThat(discovered.path("capabilities").propertyNames()).containsAll(offered);
    assertThat(RpcJson.read(greeting).at("/result/capabilities").propertyNames())
        .containsExactlyElementsOf(offered);
  }

  @Test
  void listsOfAllServersStandUnderTheirNames() {
    String session = mcp.session(ALL);
    List<String> prompts = List.of("crm__greet", "desk__greet");
    List<String> resources =
        List.of("steward://crm/a:b", "steward://desk/a:b", "steward://desk/a:secret");

    assertThat(values(modern("prompts/list", "").path("prompts"), "name")).isEqualTo(prompts);
    assertThat(values(legacy(session, "prompts/list", "").path("prompts"), "name"))
        .isEqualTo(prompts);
    assertThat(values(modern("resources/list", "").path("resources"), "uri")).isEqualTo(resources);
    assertThat(values(legacy(session, "resources/list", "").path("resources"), "uri"))
        .isEqualTo(resources);
    assertThat(
            values(modern("resources/templates/list", "").path("resourceTemplates"), "uriTemplate"))
        .containsExactly("steward://crm/a:{x}", "steward://desk/a:{x}");
  }

  @Test
  void aServerWithoutThemIsLeftOut() {
    mcp.crm.unknown = "prompts/list";

    assertThat(values(modern("prompts/list", "").path("prompts"), "name"))
        .containsExactly("desk__greet");
  }

  @Test
  void aResourceIsReadAtItsServer() {
    String uri = "\"uri\":\"steward://desk/a:b\"";

    JsonNode modern = modern("resources/read", uri);
    JsonNode legacy = legacy(mcp.session(ALL), "resources/read", uri);

    assertThat(modern.at("/contents/0/text").asString()).isEqualTo("t");
    assertThat(modern.at("/contents/0/uri").asString()).isEqualTo("steward://desk/a:b");
    assertThat(legacy.at("/contents/0/uri").asString()).isEqualTo("steward://desk/a:b");
    assertThat(sent("resources/read").path("uri").asString()).isEqualTo("a:b");
    assertThat(mcp.crm.received())
        .noneMatch(r -> new String(r.body(), StandardCharsets.UTF_8).contains("resources/read"));
  }

  @Test
  void whatNoServerHasOrPolicyHidesIsNotFound() {
    for (String uri : List.of("a:b", "steward://none/a:b", "steward://crm/a:secret")) {
      HttpResponse<String> modern =
          mcp.send(mcp.modern(ALL, "resources/read", "\"uri\":\"" + uri + "\""));
      assertThat(McpServer.json(modern).at("/error/code").asInt()).as(uri).isEqualTo(-32602);
      HttpResponse<String> legacy =
          mcp.send(mcp.legacy(ALL, mcp.session(ALL), "resources/read", "\"uri\":\"" + uri + "\""));
      assertThat(McpServer.json(legacy).at("/error/code").asInt()).as(uri).isEqualTo(-32002);
    }
    HttpResponse<String> prompt = mcp.send(mcp.modern(ALL, "prompts/get", "\"name\":\"greet\""));
    assertThat(McpServer.json(prompt).at("/error/message").asString())
        .isEqualTo("Unknown prompt: greet");
  }

  @Test
  void aPromptIsGotAndCompletedAtItsServer() {
    assertThat(modern("prompts/get", "\"name\":\"desk__greet\"").has("messages")).isTrue();
    assertThat(sent("prompts/get").path("name").asString()).isEqualTo("greet");

    JsonNode completed =
        modern(
            "completion/complete",
            "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"desk__greet\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}");
    assertThat(completed.at("/completion/values/0").asString()).isEqualTo("x");
    assertThat(sent("completion/complete").at("/ref/name").asString()).isEqualTo("greet");
  }

  @Test
  void aLinkInAResultCanBeFollowed() {
    JsonNode result =
        modern("tools/call", "\"name\":\"desk__echo\",\"arguments\":{\"text\":\"see a:b\"}");

    String uri = result.at("/content/1/uri").asString();

    assertThat(uri).isEqualTo("steward://desk/a:b");
    assertThat(modern("resources/read", "\"uri\":\"" + uri + "\"").has("contents")).isTrue();
  }

  @Test
  void aTaskCanBeFetched() {
    mcp.desk.taskResult = "{\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}";
    JsonNode begun = modern("tools/call", "\"name\":\"desk__echo\",\"arguments\":{}");
    String id = begun.path("taskId").asString();
    assertThat(id).isEqualTo("desk__t1");

    HttpResponse<String> got =
        mcp.send(mcp.modern(ALL, "tasks/get", "\"taskId\":\"" + id + "\"", "Mcp-Name", id));

    assertThat(McpServer.json(got).at("/result/taskId").asString()).isEqualTo(id);
    assertThat(got.body()).contains("done");
    HttpResponse<String> other =
        mcp.send(mcp.modern(ALL, "tasks/get", "\"taskId\":\"crm__t1\"", "Mcp-Name", "crm__t1"));
    assertThat(McpServer.json(other).at("/error/message").asString()).startsWith("Unknown task");
  }

  @Test
  void aChangeOfAResourceIsToldUnderItsName() {
    String session = mcp.session(ALL);
    legacy(session, "resources/subscribe", "\"uri\":\"steward://crm/a:b\"");
    assertThat(
            RpcJson.read(mcp.crm.last("resources/subscribe").body()).at("/params/uri").asString())
        .isEqualTo("a:b");
    HttpResponse<Stream<String>> stream =
        mcp.open(mcp.request(ALL, "Mcp-Session-Id", session).GET().build());
    mcp.crm.say("notifications/resources/updated", "{\"uri\":\"a:b\"}");

    String told = ModernClientsTest.next(stream.body().iterator());

    assertThat(told).contains("resources/updated").contains("steward://crm/a:b");
    stream.body().close();
  }

  @Test
  void aModernClientIsToldOfResourcesAndTasksUnderTheirNames() {
    mcp.crm.subscribable = true;
    mcp.desk.taskResult = "{\"content\":[]}";
    modern("tools/call", "\"name\":\"desk__echo\",\"arguments\":{}");
    mcp.desk.subscribable = true;
    Iterator<String> lines =
        mcp.open(
                mcp.modern(
                    ALL,
                    "subscriptions/listen",
                    "\"notifications\":{\"promptsListChanged\":true,\"taskIds\":[\"desk__t1\",\"desk__t2\"],"
                        + "\"resourceSubscriptions\":[\"steward://crm/a:b\",\"steward://crm/a:c\","
                        + "\"steward://crm/a:secret\",\"a:b\"]}"))
            .body()
            .iterator();

    JsonNode acknowledged = RpcJson.read(ModernClientsTest.next(lines)).path("params");

    JsonNode filter = acknowledged.path("notifications");
    assertThat(filter.path("promptsListChanged").asBoolean()).isTrue();
    assertThat(filter.path("resourceSubscriptions").toString())
        .isEqualTo("[\"steward://crm/a:b\"]");
    assertThat(filter.path("taskIds").toString()).isEqualTo("[\"desk__t1\"]");
    assertThat(
            RpcJson.read(mcp.crm.last("subscriptions/listen").body())
                .at("/params/notifications/resourceSubscriptions")
                .toString())
        .isEqualTo("[\"a:b\",\"a:c\"]");

    mcp.crm.say("notifications/resources/updated", "{\"uri\":\"a:b\"}");
    assertThat(ModernClientsTest.next(lines))
        .contains("resources/updated")
        .contains("steward://crm/a:b");
    mcp.desk.say("notifications/tasks", "{\"taskId\":\"t2\",\"status\":\"working\"}");
    mcp.desk.say("notifications/tasks", "{\"taskId\":\"t1\",\"status\":\"working\"}");
    assertThat(ModernClientsTest.next(lines)).contains("desk__t1");
    mcp.crm.say("notifications/prompts/list_changed");
    assertThat(ModernClientsTest.next(lines)).contains("prompts/list_changed");
  }

  @Test
  void aSubscriptionToWhatNobodyTellsIsAcknowledgedWithoutIt() {
    Iterator<String> lines =
        mcp.open(
                mcp.modern(
                    ALL,
                    "subscriptions/listen",
                    "\"notifications\":{\"resourceSubscriptions\":[\"steward://crm/a:b\"]}"))
            .body()
            .iterator();

    assertThat(RpcJson.read(ModernClientsTest.next(lines)).at("/params/notifications").toString())
        .isEqualTo("{}");
  }

  @Test
  void aResourceIsSubscribedToNoLonger() {
    String session = mcp.session(ALL);
    legacy(session, "resources/unsubscribe", "\"uri\":\"steward://crm/a:b\"");

    assertThat(
            RpcJson.read(mcp.crm.last("resources/unsubscribe").body()).at("/params/uri").asString())
        .isEqualTo("a:b");
  }

  @Test
  void theLevelOfLogsIsToldToAllServersAlsoToThoseReachedLater() {
    String session = mcp.session(ALL);
    legacy(session, "tools/call", "\"name\":\"crm__echo\",\"arguments\":{\"text\":\"x\"}");

    JsonNode wrong =
        McpServer.json(
            mcp.send(mcp.legacy(ALL, session, "logging/setLevel", "\"level\":\"loud\"")));
    JsonNode set =
        McpServer.json(
            mcp.send(mcp.legacy(ALL, session, "logging/setLevel", "\"level\":\"warning\"")));

    assertThat(wrong.at("/error/code").asInt()).isEqualTo(-32602);
    assertThat(set.has("result")).isTrue();
    assertThat(level(mcp.crm)).isEqualTo("warning");
    legacy(session, "tools/call", "\"name\":\"desk__echo\",\"arguments\":{\"text\":\"x\"}");
    assertThat(level(mcp.desk)).isEqualTo("warning");

    HttpResponse<Stream<String>> stream =
        mcp.open(mcp.request(ALL, "Mcp-Session-Id", session).GET().build());
    mcp.crm.say("notifications/message", "{\"level\":\"error\",\"logger\":\"db\",\"data\":\"x\"}");
    assertThat(ModernClientsTest.next(stream.body().iterator())).contains("\"crm__db\"");
    stream.body().close();
  }

  private static String level(ScriptedTools server) {
    return RpcJson.read(server.last("logging/setLevel").body()).at("/params/level").asString();
  }

  private JsonNode modern(String method, String params) {
    return McpServer.json(mcp.send(mcp.modern(ALL, method, params))).path("result");
  }

  private JsonNode legacy(String session, String method, String params) {
    return McpServer.json(mcp.send(mcp.legacy(ALL, session, method, params))).path("result");
  }

  /// Parameters that `desk` got last.
  private JsonNode sent(String method) {
    return RpcJson.read(mcp.desk.last(method).body()).path("params");
  }

  private static List<String> values(JsonNode list, String member) {
    Iterator<JsonNode> each = list.iterator();
    return Stream.generate(() -> each.next().path(member).asString("")).limit(list.size()).toList();
  }
}
