// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What changes while a page is open.
@ExtendWith(WithGuests.class)
class LiveBrowserTest {
  private static final double PATIENCE_MILLIS = 20_000;

  @Test
  void newRunsAreCountedAndShownWhenAskedForAndNothingMovesBefore(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/runs?agent=late-comer").page();
      live(page);
      guests.house().send(OddRuns.late(0xb001, "late-comer"));
      Locator news = page.locator("[data-fresh]");
      assertThat(news).hasText("1 new run", patiently());
      news.click();
      Locator rows = page.locator("#runs tr");
      assertThat(rows).hasCount(1);
      live(page);

      Object before = rows.first().evaluate("row => row.getBoundingClientRect().top");
      guests.house().send(OddRuns.late(0xb002, "late-comer"));
      guests.house().send(OddRuns.late(0xb003, "late-comer"));
      assertThat(news).hasText("2 new runs", patiently());
      assertThat(rows).hasCount(1);
      assertThat(rows.first().evaluate("row => row.getBoundingClientRect().top")).isEqualTo(before);
      news.click();
      assertThat(rows).hasCount(3);
      visit.requireQuiet();
    }
  }

  @Test
  void anOpenRunGrowsAndSaysWhenItHasEnded(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      guests.house().send(List.of(OddRuns.model(0xb010, 2, 1, "Grow, please", "The first word.")));
      String run = "/runs/" + Otlp.trace(0xb010);
      TestServer server = guests.house().server();
      server.await("the run shows", () -> server.get("/api/v1" + run).statusCode() == 200);
      Page page = visit.open(run).page();
      live(page);
      guests.house().send(List.of(OddRuns.model(0xb010, 3, 1, "And now?", "The second word.")));
      assertThat(page.locator("#steps"))
          .containsText("The second word.", new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
      guests.house().send(List.of(OddRuns.agent(0xb010, 1, 0, "grower")));
      assertThat(page.locator("[data-live-state]")).hasText("Ended", patiently());
      assertThat(page.locator("#run-head")).containsText("Finished");
      visit.requireQuiet();
    }
  }

  @Test
  void aLostConnectionIsSaidAndComesBackByItself(Guests guests) throws IOException {
    try (Cable cable = new Cable(guests.house().address());
        Visit visit = guests.visit(Look.LIGHT_WIDE, cable.address())) {
      Page page = visit.open("/runs?agent=reconnecting").page();
      live(page);
      cable.cut();
      assertThat(page.locator("[data-live-state]")).hasText("Reconnecting", patiently());
      cable.mend();
      live(page);
      guests.house().send(OddRuns.late(0xb020, "reconnecting"));
      assertThat(page.locator("[data-fresh]")).hasText("1 new run", patiently());
      visit.requireOneHost();
    }
  }

  @Test
  void whatHappenedWhileAConnectionWasLostIsThereWhenItIsBack(Guests guests) throws IOException {
    try (Cable cable = new Cable(guests.house().address());
        Visit visit = guests.visit(Look.LIGHT_WIDE, cable.address());
        Visit other = guests.visit(Look.LIGHT_WIDE, cable.address())) {
      guests.house().send(List.of(OddRuns.model(0xb030, 2, 1, "Go on, please", "The first word.")));
      String run = "/runs/" + Otlp.trace(0xb030);
      TestServer server = guests.house().server();
      server.await("the run shows", () -> server.get("/api/v1" + run).statusCode() == 200);
      Page now = visit.open("/now").page();
      Page open = other.open(run).page();
      live(now);
      live(open);
      String head = now.locator("#now-head .lede").textContent();

      cable.cut();
      reconnecting(now);
      reconnecting(open);
      guests.house().send(List.of(OddRuns.model(0xb030, 3, 1, "And now?", "In the dark.")));
      guests.house().send(List.of(OddRuns.agent(0xb030, 1, 0, "dark-grower")));
      guests.house().send(OddRuns.late(0xb031, "newcomer-in-the-dark"));
      server.await(
          "both runs show",
          () ->
              server.get("/api/v1" + run).body().contains("dark-grower")
                  && server.get("/api/v1/runs/" + Otlp.trace(0xb031)).statusCode() == 200);
      cable.mend();

      assertThat(open.locator("#steps"))
          .containsText("In the dark.", new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
      assertThat(open.locator("#run-head")).containsText("Finished");
      assertThat(open.locator("[data-live-state]")).hasText("Ended", patiently());
      assertThat(now.locator("[data-fresh]"))
          .containsText("change", new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
      assertThat(now.locator("#now-head .lede")).not().hasText(head);
      live(now);
      visit.requireOneHost();
      other.requireOneHost();
    }
  }

  private static void reconnecting(Page page) {
    assertThat(page.locator("[data-live-state]")).hasText("Reconnecting", patiently());
  }

  private static void live(Page page) {
    assertThat(page.locator("[data-live-state]")).hasText("Live", patiently());
  }

  private static HasTextOptions patiently() {
    return new HasTextOptions().setTimeout(PATIENCE_MILLIS);
  }
}
