// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people come to the inbox of approvals for.
@ExtendWith(WithGuests.class)
class ApprovalsBrowserTest {

  @ParameterizedTest
  @EnumSource(Look.class)
  void aCallIsReadDeniedOnSecondThoughtEditedAndApproved(Look look, Guests guests) {
    String order = "W-" + look.word();
    guests
        .house()
        .payBack(
            """
            {"order":"%s","amount":49.5,"reason":"%s"}\
            """
                .formatted(order, "The boiler arrived cracked, says the customer. ".repeat(4)));
    List<String> flaws = new ArrayList<>();
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open("/approvals").page();
      Locator row =
          page.locator("#waiting tbody tr").filter(new Locator.FilterOptions().setHasText(order));
      assertThat(row).containsText("till wants to move money with shop/pay_back");
      look(visit, "approvals", look, flaws);
      row.locator("a").first().click();
      page.waitForURL("**/approvals/*");
      assertThat(page.locator("#arguments")).containsText("49.5");
      look(visit, "approval", look, flaws);

      page.getByText("Deny…", new Page.GetByTextOptions().setExact(true)).click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      assertThat(dialog).containsText("Deny shop/pay_back?");
      look(visit, "approval-dialog", look, flaws);
      page.keyboard().press("Escape");
      assertThat(dialog).isHidden();

      page.getByText("Edit and approve…").click();
      look(visit, "approval-edit", look, flaws);
      page.getByLabel("Arguments to send instead").fill("{\"order\":");
      page.getByText("Approve with these arguments").click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("Nothing was changed");
      look(visit, "approval-wrong", look, flaws);
      page.getByLabel("Arguments to send instead")
          .fill("{\"order\":\"%s\",\"amount\":30}".formatted(order));
      page.getByText("Approve with these arguments").click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("Approved with edited arguments");
      look(visit, "approval-approved", look, flaws);
      visit.requireQuiet(422);
    }
    assertThat(flaws).isEmpty();
  }

  private static void look(Visit visit, String name, Look look, List<String> flaws) {
    visit.screenshot(name + "-" + look.word());
    visit.flaws().forEach(flaw -> flaws.add(name + ": " + flaw));
    visit.axe().forEach(flaw -> flaws.add(name + ": " + flaw));
  }
}
