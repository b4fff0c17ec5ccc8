// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import dev.steward.server.model.ScriptedProvider.Received;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModernClientsTest {
  private static final String CRM = "/mcp/crm";
  private static final String ECHO = "\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}";

  private McpServer mcp;

  @BeforeAll
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
  }

  @AfterAll
  void stop() {
    mcp.close();
  }

  @Test
  void aCallReachesItsServerAndItsResultTheClient() {
    HttpResponse<String> response = mcp.send(mcp.modern(CRM, "tools/call", ECHO));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode result = McpServer.json(response).path("result");
    assertThat(McpServer.json(response).path("id").asInt()).isEqualTo(5);
    assertThat(result.path("content").path(0).path("text").asString()).isEqualTo("hello");
    assertThat(result.path("resultType").asString()).isEqualTo("complete");
    assertThat(result.path("unknown").asInt()).isEqualTo(1);
  }

  @Test
  void theServerSeesItsOwnSecretAndNothingOfTheClientsKey() {
    mcp.send(mcp.modern(CRM, "tools/call", ECHO));

    Received seen = mcp.crm.last("tools/call");
    assertThat(seen.headers()).containsEntry("authorization", "Bearer the-servers-own");
    assertThat(seen.headers()).containsEntry("mcp-method", "tools/call");
    assertThat(seen.headers()).containsEntry("mcp-name", "echo");
    for (Received each : mcp.crm.received()) {
      assertThat(each.headers().toString()).doesNotContain(mcp.key);
      assertThat(new String(each.body(), StandardCharsets.UTF_8)).doesNotContain(mcp.key);
    }
  }

  @Test
  void theServersSpanIsAChildOfOurs() {
    mcp.send(mcp.modern(CRM, "tools/call", ECHO));

    String parent =
        RpcJson.read(mcp.crm.last("tools/call").body())
            .path("params")
            .path("_meta")
            .path("traceparent")
            .asString();
    assertThat(parent).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
    assertThat(parent).doesNotContain("00f067aa0ba902b7");
  }

  @Test
  void aHiddenToolIsAnsweredAsOneThatIsNot() {
    HttpResponse<String> hidden =
        mcp.send(mcp.modern(CRM, "tools/call", "\"name\":\"hidden\",\"arguments\":{}"));
    HttpResponse<String> absent =
        mcp.send(mcp.modern(CRM, "tools/call", "\"name\":\"absent\",\"arguments\":{}"));

    assertThat(hidden.statusCode()).isEqualTo(absent.statusCode());
    assertThat(hidden.body()).isEqualTo(absent.body().replace("absent", "hidden"));
    assertThat(McpServer.json(hidden).path("error").path("code").asInt()).isEqualTo(-32602);
  }

  @Test
  void aListShowsWhatTheVersionLists() {
    HttpResponse<String> response = mcp.send(mcp.modern(CRM, "tools/list", ""));

    JsonNode result = McpServer.json(response).path("result");
    assertThat(result.path("tools"))
        .extracting(t -> t.path("name").asString())
        .containsExactly("echo", "wait", "ask");
    assertThat(result.path("cacheScope").asString()).isEqualTo("private");
    assertThat(result.path("ttlMs").isNumber()).isTrue();
  }

  @Test
  void otherMethodsPass() {
    HttpResponse<String> response = mcp.send(mcp.modern(CRM, "resources/read", "\"uri\":\"a:b\""));

    assertThat(McpServer.json(response).path("result").path("contents").path(0).path("text"))
        .hasToString("\"t\"");
    assertThat(mcp.crm.last("resources/read").headers()).containsEntry("mcp-name", "a:b");
  }

  @Test
  void headersMustSayWhatTheBodySays() {
    refuses(-32020, mcp.modern(CRM, "tools/call", ECHO, "Mcp-Method", "tools/list"));
    refuses(-32020, mcp.modern(CRM, "tools/call", ECHO, "Mcp-Name", "wait"));
    refuses(-32020, mcp.modern(CRM, "tools/call", ECHO, "MCP-Protocol-Version", "2027-01-01"));
    assertThat(
            mcp.send(mcp.modern(CRM, "tools/call", ECHO, "Mcp-Name", "=?base64?ZWNobw==?="))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void metadataMustBeThere() {
    HttpResponse<String> response =
        mcp.post(
            CRM,
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/list\",\"params\":{}}",
            "MCP-Protocol-Version",
            "2026-07-28",
            "Mcp-Method",
            "tools/list");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(McpServer.json(response).path("error").path("code").asInt()).isEqualTo(-32602);
  }

  @Test
  void anUnknownVersionIsToldWhatIsSpoken() {
    HttpResponse<String> response =
        mcp.post(
            CRM,
            """
            {"jsonrpc":"2.0","id":5,"method":"tools/list","params":{"_meta":
             {"io.modelcontextprotocol/protocolVersion":"2030-01-01","io.modelcontextprotocol/clientCapabilities":{}}}}\
            """,
            "MCP-Protocol-Version",
            "2030-01-01",
            "Mcp-Method",
            "tools/list");

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = McpServer.json(response).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(-32022);
    assertThat(error.path("data").path("supported").path(0).asString()).isEqualTo("2026-07-28");
    assertThat(error.path("data").path("requested").asString()).isEqualTo("2030-01-01");
  }

  @Test
  void whatTheEraDoesNotHaveIsNotFound() {
    for (String method : new String[] {"initialize", "ping", "logging/setLevel", "made/up"}) {
      HttpResponse<String> response = mcp.send(mcp.modern(CRM, method, ""));
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(McpServer.json(response).path("error").path("code").asInt()).isEqualTo(-32601);
    }
    HttpRequest get = mcp.request(CRM, "MCP-Protocol-Version", "2026-07-28").GET().build();
    assertThat(mcp.send(get).statusCode()).isEqualTo(405);
  }

  @Test
  void progressComesBeforeTheResultAndAClientThatLeavesEndsTheCall() throws InterruptedException {
    HttpResponse<Stream<String>> response =
        mcp.open(mcp.modern(CRM, "tools/call", "\"name\":\"wait\",\"arguments\":{}"));

    Iterator<String> lines = response.body().iterator();
    String progress = next(lines);
    assertThat(progress).contains("notifications/progress");
    assertThat(mcp.crm.left.getCount()).isEqualTo(1);

    response.body().close();

    assertThat(mcp.crm.left.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private void refuses(int code, HttpRequest request) {
    HttpResponse<String> response = mcp.send(request);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(McpServer.json(response).path("error").path("code").asInt()).isEqualTo(code);
    assertThat(McpServer.json(response).path("id").asInt()).isEqualTo(5);
  }

  static String next(Iterator<String> lines) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("data: ")) {
        return line.substring(6);
      }
    }
    throw new AssertionError("the stream ended");
  }
}
