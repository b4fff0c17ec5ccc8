// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients at HTTP servers that speak only the other era.
class OtherEraTest {
  private static final String ECHO = "\"name\":\"echo\",\"arguments\":{\"text\":\"hello\"}";

  @Test
  void aModernClientReachesALegacyServer(@TempDir Path folder) {
    try (McpServer mcp = new McpServer(folder)) {
      mcp.crm.unknown = "server/discover";
      HttpResponse<String> list = mcp.send(mcp.modern("/mcp/crm", "tools/list", ""));
      HttpResponse<String> called = mcp.send(mcp.modern("/mcp/crm", "tools/call", ECHO));

      assertThat(list.body()).contains("\"echo\"").contains("\"resultType\":\"complete\"");
      assertThat(called.body()).contains("hello").contains("\"resultType\":\"complete\"");
      assertThat(called.body()).contains("\"id\":5");
      assertThat(mcp.crm.last("tools/call").headers())
          .containsEntry("mcp-session-id", "upstream-session")
          .doesNotContainKey("mcp-method");
    }
  }

  @Test
  void aLegacyClientReachesAModernServer(@TempDir Path folder) {
    try (McpServer mcp = new McpServer(folder)) {
      mcp.crm.unknown = "initialize";
      String session = mcp.session("/mcp/crm");
      HttpResponse<String> called = mcp.send(mcp.legacy("/mcp/crm", session, "tools/call", ECHO));

      assertThat(called.body()).contains("hello").doesNotContain("resultType");
      assertThat(mcp.crm.last("tools/call").headers()).containsEntry("mcp-method", "tools/call");
    }
  }
}
