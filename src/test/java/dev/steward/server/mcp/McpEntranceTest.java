// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpEntranceTest {
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
  private McpServer mcp;

  @BeforeAll
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder, Map.of("mcp.request-limit", "4KiB"));
  }

  @AfterAll
  void stop() {
    mcp.close();
  }

  @Test
  void aClientWithoutAKeyIsToldHowToProveItself() {
    HttpRequest bare =
        HttpRequest.newBuilder(mcp.server.uri("/mcp/crm?key=" + mcp.key))
            .POST(BodyPublishers.ofString(PING))
            .build();

    HttpResponse<String> response = mcp.send(bare);

    assertThat(response.statusCode()).isEqualTo(401);
    String base = mcp.server.steward().address();
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .contains(
            "Bearer resource_metadata=\""
                + base
                + "/.well-known/oauth-protected-resource/mcp/crm\"");
    JsonNode metadata =
        McpServer.json(
            mcp.send(
                HttpRequest.newBuilder(
                        mcp.server.uri("/.well-known/oauth-protected-resource/mcp/crm"))
                    .build()));
    assertThat(metadata.path("resource").asString()).isEqualTo(base + "/mcp/crm");
    assertThat(metadata.path("bearer_methods_supported").path(0).asString()).isEqualTo("header");
  }

  @Test
  void aWrongKeyIsNone() {
    HttpResponse<String> response = mcp.post("/mcp", PING, "Authorization", "Bearer sk-wrong");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("invalid_token");
  }

  @Test
  void pagesOfStrangersMayNotCall() {
    assertThat(mcp.post("/mcp", PING, "Origin", "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(mcp.post("/mcp", PING, "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(mcp.post("/mcp", PING, "Origin", "http://localhost:6274").statusCode())
        .isNotEqualTo(403);
  }

  @Test
  void aStrangersHostNameIsRefused() throws IOException {
    String address = mcp.server.steward().address();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write(
          "POST /mcp HTTP/1.1\r\nHost: evil.example.com\r\nContent-Length: 0\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(status).isEqualTo("HTTP/1.1 421");
    }
  }

  @Test
  void anUnlistedServerIsAsOneThatIsNot() {
    HttpResponse<String> unlisted = mcp.post("/mcp/other", PING);
    HttpResponse<String> absent = mcp.post("/mcp/absent", PING);

    assertThat(unlisted.statusCode()).isEqualTo(404);
    assertThat(unlisted.body()).isEqualTo(absent.body());
  }

  @Test
  void whatIsNoMessageIsRefused() {
    assertThat(code(mcp.post("/mcp", "{"))).isEqualTo(-32700);
    assertThat(code(mcp.post("/mcp", "[" + PING + "]"))).isEqualTo(-32600);
    assertThat(code(mcp.post("/mcp", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}")))
        .isEqualTo(-32600);
    assertThat(code(mcp.post("/mcp", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}")))
        .isEqualTo(-32600);
    HttpResponse<String> large = mcp.post("/mcp", "{\"a\":\"" + "x".repeat(5000) + "\"}");
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(McpServer.json(large).path("error").path("message").asString()).contains("4096");
  }

  @Test
  void nobodyActsWithoutAKeyWhereOthersReachThePort(@TempDir Path folder) {
    Map<String, String> settings =
        Map.of(
            "mcp.anonymous-agent", "helper", "http.bind", "0.0.0.0", "http.insecure-bind", "true");
    assertThatThrownBy(() -> TestServer.config(folder, settings))
        .hasMessageContaining("mcp.anonymous-agent");
  }

  @Test
  void theAnonymousAgentActsForWhoShowsNoKey(@TempDir Path folder) {
    try (McpServer open = new McpServer(folder, Map.of("mcp.anonymous-agent", "helper"))) {
      HttpRequest list =
          HttpRequest.newBuilder(open.server.uri("/mcp/crm"))
              .header("Content-Type", "application/json")
              .header("MCP-Protocol-Version", "2026-07-28")
              .header("Mcp-Method", "tools/list")
              .POST(
                  BodyPublishers.ofString(
                      """
                      {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":
                       {"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}\
                      """))
              .build();
      assertThat(open.send(list).statusCode()).isEqualTo(200);
      assertThat(open.post("/mcp/crm", PING, "Authorization", "Bearer wrong").statusCode())
          .isEqualTo(401);
    }
  }

  private static int code(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(400);
    return McpServer.json(response).path("error").path("code").asInt();
  }
}
