// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.steward.server.Otlp;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people come to each page for, done with mouse and keys.
@ExtendWith(WithGuests.class)
class TasksBrowserTest {
  private static final int LINKS_MAX = 120;

  @Test
  void aTokenOpensThePageThatWasAskedForAndALogoutClosesIt(Guests guests) {
    try (Visit visit = guests.stranger(Look.LIGHT_WIDE)) {
      Page page = visit.open("/runs?agent=support").page();
      assertThat(page).hasTitle("Log in · Steward");
      assertThat(page.getByLabel("Token")).isFocused();
      page.getByLabel("Token").fill(guests.house().server().token());
      page.keyboard().press("Enter");
      page.waitForURL("**/runs?agent=support");

      page.locator(".who summary").click();
      page.getByText("Log out").click();
      page.waitForURL("**/login");
      assertThat(visit.open("/fleet").page()).hasTitle("Log in · Steward");
      visit.requireQuiet();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
  void aFilterIsInTheAddressAndSharedByIt(Look look, Guests guests) {
    try (Visit visit = guests.visit(look);
        Visit other = guests.visit(Look.DARK_WIDE)) {
      Page page = visit.open("/runs").page();
      page.getByLabel("Agent").selectOption("research");
      page.waitForURL("**/runs?agent=research");
      Locator rows = page.locator("#runs tr");
      rows.first().waitFor();
      String first = rows.first().getAttribute("id");

      Page shared = other.open("/runs?agent=research").page();
      assertThat(shared.locator("#runs tr").first()).hasAttribute("id", String.valueOf(first));
      assertThat(shared.getByLabel("Agent")).hasValue("research");
      page.goBack();
      assertThat(page.getByLabel("Agent")).hasValue("");
      visit.requireQuiet();
      other.requireQuiet();
    }
  }

  @Test
  void keysChooseAndOpenARunAndSwitchItsViewsWhileItsStepStays(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/runs?agent=support").page();
      String wanted = page.locator("#runs tr").nth(1).getAttribute("data-href");
      page.keyboard().press("j");
      page.keyboard().press("j");
      assertThat(page.locator("#runs tr.selected")).hasCount(1);
      page.keyboard().press("Enter");
      page.waitForURL("**" + wanted);

      Locator step = page.locator(".step").nth(2);
      String span = String.valueOf(step.getAttribute("data-span"));
      step.click();
      assertThat(step).hasClass(Pattern.compile(".*selected.*"));
      assertThat(page.locator("#detail h2")).isVisible();
      page.keyboard().press("2");
      page.waitForURL("**" + wanted + "/waterfall?step=" + span + "#s-" + span + "*");
      assertThat(page.locator("a.bar.selected")).hasAttribute("data-span", span);
      assertThat(page.locator("#detail h2")).isVisible();
      page.keyboard().press("4");
      page.waitForURL("**" + wanted + "/raw?step=" + span + "#s-" + span + "*");
      page.keyboard().press("1");
      page.waitForURL(Pattern.compile(".*" + wanted + "\\?step=" + span + "#s-.*"));
      assertThat(page.locator(".step.selected").first()).hasAttribute("data-span", span);
      visit.requireQuiet();
    }
  }

  @Test
  void aLongResultUnfoldsInPlace(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/runs/" + Otlp.trace(OddRuns.HOSTILE)).page();
      Locator more = page.getByText("Show all");
      int folded = more.count();
      assertThat(folded).isPositive();
      more.first().click();
      assertThat(more).not().hasCount(folded);
      assertThat(page.getByText("z".repeat(3_000))).hasCount(1);
      visit.requireQuiet();
    }
  }

