// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Declared;
import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FleetPagesTest {
  private static Stage stage;

  @BeforeAll
  static void setUp() {
    stage = Stage.full(() -> Instant.parse("2026-11-21T09:00:00Z"));
    stage.control.apply(Declared.PEOPLE);
    stage.control.apply(Declared.payments(200));
    stage.control.apply(Declared.refunds("Be kind.", "get_order, refund"));
  }

  @Test
  void eachAgentLeadsToItsPageAndItsRuns() {
    Reader admin = new Reader(Actor.SYSTEM, "Mei Tanaka", (_, _) -> true);
    assertThat(stage.html("/fleet", admin))
        .contains("href=\"/agents/refunds\"")
        .contains("/runs?agent=refunds")
        .contains("/fleet/register?name=pricing-poc");
  }

  @Test
  void whoMayNotDeclareIsOfferedNoRegistering() {
    assertThat(stage.html("/fleet", Stage.VIEWER)).doesNotContain("/fleet/register?name=");
  }

  @Test
  void theEnvironmentNarrowsTheFigures() {
    assertThat(fleet(Map.of("environment", "production"))).contains("agent=refunds");
    assertThat(fleet(Map.of("environment", "nowhere"))).doesNotContain("data-href");
  }

  @Test
  void dataNarrowsToTheAgentsThatReachItAsDeclared() {
    assertThat(fleet(Map.of("data", "customer")))
        .contains("href=\"/agents/refunds")
        .doesNotContain("href=\"/agents/claims");
    assertThat(fleet(Map.of("data", "no-such-data"))).contains("No agent matches");
  }

  @Test
  void aColumnOrdersAllTeamsTogether() {
    String most = fleet(Map.of("sort", "runs"));
    assertThat(most)
        .contains("All teams by runs, the most first")
        .contains("aria-sort=\"descending\"");
    assertThat(fleet(Map.of("sort", "runs", "order", "asc"))).contains("the least first");
    assertThat(fleet(Map.of())).doesNotContain("All teams by");
  }

  private static String fleet(Map<String, String> query) {
    return ((PageResponse.Html) stage.get("/fleet", query, Stage.OPERATOR)).body();
  }
}
