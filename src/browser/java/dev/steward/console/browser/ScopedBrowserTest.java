// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What somebody sees who may see one team only.
@ExtendWith(WithGuests.class)
class ScopedBrowserTest {
  private static final Pattern RUN = Pattern.compile(".*/runs/[0-9a-f].*");
  private static final List<String> OTHERS =
      List.of("fact-check", "shadow-bot", "Tomas Lind", "Mei Tanaka");

  @Test
  void aViewerOfOneTeamSeesItsPagesAndIsToldOfTheRestWhatTheyNeed(Guests guests) {
    List<String> flaws = new ArrayList<>();
    try (Visit visit = guests.stranger(Look.LIGHT_WIDE)) {
      Page page = logIn(visit, token(guests));
      Locator rail = page.locator("nav").first();
      assertThat(rail).containsText("Settings");
      assertThat(rail).not().containsText("Ledger");
      assertThat(rail).not().containsText("Ingest");

      see(visit, "/fleet", "scoped-fleet", "support", flaws);
      see(visit, "/runs", "scoped-runs", "support", flaws);
      visit.open("/runs?agent=support");
      page.locator("tbody a[href^='/runs/']").first().click();
      page.waitForURL(RUN);
      look(visit, "scoped-run", "support", flaws);
      see(visit, "/cost", "scoped-cost", "support", flaws);
      see(visit, "/policies", "scoped-policies", "refunds-need-a-human", flaws);
      see(visit, "/settings", "scoped-settings", "Time zone", flaws);
      visit.requireQuiet();
    }
    assertThat(flaws).isEmpty();
  }

  @Test
  void whatIsForTheWholeServerSaysSo(Guests guests) {
    List<String> flaws = new ArrayList<>();
    try (Visit visit = guests.stranger(Look.LIGHT_WIDE)) {
      logIn(visit, token(guests));
      String needs = "for the whole server, and yours is for a part of it";
      see(visit, "/settings/people", "scoped-settings-people", "for the whole server", flaws);
      see(visit, "/ledger", "scoped-ledger", needs, flaws);
      see(visit, "/ingest", "scoped-ingest", needs, flaws);
      assertThat(visit.page().locator("main")).containsText("Ask an administrator");
      visit.requireOneHost();
    }
    assertThat(flaws).isEmpty();
  }

  private static Page logIn(Visit visit, String token) {
    Page page = visit.open("/login").page();
    page.getByLabel("Token").fill(token);
    page.getByText("Log in").last().click();
    page.waitForURL("**/now");
    return page;
  }

  private static String token(Guests guests) {
    return guests
        .house()
        .server()
        .ask(
            "/api/v1/tokens",
            "{\"purpose\":\"reader-of-support\",\"grants\":[{\"role\":\"viewer\",\"teams\":[\"support\"]}]}")
        .get("token")
        .stringValue();
  }

  private static void see(
      Visit visit, String address, String name, String words, List<String> flaws) {
    visit.open(address);
    look(visit, name, words, flaws);
  }

  /// Looks at the page: it says the words, nothing of other teams, and is laid out well.
  private static void look(Visit visit, String name, String words, List<String> flaws) {
    visit.page().evaluate("document.fonts.ready");
    assertThat(visit.page().locator("main")).containsText(words);
    visit.screenshot(name + "-" + Look.LIGHT_WIDE.word());
    visit.flaws().forEach(flaw -> flaws.add(name + ": " + flaw));
    String content = visit.page().content();
    for (String other : OTHERS) {
      if (content.contains(other)) {
        flaws.add(name + " tells of " + other);
      }
    }
  }
}
