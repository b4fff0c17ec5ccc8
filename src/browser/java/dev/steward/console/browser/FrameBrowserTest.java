// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.steward.server.Otlp;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people come for to Now, Start and Settings, and what every page's frame can do.
@ExtendWith(WithGuests.class)
class FrameBrowserTest {
  private static final long ARRIVING = 0xa101;

  @ParameterizedTest
  @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
  void nowSaysWhatIsWrongAndLeadsToTheEvidence(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open("/").page();
      page.waitForURL("**/now");
      assertThat(page.locator("h1")).containsText("need");
      Locator letters =
          page.locator(".finding")
              .filter(new Locator.FilterOptions().setHasText("could not be loaded"));
      assertThat(letters).containsText("Critical");
      letters.getByText("Show the dead letters").click();
      page.waitForURL("**/ingest");
      visit.requireQuiet();
    }
  }

  @Test
  void theFirstSpanLightsThePageUp(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/start").page();
      assertThat(page.locator("[data-live-state]")).hasText("Live");
      guests.house().send(OddRuns.late(ARRIVING, "newcomer"));
      assertThat(page.locator("#arrival")).containsText("It has arrived");
      page.locator("#arrival a").click();
      page.waitForURL("**/runs/" + Otlp.trace(ARRIVING));
      visit.requireQuiet();
    }
  }

  @Test
  void aKeyIsIssuedShownOnceAndRevokedWithAReason(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/settings/keys").page();
      page.getByLabel("Agent", new Page.GetByLabelOptions().setExact(true)).selectOption("support");
      page.getByLabel("Environment").fill("staging");
      page.getByText("Issue a key").last().click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("shown this once");
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("sk-steward-");

      visit.open("/settings/keys");
      assertThat(page.locator("main")).not().containsText("sk-steward-");
      Locator row =
          page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("staging"));
      row.locator("summary").click();
      Locator dialog = row.locator("dialog");
      assertThat(dialog).containsText("Revoke the key of support in staging?");
      assertThat(dialog).containsText("It cannot be undone");
      dialog.getByLabel("Reason").fill("a test of it");
      dialog.locator("button").first().click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("The key was revoked.");
      assertThat(row).containsText("Revoked");
      visit.requireQuiet();
    }
  }

  @Test
  void theOpenTabIsInSightOnAPhone(Guests guests) {
    try (Visit visit = guests.visit(Look.DARK_PHONE)) {
      Page page = visit.open("/settings/server").page();
      assertThat(page.locator(".tabs [aria-current]"))
          .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(0.9));
      visit.requireQuiet();
    }
  }

  @Test
  void aZoneThatWasChosenStays(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/settings").page();
      page.getByLabel("Time zone").fill("Asia/Tokyo");
      page.getByText("Show times in this zone").click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("Asia/Tokyo");
      visit.open("/now");
      assertThat(visit.cookie("zone")).isEqualTo("Asia/Tokyo!");
      visit.requireQuiet();
    }
  }

  @Test
  void aPageInAnotherZoneSaysSoUntilItIsMadeAnew(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      visit
          .page()
          .addInitScript(
              """
              const told = Intl.DateTimeFormat.prototype.resolvedOptions;
              Intl.DateTimeFormat.prototype.resolvedOptions = function () {
                return { ...told.call(this), timeZone: "Asia/Tokyo" };
              };
              """);
      Page page = visit.open("/runs").page();
      Locator note = page.locator("[data-zone-note]");
      assertThat(note).hasText("Times on this page are in UTC. Show them in Asia/Tokyo");
      assertThat(page.locator("#runs time").first())
          .hasAttribute("title", Pattern.compile(".*\\d\\.\\d{3} UTC.*"));
      note.locator("a").click();
      assertThat(page.locator("html")).hasAttribute("data-zone", "Asia/Tokyo");
      assertThat(note).isHidden();
      assertThat(page.locator("#runs time").first())
          .hasAttribute("title", Pattern.compile(".*\\d\\.\\d{3} JST.*"));
      visit.requireQuiet();
    }
  }

  @Test
  void theMoreOfTheBottomBarHoldsTheRest(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_PHONE)) {
      Page page = visit.open("/now").page();
      org.assertj.core.api.Assertions.assertThat(page.locator(".bottombar > *").count())
          .isLessThanOrEqualTo(5);
      page.locator(".bottombar summary").click();
      page.locator(".bottombar .more").getByText("Settings").click();
      page.waitForURL("**/settings");
      visit.requireQuiet();
    }
  }

  @Test
  void aChartIsReadByKeyAndHasItsTable(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/styleguide").page();
      Locator chart = page.locator(".chart").first();
      chart.locator(".stop").last().focus();
      page.keyboard().press("ArrowLeft");
      page.keyboard().press("Home");
      assertThat(chart.locator("[data-reading]")).containsText("95 % interval");
      assertThat(chart.locator(".stop").first()).isFocused();
      page.keyboard().press("t");
      assertThat(chart.locator("table")).isVisible();
      page.keyboard().press("?");
      page.waitForURL(Pattern.compile(".*/keys"));
      visit.requireQuiet();
    }
  }

  @Test
  void noTextReordersThePageAroundIt(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/runs/" + Otlp.trace(OddRuns.HOSTILE)).page();
      assertThat(page.locator("main")).containsText("⟨U+202E⟩");
      assertThat(page.content()).doesNotContain("\u202E");
      visit.requireQuiet();
    }
  }
}
