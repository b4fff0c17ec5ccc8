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

/// What people come to the pages of releases for, each look with an agent of its own.
@ExtendWith(WithGuests.class)
class ReleasesBrowserTest {
  private static final int STAGING = 1;
  private static final int PRODUCTION = 3;

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
  void aVersionIsReleasedJudgedAgreedToAndRolledBack(Look look, Guests guests) {
    List<String> flaws = new ArrayList<>();
    String agent = yard.agent(look);
    try (Visit visit = yard.visit(guests, look, yard.dana());
        Visit second = yard.visit(guests, look, yard.omar())) {
      starts(visit, agent, look, flaws);
      isTested(visit, agent, look, flaws);
      isAgreedTo(visit, second, agent, look, flaws);
      isRolledBack(visit, agent, look, flaws);
      visit.requireQuiet();
      second.requireQuiet();
    }
    assertThat(flaws).isEmpty();
  }

  private static void starts(Visit visit, String agent, Look look, List<String> flaws) {
    Page page = visit.open("/releases").page();
    page.locator("#agents").getByText(agent).click();
    page.waitForURL("**/releases/agents/" + agent);
    assertThat(stage(page, STAGING)).containsText("Nothing in force");
    look(visit, "release-stages", look, flaws);
    deed(stage(page, STAGING), "Release").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("as soon as the gates hold");
    look(visit, "release-start", look, flaws);
    confirm(dialog, "it answers in fewer words");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Started: waiting for gates");
  }

  private static void isTested(Visit visit, String agent, Look look, List<String> flaws) {
    Page page = visit.page();
    Locator gate = gate(page, "tested");
    assertThat(gate).containsText("Not enough data");
    look(visit, "release-waits", look, flaws);
    String address = yard.release(agent);
    yard.reports(agent);
    yard.awaitInForce(agent, "staging");
    visit.open(address);
    assertThat(page.locator("h1")).containsText("Promoted");
    assertThat(gate).containsText("Pass");
    assertThat(gate).containsText("integration-tests passed");
    look(visit, "release-promoted", look, flaws);
  }

  private static void isAgreedTo(
      Visit visit, Visit second, String agent, Look look, List<String> flaws) {
    yard.toCanary(agent);
    Page page = visit.open("/releases/agents/" + agent).page();
    deed(stage(page, PRODUCTION), "Release").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("a second person agreed");
    confirm(dialog, "staging was calm for a day");
    assertThat(page.locator("main")).containsText("It waits for the gate proved.");
    assertThat(gate(page, "proved")).containsText("a second person must agree");
    assertThat(gate(page, "proved"))
        .containsText("agent * never calls payments/refund without approval");
    look(visit, "release-second-person", look, flaws);

    Page other = second.open(yard.release(agent)).page();
    deed(other.locator("main"), "Agree to " + agent + " to production").click();
    look(second, "release-agree", look, flaws);
    confirm(other.getByRole(AriaRole.DIALOG), "read the runs of staging");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("promoted");
    assertThat(gate(other, "proved")).containsText("Pass");
    assertThat(other.locator("#agreed")).containsText("Omar");
    assertThat(other.locator("#moves")).containsText("read the runs of staging");
    look(second, "release-agreed", look, flaws);
  }

  private static void isRolledBack(Visit visit, String agent, Look look, List<String> flaws) {
    String first = yard.inForce(agent, "production");
    yard.toProductionAnew(agent);
    assertThat(yard.inForce(agent, "production")).isNotEqualTo(first);
    Page page = visit.open("/releases/agents/" + agent).page();
    deed(stage(page, PRODUCTION), "Roll back to " + first.substring(0, 12)).click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("is in force again in production");
    assertThat(dialog).containsText("As it was pinned comes back: Policy/" + Yard.policy(agent));
    look(visit, "release-rollback", look, flaws);
    confirm(dialog, "it refunds too much");
    assertThat(page.getByRole(AriaRole.STATUS))
        .containsText(agent + " was rolled back in production.");
    assertThat(yard.inForce(agent, "production")).isEqualTo(first);
    look(visit, "release-rolled-back", look, flaws);
  }

  private static Locator stage(Page page, int number) {
    return page.locator(".track > li").nth(number);
  }

  private static Locator deed(Locator within, String words) {
    return within.locator("summary").filter(new Locator.FilterOptions().setHasText(words));
  }

  private static Locator gate(Page page, String name) {
    return page.locator("#gates tbody tr").filter(new Locator.FilterOptions().setHasText(name));
  }

  private static void confirm(Locator dialog, String reason) {
    dialog.getByLabel("Reason").fill(reason);
    dialog.locator("button").first().click();
  }

  private static void look(Visit visit, String name, Look look, List<String> flaws) {
    visit.screenshot(name + "-" + look.word());
    visit.flaws().forEach(flaw -> flaws.add(name + ": " + flaw));
    visit.axe().forEach(flaw -> flaws.add(name + ": " + flaw));
  }
}
