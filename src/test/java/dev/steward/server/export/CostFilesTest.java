// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostFilesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final CostQuery QUERY =
      new CostQuery(List.of(By.AGENT), NOON, NOON.plusSeconds(60), Map.of());

  @Test
  void anUnknownCostIsAnEmptyCell() {
    String csv =
        CostCsv.of(
            QUERY,
            List.of(
                new CostQuery.Row(
                    List.of("a"), new RunCost(BigDecimal.ZERO, "USD", 0, 7), 2L, 7, null, 3L)));
    assertThat(csv.split("\r\n"))
        .containsExactly(
            "agent,cost,currency,priced_spans,unknown_cost_spans,runs,model_calls,input_tokens,output_tokens",
            "a,,,0,7,2,7,,3");
  }

  @Test
  void namesAreQuotedAndNoSpreadsheetTakesThemForAFormula() {
    String csv = CostCsv.of(QUERY, List.of(row("=cmd|'/c calc'!A1"), row("a,\"b\"\nc")));
    assertThat(csv).contains("'=cmd|'/c calc'!A1,1.5,USD").contains("\"a,\"\"b\"\"\nc\",1.5,USD");
  }

  @Test
  void focusTellsWhatIsKnownAndWhatIsNotInRowsOfTheirOwn() {
    assertThat(FocusCsv.daily(QUERY).by()).startsWith(By.DAY, By.AGENT).doesNotContain(By.HOUR);
    CostQuery.Row row =
        new CostQuery.Row(
            List.of(
                "2026-11-20",
                "refunds",
                "v7",
                "gpt-5",
                "",
                "refunding",
                "support",
                "production",
                "model",
                "",
                "plan"),
            new RunCost(new BigDecimal("0.0204"), "USD", 3, 2),
            null,
            5,
            100L,
            20L);
    List<String> lines = new FocusCsv(Map.of("gpt-5", "openai")).of(List.of(row)).lines().toList();
    List<String> head = Arrays.asList(lines.getFirst().split(","));
    assertThat(lines).hasSize(3);
    assertThat(head)
        .contains(
            "BilledCost",
            "EffectiveCost",
            "ListCost",
            "BillingCurrency",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "ServiceName",
            "ServiceCategory",
            "ProviderName",
            "ResourceId",
            "ResourceName",
            "ChargeCategory",
            "ConsumedQuantity",
            "ConsumedUnit",
            "SkuId",
            "Tags",
            "x_What",
            "x_Step");
    assertThat(lines.get(1))
        .startsWith("0.0204,0.0204,0.0204,0.0204,USD,2026-11-01T00:00:00Z,2026-12-01T00:00:00Z")
        .contains(
            "2026-11-20T00:00:00Z,2026-11-21T00:00:00Z,Usage",
            ",120,Tokens,openai,openai,refunds,refunds,Agent,AI and Machine Learning",
            "\"\"steward/team\"\":\"\"support\"\"");
    assertThat(lines.get(2)).startsWith(",,,,,2026-11-01").endsWith(",false,2,,,,model,plan");
  }

  @Test
  void focusTellsWhatWasBoughtBesideTokensAndWhoIsPaid() {
    CostQuery.Row row =
        new CostQuery.Row(
            List.of(
                "2026-11-20",
                "refunds",
                "v7",
                "",
                "payments/refund",
                "",
                "",
                "",
                "compute",
                "aws",
                "execute_tool refund"),
            new RunCost(new BigDecimal("0.000138425"), "USD", 1, 0),
            null,
            0,
            null,
            null);
    String line = new FocusCsv(Map.of()).of(List.of(row)).lines().skip(1).findFirst().orElse("");
    assertThat(line)
        .startsWith("0.000138425,")
        .contains(",compute seconds,Usage-Based,,,aws,aws,", ",Compute,Other (Compute),compute,")
        .endsWith(",compute,execute_tool refund");
  }

  private static CostQuery.Row row(String agent) {
    return new CostQuery.Row(
        List.of(agent), new RunCost(new BigDecimal("1.5"), "USD", 1, 0), 1L, 1, 1L, 1L);
  }
}
