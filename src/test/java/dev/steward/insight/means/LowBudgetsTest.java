// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import static dev.steward.insight.finding.FakeTraces.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.budget.WindowKey;
import dev.steward.control.live.BudgetUse.Use;
import dev.steward.insight.finding.FakeTraces;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LowBudgetsTest {
  private static final Instant RESETS = NOW.plus(Duration.ofHours(10));

  @TempDir Path folder;

  @Test
  void aBudgetThatLastsIsNoFinding() {
    assertThat(look(use("7.9", null, null))).isEmpty();
  }

  @Test
  void aBudgetThatWillNotLastIsANote() {
    Finding found = look(use("5", NOW.plus(Duration.ofHours(2)), null)).getFirst();
    assertThat(found.severity()).isEqualTo(Severity.NOTE);
    assertThat(found.title()).contains("refunds-daily will not last");
  }

  @Test
  void aBudgetThatRunsLowIsAWarningAboutItsAgent() {
    Finding found = look(use("8", null, null)).getFirst();
    assertThat(found.severity()).isEqualTo(Severity.WARNING);
    assertThat(found.subject().agent()).isEqualTo("refunds");
    assertThat(found.why()).startsWith("8.00 of 10 USD are used, 3 calls were refused");
    assertThat(found.remedies())
        .anySatisfy(way -> assertThat(way.line()).startsWith("steward top-up refunds-daily"));
  }

  @Test
  void aBudgetThatStoppedCallsIsCriticalUntilItIsToppedUp() {
    Instant stopped = NOW.minusSeconds(60);
    Finding found = look(use("10", null, stopped)).getFirst();
    assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(found.since()).isEqualTo(stopped);
    assertThat(look(use("7", null, stopped))).isEmpty();
  }

  private List<Finding> look(Use use) {
    try (ControlFixture control = new ControlFixture(folder)) {
      control.apply(
          """
          apiVersion: steward/v1
          kind: Budget
          metadata: {name: refunds-daily}
          spec: {scope: {agent: refunds}, window: day, limit: {cost: 10}}
          """);
      return new LowBudgets(() -> List.of(use), control::state)
          .look(new Lately(NOW, new FakeTraces(), List.of(), List.of()));
    }
  }

  private static Use use(String used, @Nullable Instant runsOut, @Nullable Instant stopped) {
    return new Use(
        new WindowKey("refunds-daily", "USD", "2026-11-21T00:00:00Z"),
        BigDecimal.TEN,
        BigDecimal.ZERO,
        new BigDecimal(used).setScale(2),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        0,
        9,
        3,
        NOW.minus(Duration.ofHours(14)),
        RESETS,
        null,
        runsOut,
        null,
        stopped,
        List.of());
  }
}
