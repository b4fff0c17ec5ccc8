// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.call.RunSoFar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

  private final Runs runs = new Runs(2, Duration.ofHours(1));

  private static Cost cost(String amount, String currency) {
    return new Cost.Known(new BigDecimal(amount), currency, Cost.Source.PRICED, "");
  }

  @Test
  void addsUpWhatARunHasDone() {
    runs.asks("r", "refunds", NOW);
    runs.spent("r", cost("0.10", "USD"));
    runs.calls("r", "refunds", "payments/refund", NOW);
    runs.asks("r", "refunds", NOW);
    runs.spent("r", cost("0.05", "USD"));

    RunSoFar done = runs.soFar("r");
    assertThat(done.steps()).isEqualTo(3);
    assertThat(done.spent()).isEqualTo(cost("0.15", "USD"));
    assertThat(done.tools()).containsExactly("payments/refund");
  }

  @Test
  void hasDoneNothingBeforeItsFirstStep() {
    assertThat(runs.soFar("r").steps()).isZero();
    assertThat(runs.soFar("r").spent()).isEqualTo(cost("0", "USD"));
  }

  @Test
  void doesNotKnowWhatItSpentOnceOneCostIsNotKnown() {
    runs.asks("r", "refunds", NOW);
    runs.spent("r", cost("0.10", "USD"));
    runs.spent("r", new Cost.Unknown("no usage"));
    runs.spent("r", cost("0.10", "USD"));
    assertThat(runs.soFar("r").spent()).isEqualTo(new Cost.Unknown("no usage"));

    runs.asks("s", "refunds", NOW);
    runs.spent("s", cost("0.10", "USD"));
    runs.spent("s", cost("0.10", "EUR"));
    assertThat(runs.soFar("s").spent()).isInstanceOf(Cost.Unknown.class);
  }

  @Test
  void knowsOnWhoseBehalfAnAgentActs() {
    assertThat(runs.chain("r", "planner")).isEmpty();
    runs.asks("r", "planner", NOW);
    runs.asks("r", "refunds", NOW);
    runs.asks("r", "planner", NOW);
    assertThat(runs.chain("r", "planner")).isEmpty();
    assertThat(runs.chain("r", "refunds")).containsExactly("planner");
    assertThat(runs.chain("r", "mailer")).containsExactly("planner", "refunds");
  }

  @Test
  void forgetsTheQuietest() {
    runs.asks("a", "refunds", NOW);
    runs.asks("b", "refunds", NOW.plusSeconds(1));
    runs.asks("c", "refunds", NOW.plusSeconds(2));
    assertThat(runs.soFar("a").steps()).isZero();
    assertThat(runs.soFar("b").steps()).isEqualTo(1);

    runs.asks("d", "refunds", NOW.plus(Duration.ofHours(3)));
    assertThat(runs.soFar("c").steps()).isZero();
  }
}
