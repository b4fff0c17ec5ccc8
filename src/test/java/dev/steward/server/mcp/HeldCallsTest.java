// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A call of an older client that waits for people keeps its client waiting too.
class HeldCallsTest {
  private static final String CRM = "/mcp/crm";
  private static final String CALL =
      "\"name\":\"echo\",\"arguments\":{\"text\":\"x\"},\"_meta\":{\"progressToken\":\"p-7\"}";
  private McpServer mcp;

  @BeforeEach
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: look-at-it}
        spec: {rules: [{tool: "crm/echo", effect: require_approval, fourEyes: false}]}
        """);
  }

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void itHearsOfProgressUntilSomebodyAnswersAndThenOfTheResult() {
    HttpResponse<Stream<String>> held =
        mcp.open(mcp.legacy(CRM, mcp.session(CRM), "tools/call", CALL));
    Iterator<String> lines = held.body().iterator();

    String first = ModernClientsTest.next(lines);
    assertThat(first)
        .contains("notifications/progress")
        .contains("\"progressToken\":\"p-7\"")
        .contains("\"message\":\"The call waits to be let through.\"");
    String second = ModernClientsTest.next(lines);
    assertThat(second).contains("notifications/progress");
    assertThat(progress(second)).isGreaterThan(progress(first));
    assertThat(mcp.crm.received()).noneMatch(SlowServersTest::calls);

    mcp.server.ask(
        "/api/v1/approvals/" + waiting(), "{\"answer\":\"approve\",\"reason\":\"checked\"}");
    String last = ModernClientsTest.next(lines);
    while (last.contains("notifications/progress")) {
      last = ModernClientsTest.next(lines);
    }
    assertThat(last).contains("\"result\"").contains("\"id\":5");
    assertThat(mcp.crm.received().stream().filter(SlowServersTest::calls)).hasSize(1);
  }

  private String waiting() {
    return mcp.server
        .json("/api/v1/approvals?status=pending")
        .path("items")
        .path(0)
        .path("id")
        .asString();
  }

  private static double progress(String message) {
    return Double.parseDouble(message.replaceAll(".*\"progress\":([0-9.eE+-]+).*", "$1"));
  }
}
