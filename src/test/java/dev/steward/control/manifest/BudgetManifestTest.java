// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Budget.Every;
import dev.steward.domain.resource.Budget.OnUnknown;
import dev.steward.domain.resource.Budget.WhenTooLarge;
import dev.steward.domain.resource.Price;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetManifestTest {
  private static final String HEAD =
      "apiVersion: steward/v1\nkind: Budget\nmetadata: {name: daily}\nspec:\n";

  @Test
  void theShortestFormPaysForEverything() {
    Budget budget = read("  window: day\n  limit: {cost: 25.50}\n");
    assertThat(budget.scope()).isEqualTo(Budget.Scope.EVERYTHING);
    assertThat(budget.limit()).isEqualTo(new Budget.Limit(new BigDecimal("25.5"), "USD"));
    assertThat(budget.warnAt()).isEqualTo(80);
    assertThat(budget.onUnknown()).isEqualTo(OnUnknown.CHARGE_RESERVATION);
    assertThat(budget.whenTooLarge()).isEqualTo(WhenTooLarge.CLAMP);
    assertThat(budget.unknownReservation()).isEqualByComparingTo("0.255");
  }

  @Test
  void whatIsDeclaredIsWrittenAndReadAgain() {
    String spec =
        """
          scope: {team: support, labels: {cost-center: "42"}, agent: refunds, environment: production}
          window: {every: month, resetsOn: 15, resetsAt: "06:30", zone: Europe/Berlin}
          limit: {cost: 1000, currency: EUR}
          onUnknown: refuse
          unknownCall: 0.25
          whenTooLarge: refuse
          warnAt: 90
        """;
    Budget budget = read(spec);
    assertThat(budget.window().every()).isEqualTo(Every.MONTH);
    Manifest again = Manifests.read(List.of(new ManifestFile("b.yaml", Manifests.yaml(budget))));
    assertThat(again.problems()).isEmpty();
    assertThat(again.declarations().getFirst().resource()).isEqualTo(budget);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          limit: {calls: 5} | spec.window | is missing
          window: week, limit: {calls: 5} | spec.window | none of run, hour, day, month
          window: day | spec.limit | is missing
          window: day, limit: {calls: 5, tokens: 7} | spec.limit | one of cost, tokens and calls
          window: day, limit: {calls: 5.5} | spec.limit.calls | whole number
          window: day, limit: {cost: -1} | spec.limit.cost | negative
          window: day, limit: {cost: 1, currency: dollar} | spec.limit.currency | ISO 4217
          window: day, limit: {tokens: 1, currency: USD} | spec.limit.currency | limit in cost
          window: {every: run, resetsAt: '06:00'}, limit: {calls: 1} | spec.window.resetsAt | as long as the run
          window: {every: day, resetsOn: 3}, limit: {calls: 1} | spec.window.resetsOn | of a month
          window: {every: month, resetsOn: 31}, limit: {calls: 1} | spec.window.resetsOn | 1 to 28
          window: {every: day, zone: Berlin}, limit: {calls: 1} | spec.window.zone | Europe/Berlin
          window: {every: day, resetsAt: noon}, limit: {calls: 1} | spec.window.resetsAt | 06:00
          window: day, limit: {calls: 1}, warnAt: 120 | spec.warnAt | 1 to 100
          window: day, limit: {calls: 1}, unknownCall: 1 | spec.unknownCall | limit in cost
          window: day, limit: {cost: 1}, unknownCall: 0 | spec.unknownCall | never free
          window: day, limit: {cost: 1}, onUnknown: free | spec.onUnknown | charge-reservation, refuse
          window: day, limit: {cost: 1}, scope: {team: a, labels: {team: b}} | spec.scope.team | write it once
          window: day, limit: {cost: 1}, scope: {agents: [a]} | spec.scope.agents | not a field
          """)
  void whatIsWrongIsToldWithItsFieldAndLine(String spec, String field, String message) {
    Manifest manifest =
        Manifests.read(
            List.of(
                new ManifestFile(
                    "b.yaml",
                    HEAD.replace("spec:\n", "spec: {" + spec.replace("'", "\"") + "}\n"))));
    assertThat(manifest.problems())
        .anySatisfy(problem -> {
          assertThat(problem.field()).isEqualTo(field);
          assertThat(problem.message()).contains(message);
          assertThat(problem.line()).isEqualTo(4);
        });
  }

  @Test
  void aPriceMayBeOfMoreThanTokens() {
    Manifest manifest =
        Manifests.read(
            List.of(
                new ManifestFile(
                    "p.yaml",
                    """
                    apiVersion: steward/v1
                    kind: Price
                    metadata: {name: refund-call}
                    spec: {provider: payments, model: refund, per: {tool-call: 0.0020, review-minute: 1.5}}
                    """)));
    assertThat(manifest.problems()).isEmpty();
    Price price = (Price) manifest.declarations().getFirst().resource();
    assertThat(price.per().get("tool-call")).isEqualTo(new BigDecimal("0.002"));
    assertThat(price.perMillion()).isEmpty();
    assertThat(
            Manifests.read(List.of(new ManifestFile("p.yaml", Manifests.yaml(price))))
                .declarations()
                .getFirst()
                .resource())
        .isEqualTo(price);
  }

  private static Budget read(String spec) {
    Manifest manifest = Manifests.read(List.of(new ManifestFile("b.yaml", HEAD + spec)));
    assertThat(manifest.problems()).isEmpty();
    return (Budget) manifest.declarations().getFirst().resource();
  }
}
