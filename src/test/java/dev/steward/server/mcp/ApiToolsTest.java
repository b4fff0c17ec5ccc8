// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.openapi.Document;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.server.TestServer;
import dev.steward.server.model.ScriptedProvider;
import dev.steward.server.model.ScriptedProvider.Received;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A REST API behind /mcp.
class ApiToolsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: {title: Orders, version: "1"}
      paths:
        /orders/{id}:
          get:
            operationId: getOrder
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      """;
  private static final String MANIFEST =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, email: dana@example.com, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: orders}
      spec:
        owner: dana@example.com
        type: openapi
        url: "URL"
        document: "FILE"
        secret: orders-key
        secretIn: header
        secretName: X-Api-Key
        tools: [TOOL]
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: ann}
      spec:
        owner: dana@example.com
        purpose: Helps.
        risk: minimal
        version: {tools: [{server: orders, tools: ["*"]}]}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: all-tools}
      spec: {rules: [{tool: "*", effect: allow}]}
      """;

  private final ScriptedProvider api = new ScriptedProvider();
  private final HttpClient http = HttpClient.newHttpClient();
  private TestServer server;
  private String key;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    api.always((request, out) -> {
      boolean moved = request.path().contains("moved");
      ScriptedProvider.whole(
          out,
          moved ? 302 : 200,
          "application/json",
          "{\"id\":\"7\",\"total\":12.50}".getBytes(StandardCharsets.UTF_8),
          moved ? "Location: http://127.0.0.1:1/elsewhere" : "X-None: 1");
    });
    Path document = Files.writeString(folder.resolve("orders.yaml"), DOCUMENT);
    ObjectNode tool =
        Objects.requireNonNull(Document.read(DOCUMENT).get("getOrder")).definition().deepCopy();
    tool.put("effect", "read");
    server = TestServer.open(folder.resolve("data"));
    server.apply(
        MANIFEST
            .replace("URL", api.url() + "/v1")
            .replace("FILE", "file://" + document.toAbsolutePath())
            .replace("TOOL", tool.toString()));
    server.send(
        server
            .request("/api/v1/secrets/orders-key")
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString("the-apis-own"))
            .build());
    String body = "{\"agent\":\"ann\",\"environment\":\"development\"}";
    key = server.ask("/api/v1/keys", body).get("key").asString();
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.close();
    api.close();
  }

  private JsonNode call(String id) throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"getOrder\","
            + "\"arguments\":{\"id\":\""
            + id
            + "\"},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    HttpRequest request =
        HttpRequest.newBuilder(server.uri("/mcp/orders"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("Authorization", "Bearer " + key)
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", "tools/call")
            .header("Mcp-Name", "getOrder")
            .POST(BodyPublishers.ofString(body))
            .build();
    return RpcJson.read(http.send(request, BodyHandlers.ofString()).body());
  }

  @Test
  void anOperationIsCalledWithTheApisOwnSecret() throws Exception {
    JsonNode response = call("a/7");

    assertThat(response.path("result").path("structuredContent").path("total"))
        .as(response.toString())
        .hasToString("12.50");
    Received seen = api.received().getLast();
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/v1/orders/a%2F7");
    assertThat(seen.headers()).containsEntry("x-api-key", "the-apis-own");
    assertThat(seen.headers().toString()).doesNotContain(key);
  }

  @Test
  void aDocumentMayStandInTheResourceItself() throws Exception {
    ObjectNode tool =
        Objects.requireNonNull(Document.read(DOCUMENT).get("getOrder")).definition().deepCopy();
    tool.put("effect", "read");
    String inline =
        MANIFEST
            .replace("URL", api.url() + "/v2")
            .replace("document: \"FILE\"", "document:\n" + DOCUMENT.indent(4).stripTrailing())
            .replace("TOOL", tool.toString());
    server.apply(inline);

    assertThat(call("8").path("result").path("structuredContent").path("id").asString())
        .isEqualTo("7");
    assertThat(api.received().getLast().path()).isEqualTo("/v2/orders/8");
    assertThat(server.json("/api/v1/resources/ToolServer/orders").toString())
        .contains("\"document\":{")
        .contains("/orders/{id}");
    assertThat(
            server
                .post(
                    "/api/v1/apply",
                    "application/yaml",
                    inline.replace("openapi: 3.1.0", "openapi: \"2.0\""))
                .body())
        .contains("is no OpenAPI document of version 3");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    JsonNode response = call("moved");

    assertThat(response.path("result").path("isError").asBoolean()).isTrue();
    assertThat(response.toString()).contains("302");
  }
}
