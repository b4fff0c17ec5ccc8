// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import dev.steward.gateway.rpc.RpcJson;
import dev.steward.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A whole server with two agents, of which `helper` may use the tools of a scripted server `crm`
/// and of a second one `desk`.
final class McpServer implements AutoCloseable {
  private static final String MANIFEST =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, email: dana@example.com, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: crm}
      spec:
        owner: dana@example.com
        url: "CRM"
        secret: crm-token
        call: 20s
        tools: [TOOL(echo), TOOL(wait), TOOL(ask), TOOL(hidden)]
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: desk}
      spec: {owner: dana@example.com, url: "DESK", call: 20s, tools: [TOOL(echo), TOOL(wait)]}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: other}
      spec: {owner: dana@example.com, url: "CRM", tools: [TOOL(echo)]}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: helper}
      spec:
        owner: dana@example.com
        purpose: Helps.
        risk: minimal
        version: {tools: [{server: crm, tools: [echo, wait, ask]}, {server: desk, tools: [echo, wait]}]}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: stranger}
      spec:
        owner: dana@example.com
        purpose: Uses the same tools.
        risk: minimal
        version: {tools: [{server: crm, tools: [echo]}]}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: all-tools}
      spec: {rules: [{tool: "*", effect: allow}]}
      """;

  final ScriptedTools crm = new ScriptedTools();
  final ScriptedTools desk = new ScriptedTools();
  TestServer server;
  final String key;
  private final Path folder;
  private final Map<String, String> settings;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  McpServer(Path folder) {
    this(folder, Map.of());
  }

  McpServer(Path folder, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(Map.of("gateway.comment-after", "100ms"));
    all.putAll(settings);
    this.folder = folder;
    this.settings = Map.copyOf(all);
    server = TestServer.open(folder, all);
    moveCrmTo(crm);
    server.send(
        server
            .request("/api/v1/secrets/crm-token")
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString("the-servers-own"))
            .build());
    key = key("helper");
  }

  /// Ends the server and starts it anew over the same folder.
  void restart() {
    server.close();
    server = TestServer.open(folder, settings);
  }

  /// Declares everything, with `crm` at that place.
  void moveCrmTo(ScriptedTools place) {
    server.apply(
        MANIFEST
            .replaceAll(
                "TOOL\\((\\w+)\\)",
                "{name: $1, description: The tool $1., effect: read, inputSchema: {type: object}}")
            .replace("CRM", place.url())
            .replace("DESK", desk.url()));
  }

  String key(String agent) {
    String body = "{\"agent\":\"" + agent + "\",\"environment\":\"development\"}";
    return server.ask("/api/v1/keys", body).get("key").asString();
  }

  /// A request with the helper's key.
  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("Authorization", "Bearer " + key);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Lines of an answer as they come; closing it leaves.
  HttpResponse<Stream<String>> open(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send(request(path, headers).POST(BodyPublishers.ofString(body)).build());
  }

  /// A modern request with the headers that belong to it.
  HttpRequest modern(String path, String method, String params, String... headers) {
    JsonNode read = RpcJson.read("{" + params + "}");
    HttpRequest.Builder request =
        request(path, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method);
    JsonNode name = read.has("name") ? read.get("name") : read.path("uri");
    if (name.isString()) {
      request.setHeader("Mcp-Name", name.asString());
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    String meta =
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{},\"traceparent\":\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\"}";
    return request
        .POST(
            BodyPublishers.ofString(
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\""
                    + method
                    + "\",\"params\":{"
                    + (params.isEmpty() ? "" : params + ",")
                    + meta
                    + "}}"))
        .build();
  }

  /// Begins a session and gives its id.
  String session(String path) {
    HttpResponse<String> response =
        post(
            path,
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
             "capabilities":{"elicitation":{}},"clientInfo":{"name":"test","version":"1"}}}\
            """);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return response.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  /// A request within a session.
  HttpRequest legacy(String path, String session, String method, String params) {
    return request(path, "Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-11-25")
        .POST(
            BodyPublishers.ofString(
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\""
                    + method
                    + "\",\"params\":{"
                    + params
                    + "}}"))
        .build();
  }

  /// The answer, which comes as a stream where it took long.
  static JsonNode json(HttpResponse<String> response) {
    String body = response.body();
    String told =
        body.startsWith("{")
            ? body
            : body.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> line.substring("data: ".length()))
                .reduce((_, last) -> last)
                .orElse(body);
    return RpcJson.read(told);
  }

  @Override
  public void close() {
    crm.go.countDown();
    desk.go.countDown();
    http.shutdownNow();
    server.close();
    crm.close();
    desk.close();
  }
}
