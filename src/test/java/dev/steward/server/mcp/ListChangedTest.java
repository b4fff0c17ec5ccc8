// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Clients hear of changes of their lists that we make.
class ListChangedTest {
  private static final String CRM = "/mcp/crm";
  private static final String NO_ECHO =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: no-echo}
      spec: {rules: [{tool: crm/echo, effect: deny}]}
      """;
  private static final String NO_SECRET =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: no-secret}
      spec: {rules: [{tool: "crm/resource:a:secret", effect: deny}]}
      """;
  private static final String ALL_LISTS =
      "\"notifications\":{\"toolsListChanged\":true,\"resourcesListChanged\":true}";

  private McpServer mcp;

  @BeforeEach
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
  }

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void aLegacyClientIsToldWhenAPolicyHidesATool() {
    String session = mcp.session(CRM);
    HttpResponse<Stream<String>> heard = mcp.open(get(CRM, session));
    Iterator<String> lines = heard.body().iterator();

    mcp.server.apply(NO_ECHO);

    assertThat(method(lines)).isEqualTo("notifications/tools/list_changed");
    JsonNode tools =
        McpServer.json(mcp.send(mcp.legacy(CRM, session, "tools/list", ""))).at("/result/tools");
    assertThat(tools).extracting(t -> t.path("name").asString()).containsExactly("wait", "ask");
  }

  @Test
  void oneOfSeveralServersToo() {
    String session = mcp.session("/mcp");
    Iterator<String> lines = mcp.open(get("/mcp", session)).body().iterator();

    mcp.server.apply(NO_ECHO);

    assertThat(method(lines)).isEqualTo("notifications/tools/list_changed");
  }

  @Test
  void whatChangesBeforeALegacyClientListensIsToldThen() {
    String session = mcp.session(CRM);
    mcp.server.apply(NO_ECHO);

    Iterator<String> lines = mcp.open(get(CRM, session)).body().iterator();

    assertThat(method(lines)).isEqualTo("notifications/tools/list_changed");
  }

  @Test
  void whatChangesWhileALegacyClientIsAwayIsToldWhenItComesBack() {
    String session = mcp.session("/mcp");
    HttpResponse<Stream<String>> first = mcp.open(get("/mcp", session));
    mcp.server.apply(NO_ECHO);
    String seen = "";
    Iterator<String> lines = first.body().iterator();
    for (String line = lines.next(); !line.startsWith("data: {"); line = lines.next()) {
      seen = line.startsWith("id: ") ? line.substring("id: ".length()) : seen;
    }
    first.body().close();
    mcp.server.apply(NO_ECHO.replace("echo", "ask"));

    HttpResponse<Stream<String>> second = mcp.open(get("/mcp", session, "Last-Event-ID", seen));

    assertThat(method(second.body().iterator())).isEqualTo("notifications/tools/list_changed");
  }

  @Test
  void aModernClientIsToldByItsSubscriptionWhereItsServerTellsNothing() {
    Iterator<String> lines =
        mcp.open(mcp.modern(CRM, "subscriptions/listen", ALL_LISTS)).body().iterator();
    JsonNode acknowledged = message(lines);
    assertThat(acknowledged.path("method").asString())
        .isEqualTo("notifications/subscriptions/acknowledged");
    assertThat(acknowledged.at("/params/notifications/toolsListChanged").asBoolean()).isTrue();

    mcp.server.apply(NO_ECHO);

    JsonNode tools = message(lines);
    assertThat(tools.path("method").asString()).isEqualTo("notifications/tools/list_changed");
    assertThat(
            tools
                .path("params")
                .path("_meta")
                .path("io.modelcontextprotocol/subscriptionId")
                .asInt())
        .isEqualTo(5);
    mcp.server.apply(NO_SECRET);
    assertThat(method(lines)).isEqualTo("notifications/resources/list_changed");
  }

  @Test
  void anotherVersionIsHeardOf() {
    Iterator<String> lines =
        mcp.open(mcp.modern(CRM, "subscriptions/listen", ALL_LISTS)).body().iterator();
    message(lines);

    mcp.server.apply(
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

    assertThat(method(lines)).isEqualTo("notifications/tools/list_changed");
  }

  @Test
  void whatConcernsOthersIsNotTold() {
    Iterator<String> lines =
        mcp.open(mcp.modern(CRM, "subscriptions/listen", ALL_LISTS)).body().iterator();
    message(lines);

    mcp.server.apply(NO_ECHO.replace("spec: {", "spec: {agents: [stranger], "));
    mcp.server.apply(NO_SECRET);

    assertThat(method(lines)).isEqualTo("notifications/resources/list_changed");
  }

  private HttpRequest get(String path, String session, String... headers) {
    HttpRequest.Builder request =
        mcp.request(path, "Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-11-25");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request.GET().build();
  }

  private static String method(Iterator<String> lines) {
    return message(lines).path("method").asString();
  }

  /// The next message, the empty one that only says where the stream is left out.
  private static JsonNode message(Iterator<String> lines) {
    String data = "";
    while (data.isEmpty()) {
      data = ModernClientsTest.next(lines);
    }
    return RpcJson.read(data);
  }
}
