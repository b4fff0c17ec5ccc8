// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that lists its tools on several pages: `echo` and `wait`, then `ask` and one that the
/// agent does not list.
class PagesTest {
  private McpServer mcp;

  @BeforeEach
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
    mcp.crm.pages = true;
  }

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void aModernClientGetsPageAfterPageAsTheServerHasThem() {
    JsonNode first = read(mcp.send(mcp.modern("/mcp/crm", "tools/list", "")));
    assertThat(names(first)).containsExactly("echo", "wait");
    assertThat(first.path("nextCursor").asString()).isEqualTo("the-second");

    JsonNode second =
        read(mcp.send(mcp.modern("/mcp/crm", "tools/list", "\"cursor\":\"the-second\"")));
    assertThat(names(second)).containsExactly("ask");
    assertThat(second.has("nextCursor")).isFalse();
  }

  @Test
  void soDoesALegacyClient() {
    String session = mcp.session("/mcp/crm");
    JsonNode first = read(mcp.send(mcp.legacy("/mcp/crm", session, "tools/list", "")));
    assertThat(names(first)).containsExactly("echo", "wait");

    JsonNode second =
        read(mcp.send(mcp.legacy("/mcp/crm", session, "tools/list", "\"cursor\":\"the-second\"")));
    assertThat(names(second)).containsExactly("ask");
  }

  @Test
  void whereServersAreJoinedAllPagesAreOne() {
    JsonNode all = read(mcp.send(mcp.modern("/mcp", "tools/list", "")));

    assertThat(names(all)).contains("crm__echo", "crm__wait", "crm__ask", "desk__echo");
    assertThat(all.has("nextCursor")).isFalse();
  }

  private static JsonNode read(HttpResponse<String> answer) {
    String text = answer.body();
    for (String line : answer.body().lines().toList()) {
      text = line.startsWith("data:") ? line.substring(5) : text;
    }
    return RpcJson.read(text).path("result");
  }

  private static List<String> names(JsonNode result) {
    List<String> names = new ArrayList<>();
    for (JsonNode tool : result.path("tools")) {
      names.add(tool.path("name").asString());
    }
    return names;
  }
}
