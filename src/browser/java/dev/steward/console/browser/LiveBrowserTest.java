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
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.ArrayList;
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

  @Test
  void whatIsSelectedStaysAsItIsUntilItIsNoLonger(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = openRun(visit, guests, 0xb040, 2);
      page.locator("#run-head h1").selectText();
      guests.house().send(List.of(OddRuns.model(0xb040, 90, 1, "And now?", "Held back.")));
      said(page, "Paused");
      assertThat(page.locator("#steps")).not().containsText("Held back.");
      assertThat((String) page.evaluate("String(getSelection())")).isNotBlank();

      page.evaluate("getSelection().removeAllRanges()");
      assertThat(page.locator("#steps")).containsText("Held back.");
      said(page, "Live");
      visit.requireQuiet();
    }
  }

  @Test
  void aRunThatIsReadAboveItsEndWaitsUntilTheReaderIsBack(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = openRun(visit, guests, 0xb050, 40);
      page.evaluate("scrollTo(0, 100)");
      TestServer server = guests.house().server();
      Object before = page.evaluate("scrollY");
      guests.house().send(List.of(OddRuns.model(0xb050, 90, 1, "And now?", "Further down.")));
      said(page, "Paused");
      guests.house().send(List.of(OddRuns.model(0xb050, 91, 1, "And then?", "And below it.")));
      guests.house().send(List.of(OddRuns.agent(0xb050, 1, 0, "scroller")));
      String run = "/api/v1/runs/" + Otlp.trace(0xb050);
      server.await("it has ended", () -> server.get(run).body().contains("scroller"));
      said(page, "Paused");
      assertThat(page.locator("#steps")).not().containsText("Further down.");
      assertThat(page.evaluate("scrollY")).isEqualTo(before);

      page.evaluate("scrollTo(0, document.body.scrollHeight)");
      assertThat(page.locator("#steps"))
          .containsText("And below it.", new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
      assertThat(page.locator("#steps")).containsText("Further down.");
      assertThat(page.locator("#run-head"))
          .containsText("Finished", new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
      said(page, "Ended");
      visit.requireQuiet();
    }
  }

  @Test
  void aListThatIsScrolledWaitsAMoment(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/runs?agent=scrolled-list").page();
      live(page);
      page.mouse().move(500, 400);
      page.evaluate(
          "window.rolling = setInterval(() => dispatchEvent(new WheelEvent('wheel')), 200)");
      guests.house().send(OddRuns.late(0xb060, "scrolled-list"));
      said(page, "Paused");
      assertThat(page.locator(".news")).isHidden();

      page.evaluate("clearInterval(window.rolling)");
      assertThat(page.locator("[data-fresh]")).hasText("1 new run", patiently());
      said(page, "Live");
      visit.requireQuiet();
    }
  }

  @Test
  void aLinkKeepsTheFocusWhenItsPartIsReplaced(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = openRun(visit, guests, 0xb070, 2);
      Locator compare = page.locator("#run-head .actions a").first();
      compare.focus();
      compare.evaluate("link => link.dataset.old = 'yes'");
      guests.house().send(List.of(OddRuns.model(0xb070, 90, 1, "And now?", "Another word.")));
      assertThat(page.locator("#steps"))
          .containsText("Another word.", new ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
      assertThat(page.locator("#run-head [data-old]")).hasCount(0);
      assertThat(compare).isFocused();
      visit.requireQuiet();
    }
  }

  @Test
  void aPictureOfAnOpenRunSaysThatThereIsMore(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = openRun(visit, guests, 0xb080, 2);
      visit.open("/runs/" + Otlp.trace(0xb080) + "/waterfall");
      live(page);
      Locator bars = page.locator("a.bar");
      assertThat(bars).hasCount(2);
      guests.house().send(List.of(OddRuns.model(0xb080, 90, 1, "And now?", "Another word.")));
      Locator news = page.locator("[data-fresh]");
      assertThat(news).hasText("1 new span", patiently());
      assertThat(bars).hasCount(2);
      news.click();
      assertThat(bars).hasCount(3);
      visit.open("/runs/" + Otlp.trace(0xb080) + "/graph");
      live(page);
      guests.house().send(List.of(OddRuns.agent(0xb080, 1, 0, "pictured")));
      assertThat(news).hasText("1 new span", patiently());
      said(page, "Ended");
      assertThat(page.locator("#run-head")).containsText("Finished");
      visit.requireQuiet();
    }
  }

  /// The page of a run at work with so many model calls.
  private static Page openRun(Visit visit, Guests guests, long trace, int calls) {
    List<Span.Builder> spans = new ArrayList<>();
    for (int i = 2; i < 2 + calls; i++) {
      spans.add(OddRuns.model(trace, i, 1, "Question " + i, "Answer " + i));
    }
    guests.house().send(spans);
    String run = "/runs/" + Otlp.trace(trace);
    TestServer server = guests.house().server();
    server.await("the run shows", () -> server.get("/api/v1" + run).statusCode() == 200);
    Page page = visit.open(run).page();
    live(page);
    return page;
  }

  private static void said(Page page, String word) {
    assertThat(page.locator("[data-live-state]")).hasText(word, patiently());
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
