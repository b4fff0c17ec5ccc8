// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people come to the page of policies for.
@ExtendWith(WithGuests.class)
class PoliciesBrowserTest {

  @ParameterizedTest
  @EnumSource(Look.class)
  void policiesAreReadAndWhatIsNeverAllowedIsProved(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open("/policies").page();
      Locator small =
          page.locator("tr").filter(new Locator.FilterOptions().setHasText("payments/refund"));
      assertThat(small.first()).containsText("Allowed");
      visit.screenshot("policies-read-" + look.word());
      assertThat(visit.flaws()).isEmpty();

      prove(page, "agent research never calls payments/refund");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("Proved:");
      visit.screenshot("policies-proof-" + look.word());
      assertThat(visit.flaws()).isEmpty();

      prove(page, "agent support never calls payments/get_order");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("support may call");
      visit.screenshot("policies-counterexample-" + look.word());
      assertThat(visit.flaws()).isEmpty();
      page.getByRole(AriaRole.STATUS).getByText("support-may-refund").first().click();
      page.waitForURL("**/policies/support-may-refund");
      assertThat(page.locator("main")).containsText("dana@example.com");
      visit.requireQuiet();
    }
  }

  private static void prove(Page page, String statement) {
    page.getByLabel("Statement").fill(statement);
    page.getByText("Prove it").click();
    page.waitForURL("**/policies?prove=*");
    assertThat(page.getByLabel("Statement")).hasValue(statement);
  }
}
