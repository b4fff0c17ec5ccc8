// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CostTextTest {
  @Test
  void unknownIsNeverShownAsZero() {
    assertThat(CostText.of(new RunCost(BigDecimal.ZERO, "USD", 0, 3)).text()).isEqualTo("unknown");
    assertThat(CostText.of(new Cost.Unknown("no price for model x")))
        .isEqualTo(new CostText("unknown", "no price for model x", true));
  }

  @Test
  void aPartOfTheCostIsMarkedAsAPart() {
    CostText partly = CostText.of(new RunCost(new BigDecimal("0.0204"), "USD", 4, 1));
    assertThat(partly.text()).isEqualTo("≥ 0.0204");
    assertThat(partly.note()).isEqualTo("at least 0.0204 USD; the cost of 1 call is unknown");
  }

  @Test
  void theWholeCostKeepsItsLastDecimalInTheNote() {
    CostText whole = CostText.of(new RunCost(new BigDecimal("0.020449"), "USD", 5, 0));
    assertThat(whole.text()).isEqualTo("0.0204");
    assertThat(whole.note()).isEqualTo("0.020449 USD");
  }

  @Test
  void nothingToPriceIsADash() {
    assertThat(CostText.of(RunCost.NONE).text()).isEqualTo("–");
  }
}
