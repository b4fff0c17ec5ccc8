// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class BudgetsApiTest {
  private static final String DAILY =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: daily}
      spec: {scope: {team: support}, window: day, limit: {cost: 25, currency: EUR}}
      """;

  private TestServer server;

  @BeforeEach
  void open(@TempDir Path folder) {
    server = TestServer.openWithoutHistory(folder);
    server.apply(DAILY);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aBudgetIsToldBeforeAnythingIsSpent() {
    JsonNode item = server.json("/api/v1/budgets").get("items").get(0);
    assertThat(item.get("name").stringValue()).isEqualTo("daily");
    assertThat(item.get("limit").stringValue()).isEqualTo("25");
    assertThat(item.get("unit").stringValue()).isEqualTo("EUR");
    assertThat(item.get("used").stringValue()).isEqualTo("0");
    assertThat(item.get("resets").stringValue()).isGreaterThan(item.get("since").stringValue());
  }

  @Test
  void aTopUpIsToldWithReasonAndActor() {
    assertThat(
            server
                .postJson(
                    "/api/v1/budgets/daily/top-up",
                    "{\"amount\": 2.50, \"reason\": \"a wave of refunds\"}")
                .statusCode())
        .isEqualTo(200);
    JsonNode item = server.json("/api/v1/budgets").get("items").get(0);
    assertThat(item.get("limit").stringValue()).isEqualTo("27.5");
    JsonNode topUp = item.get("topUps").get(0);
    assertThat(topUp.get("reason").stringValue()).isEqualTo("a wave of refunds");
    assertThat(topUp.get("by").get("kind").stringValue()).isEqualTo("token");
    assertThat(server.postJson("/api/v1/budgets/daily/top-up", "{\"reason\": \"x\"}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void theCommandsShowAndTopUp() {
    Terminal terminal = new Terminal();
    assertThat(terminal.run(onServer("top-up", "daily", "3", "--reason", "month end"))).isZero();
    assertThat(terminal.said()).contains("daily").contains("28");
    assertThat(terminal.run(onServer("budgets"))).isZero();
    assertThat(terminal.said()).contains("BUDGET").contains("EUR");
    assertThat(terminal.run(onServer("get", "budgets"))).isZero();
    assertThat(terminal.said()).contains("daily");
    assertThat(terminal.run(onServer("top-up", "weekly", "3", "--reason", "why"))).isNotZero();
    assertThat(terminal.complained()).contains("no Budget 'weekly'");
  }

  private String[] onServer(String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 4);
    all[words.length] = "--server";
    all[words.length + 1] = server.steward().address();
    all[words.length + 2] = "--token";
    all[words.length + 3] = server.token();
    return all;
  }
}
