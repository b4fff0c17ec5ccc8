// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that breaks the connection off: what may do harm the second time is sent once.
class RepeatedCallsTest {
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
  void whatOnlyReadsIsTriedAgain() {
    assertThat(sent("effect: read")).isEqualTo(2);
  }

  @Test
  void whatSaysThatItMayBeRepeatedIsTriedAgain() {
    assertThat(sent("effect: write, annotations: {idempotentHint: true}")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "effect: write",
        "effect: money, annotations: {readOnlyHint: true}",
        "annotations: {readOnlyHint: true}"
      })
  void whatChangesSomethingIsSentOnceWhateverItsServerSaysOfReading(String said) {
    assertThat(sent(said)).isEqualTo(1);
  }

  @Test
  void attemptsSayHowOften() {
    assertThat(sent("effect: read", "attempts: 1,")).isEqualTo(1);
    assertThat(sent("effect: read", "attempts: 3,")).isEqualTo(3);
  }

  private long sent(String said) {
    return sent(said, "");
  }

  /// How often a call of a tool of which that is said is sent to a server that breaks off.
  private long sent(String said, String reach) {
    mcp.crm.hints =
        said.contains("annotations")
            ? "\"annotations\":{\"" + said.replaceAll(".*\\{|:.*", "") + "\":true},"
            : "";
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: ToolServer
        metadata: {name: crm}
        spec:
          {owner: dana@example.com, url: "URL", secret: crm-token, REACH
           tools: [{name: echo, description: The tool echo., SAID, inputSchema: {type: object}}]}
        """
            .replace("URL", mcp.crm.url())
            .replace("REACH", reach)
            .replace("SAID", said));
    assertThat(call()).contains("\"text\":\"x\"");
    long before = calls();
    mcp.crm.down = true;
    String told = call();
    mcp.crm.down = false;
    assertThat(told).contains("broke the connection before it answered");
    return calls() - before;
  }

  private String call() {
    return mcp.send(
            mcp.modern(
                "/mcp/crm", "tools/call", "\"name\":\"echo\",\"arguments\":{\"text\":\"x\"}"))
        .body();
  }

  private long calls() {
    return mcp.crm.received().stream()
        .filter(request -> request.body().length > 0)
        .filter(request ->
            RpcJson.read(request.body()).path("method").asString("").equals("tools/call"))
        .count();
  }
}