  @Test
  void whatAnAgentSaysNeverBecomesAPartOfThePage(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      for (String view : new String[] {"", "/waterfall", "/raw"}) {
        Page page = visit.open("/runs/" + Otlp.trace(OddRuns.HOSTILE) + view).page();
        assertThat(page).not().hasTitle("owned");
        assertThat(page.locator("main img, main script, main b b")).hasCount(0);
      }
      visit.requireQuiet();
    }
  }

  @Test
  void theProofOfAnEntryIsDownloaded(Guests guests) throws IOException {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/ledger").page();
      page.locator("[data-rows] tbody tr a.name").first().click();
      page.waitForURL("**/ledger/*");
      Download proof = page.waitForDownload(() -> page.getByText("Download its proof").click());

      assertThat(proof.suggestedFilename()).matches("control-\\d+\\.tlog-proof");
      assertThat(Files.readString(proof.path())).startsWith("c2sp.org/tlog-proof@v1\n");
      visit.requireQuiet();
    }
  }

  @Test
  void deadLettersAreRetriedAndDropped(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/ingest").page();
      Locator done = page.locator(".notice[role=status]");
      Locator letters = page.locator("form[action$='/retry'] tbody tr");
      assertThat(letters).hasCount(3);
      page.getByText("Retry these 3 dead letters").click();
      assertThat(done).containsText("3 dead letters were sent");
      guests
          .house()
          .server()
          .await(
              "they are back, since they still cannot be read",
              () ->
                  guests.house().server().json("/api/v1/ingest").get("deadLetters").asLong() == 3);

      visit.open("/ingest");
      letters.nth(0).getByRole(AriaRole.CHECKBOX).check();
      Locator drop = page.locator("form [data-counts=Drop]");
      drop.click();
      Locator asked = page.locator("#confirm");
      assertThat(asked).containsText("Drop 1 dead letter?");
      assertThat(asked).containsText("cannot be brought back");
      page.keyboard().press("Escape");
      assertThat(asked).isHidden();
      assertThat(letters).hasCount(3);
      drop.click();
      asked.locator("[data-yes]").click();
      assertThat(done).containsText("1 dead letter was dropped");
      assertThat(letters).hasCount(2);
      visit.requireQuiet();
    }
  }

  @Test
  void everyLinkLeadsSomewhere(Guests guests) {
    String run = Sight.supportRun(guests);
    Set<String> links = new TreeSet<>();
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      for (String from :
          new String[] {
            "/now",
            "/settings",
            "/start",
            "/fleet",
            "/runs?agent=support",
            run,
            "/ledger",
            "/ledger/1",
            "/ingest"
          }) {
        Locator found = visit.open(from).page().locator("a[href^='/']");
        for (Object href :
            (List<?>) found.evaluateAll("all => all.map(a => a.pathname + a.search)")) {
          links.add(String.valueOf(href));
        }
      }
      List<String> dead = new ArrayList<>();
      for (String link : links.stream().limit(LINKS_MAX).toList()) {
        int status = visit.page().request().get(link).status();
        if (status != 200) {
          dead.add(link + ": " + status);
        }
      }
      assertThat(links).hasSizeGreaterThan(20);
      assertThat(dead).isEmpty();
    }
  }

  @Test
  void aThemeThatWasChosenStays(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/fleet").page();
      page.getByLabel("Switch between light and dark").click();
      visit.open("/runs");
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
          .isEqualTo("rgb(15, 17, 20)");
      visit.requireQuiet();
    }
  }

  @Test
  void pagesCanBeReadAndFilteredWithoutScripts(Guests guests) {
    try (Visit visit = guests.withoutScripts(Look.LIGHT_WIDE)) {
      Page page = visit.open("/runs").page();
      page.getByLabel("Agent").selectOption("research");
      page.getByText("Filter", new Page.GetByTextOptions().setExact(true)).click();
      page.waitForURL(Pattern.compile(".*agent=research.*"));
      page.locator("#runs a.name").first().click();
      assertThat(page.locator(".step").first()).isVisible();
      page.getByText("Waterfall").first().click();
      assertThat(page.locator("a.bar").first()).isVisible();
      visit.open("/ledger");
      page.locator("[data-rows] a.name").first().click();
      assertThat(page.getByText("Leaf hash", new Page.GetByTextOptions().setExact(true)))
          .isVisible();
      visit.open("/fleet");
      assertThat(page.locator("main a", new Page.LocatorOptions().setHasText("research")).first())
          .isVisible();
      assertThat(visit.open("/ingest").page().locator("#counts")).isVisible();
      visit.requireQuiet();
    }
  }
}
