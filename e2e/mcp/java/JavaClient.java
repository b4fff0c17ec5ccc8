// SPDX-License-Identifier: Apache-2.0
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The official Java client through the gateway. */
public final class JavaClient {
  public static void main(String[] args) {
    HttpRequest.Builder headers =
        HttpRequest.newBuilder().header("Authorization", "Bearer " + System.getenv("MCP_KEY"));
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(System.getenv("STEWARD_URL"))
            .endpoint("/mcp/sample")
            .requestBuilder(headers)
            .build();
    try (McpSyncClient client =
        McpClient.sync(transport).requestTimeout(Duration.ofSeconds(30)).build()) {
      client.initialize();
      List<String> names = client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
      require(names.contains("echo"), names.toString());
      String answer = String.valueOf(client.callTool(call(Map.of("message", "hello"))).content());
      require(answer.contains("hello"), answer);
      require(!client.listResources().resources().isEmpty(), "no resources");
      require(!client.listPrompts().prompts().isEmpty(), "no prompts");
    }
    System.out.println("e2e: mcp: the Java client works");
    System.exit(0);
  }

  private static McpSchema.CallToolRequest call(Map<String, Object> arguments) {
    return McpSchema.CallToolRequest.builder("echo").arguments(arguments).build();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
