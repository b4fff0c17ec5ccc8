// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people come for to a release that proposes, to the changes that wait, and to the timeline.
@ExtendWith(WithGuests.class)
class ChangesBrowserTest {
  @TempDir private static Path folder;
  private static Yard yard;

  @BeforeAll
  static void open() {
    yard = Yard.open(folder);
  }

  @AfterAll
  static void close() {
    yard.close();
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void aCopilotActsByItselfAWideningIsAcceptedAndAllOfItStandsOnTheTimeline(
      Look look, Guests guests) {
    List<String> flaws = new ArrayList<>();
    String agent = yard.agent(look);
    try (Visit dana = yard.visit(guests, look, yard.dana());
        Visit omar = yard.visit(guests, look, yard.omar())) {
      actsByItself(dana, agent, look, flaws);
      yard.toCanary(agent);
      yard.loosens(agent);
      isAccepted(omar, agent, look, flaws);
      yard.kills(agent);
      isTold(omar, agent, look, flaws);
      dana.requireQuiet();
      omar.requireQuiet();
    }
    assertThat(flaws).isEmpty();
  }

  private static void actsByItself(Visit visit, String agent, Look look, List<String> flaws) {
    yard.proposesInStaging(agent);
    Page page = visit.open(yard.release(agent)).page();
    assertThat(page.locator("main"))
        .containsText("It waits for somebody who lets it act by itself.");
    assertThat(page.locator("main")).containsText("nobody has answered yet");
    look(visit, "copilot", look, flaws);
    deed(page, "Let " + agent + " act by itself in staging").click();
    look(visit, "copilot-acts", look, flaws);
    confirm(page.getByRole(AriaRole.DIALOG), "Reason", "it proposed well");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("promoted");
  }

  private static void isAccepted(Visit visit, String agent, Look look, List<String> flaws) {
    Page page = visit.open("/proposals").page();
    Locator change =
        page.locator("section").filter(new Locator.FilterOptions().setHasText(Yard.policy(agent)));
    assertThat(change).containsText("payments/refund in canary");
    assertThat(change).containsText("Dana Okafor");
    look(visit, "proposals", look, flaws);
    change.getByRole(AriaRole.LINK).first().click();
    page.waitForURL("**/proposals/change-*");
    look(visit, "proposal", look, flaws);
    deed(page, "Accept").click();
    // What lies behind the dialog is no ground of its words, though the tool takes it for one.
    visit.screenshot("proposal-accept-" + look.word());
    confirm(page.getByRole(AriaRole.DIALOG), "Why", "small refunds only");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("It is accepted, and acts.");
  }

  private static void isTold(Visit visit, String agent, Look look, List<String> flaws) {
    Page page = visit.open("/agents/" + agent).page();
    page.locator(".actions").getByText("Timeline").click();
    page.waitForURL("**/timeline");
    Locator told = page.locator(".happened");
    assertThat(told).containsText("in force in staging as a copilot: it proposes");
    assertThat(told).containsText("a change that widens was accepted");
    assertThat(told).containsText("it refunds twice");
    visit.wholeScreenshot("timeline-" + look.word());
    visit.open("/agents/" + agent + "/timeline?range=1h");
    page.locator(".lanes .dot").last().focus();
    look(visit, "timeline-hour", look, flaws);
    page.locator(".lanes .dot").last().press("Enter");
    assertThat(page.locator(".happened tr:target")).hasCount(1);
  }

  private static Locator deed(Page page, String words) {
    return page.locator("main summary")
        .filter(new Locator.FilterOptions().setHasText(words))
        .first();
  }

  private static void confirm(Locator dialog, String label, String reason) {
    dialog.getByLabel(label).fill(reason);
    dialog.locator("button").first().click();
  }

  private static void look(Visit visit, String name, Look look, List<String> flaws) {
    visit.screenshot(name + "-" + look.word());
    visit.flaws().forEach(flaw -> flaws.add(name + ": " + flaw));
    visit.axe().forEach(flaw -> flaws.add(name + ": " + flaw));
  }
}
