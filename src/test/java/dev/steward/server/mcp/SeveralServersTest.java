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

class SeveralServersTest {
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
  void allToolsStandInOneListUnderTheirServersName() {
    JsonNode modern = McpServer.json(mcp.send(mcp.modern("/mcp", "tools/list", ""))).path("result");
    assertThat(modern.path("tools"))
        .extracting(t -> t.path("name").asString())
        .containsExactly("crm__echo", "crm__wait", "crm__ask", "desk__echo", "desk__wait");
    assertThat(modern.path("resultType").asString()).isEqualTo("complete");

    String session = mcp.session("/mcp");
    JsonNode legacy =
        McpServer.json(mcp.send(mcp.legacy("/mcp", session, "tools/list", ""))).path("result");
    assertThat(legacy.path("tools")).isEqualTo(modern.path("tools"));
  }

  @Test
  void aCallGoesToTheServerThatItsNameSays() {
    String echo = "\"name\":\"desk__echo\",\"arguments\":{\"text\":\"hello\"}";
    assertThat(mcp.send(mcp.modern("/mcp", "tools/call", echo)).body()).contains("hello");
    assertThat(name(mcp.desk.last("tools/call").body())).isEqualTo("echo");
    assertThat(mcp.desk.last("tools/call").headers()).containsEntry("mcp-name", "echo");
    assertThat(mcp.desk.last("tools/call").headers()).doesNotContainKey("authorization");

    String session = mcp.session("/mcp");
    assertThat(mcp.send(mcp.legacy("/mcp", session, "tools/call", echo)).body()).contains("hello");
    assertThat(mcp.crm.received()).noneMatch(r -> name(r.body()).equals("echo"));
  }

  @Test
  void anUnknownServersToolIsUnknown() {
    HttpResponse<String> response =
        mcp.send(mcp.modern("/mcp", "tools/call", "\"name\":\"none__echo\",\"arguments\":{}"));
    assertThat(McpServer.json(response).path("error").path("message").asString())
        .isEqualTo("Unknown tool: none__echo");
  }

  @Test
  void oneThatIsDownIsLeftOutAndOthersAnswer() {
    mcp.crm.down = true;

    JsonNode result = McpServer.json(mcp.send(mcp.modern("/mcp", "tools/list", ""))).path("result");

    assertThat(result.path("tools"))
        .extracting(t -> t.path("name").asString())
        .containsExactly("desk__echo", "desk__wait");
  }

  @Test
  void oneThatIsSlowHoldsUpNobodyElse() throws InterruptedException {
    HttpRequest slow = mcp.modern("/mcp", "tools/call", "\"name\":\"crm__wait\",\"arguments\":{}");
    HttpResponse<Stream<String>> waiting = mcp.open(slow);
    mcp.crm.waiting.await();

    for (int i = 0; i < 20; i++) {
      String echo = "\"name\":\"desk__echo\",\"arguments\":{\"text\":\"hello " + i + "\"}";
      assertThat(mcp.send(mcp.modern("/mcp", "tools/call", echo)).body()).contains("hello " + i);
    }

    assertThat(mcp.crm.go.getCount()).as("the slow one still waits").isEqualTo(1);
    mcp.crm.go.countDown();
    Iterator<String> lines = waiting.body().iterator();
    ModernClientsTest.next(lines);
    assertThat(ModernClientsTest.next(lines)).contains("waited");
  }

  private static String name(byte[] body) {
    return body.length == 0 ? "" : RpcJson.read(body).path("params").path("name").asString("");
  }
}
