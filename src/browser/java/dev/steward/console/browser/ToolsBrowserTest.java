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

/// What people come to the pages of tools for.
@ExtendWith(WithGuests.class)
class ToolsBrowserTest {

  @ParameterizedTest
  @EnumSource(Look.class)
  void aToolIsReadAndAccepted(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open("/tools").page();
      assertThat(page.locator("main")).containsText("1 changed");
      page.getByText("shop", new Page.GetByTextOptions().setExact(true)).first().click();
      page.waitForURL("**/tools/shop");
      assertThat(page.locator("#waiting")).containsText("Sells an article at any price.");
      assertThat(page.locator("#waiting")).containsText("Grave");
      visit.screenshot("tools-server-" + look.word());
      page.locator(".diff").first().scrollIntoViewIfNeeded();
      visit.screenshot("tools-difference-" + look.word());
      page.locator("#access").scrollIntoViewIfNeeded();
      visit.screenshot("tools-server-foot-" + look.word());

      String gift = Shop.gift(look);
      Locator tool =
          page.locator(".open-tool").filter(new Locator.FilterOptions().setHasText(gift));
      tool.getByText("Accept…").click();
      assertThat(tool.getByLabel("What it does")).hasValue("message");
      visit.screenshot("tools-accept-" + look.word());
      assertThat(visit.flaws()).isEmpty();
      tool.getByLabel("What it does").selectOption("money");
      tool.getByText("Accept " + gift).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("shop/" + gift + " is accepted");
      visit.screenshot("tools-accepted-" + look.word());
      assertThat(visit.flaws()).isEmpty();
      visit.requireQuiet();
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void whoMayCallWhatIsFiltered(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open("/tools").page();
      page.getByText("Who may call what").click();
      page.waitForURL("**/tools?show=access");
      assertThat(page.locator("#results")).containsText("claims-in-development/paying");
      visit.screenshot("tools-matrix-" + look.word());
      assertThat(visit.flaws()).isEmpty();
      page.getByLabel("Agent or tool").fill("claims");
      assertThat(page.locator("#results thead")).not().containsText("library_read");
      visit.screenshot("tools-matrix-filtered-" + look.word());
      assertThat(visit.flaws()).isEmpty();
      visit.requireQuiet();
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void theEffectsOfARunLeadToTheirSteps(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open(refund(guests)).page();
      page.keyboard().press("5");
      page.waitForURL("**/effects");
      assertThat(page.locator("main")).containsText("payments/refund");
      assertThat(page.locator("main")).containsText("Ungoverned");
      visit.screenshot("tools-effects-" + look.word());
      assertThat(visit.flaws()).isEmpty();
      page.getByText("payments/refund").first().click();
      page.waitForURL("**step=*");
      visit.requireQuiet();
    }
  }

  private static String refund(Guests guests) {
    return "/runs/"
        + guests
            .house()
            .server()
            .json("/api/v1/runs?limit=1&agent=support&tool=refund")
            .at("/items/0/id")
            .stringValue();
  }
}
