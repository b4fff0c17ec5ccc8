// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.steward.server.Otlp;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A run of 10,000 spans, of which a page holds only what is in view.
@ExtendWith(WithGuests.class)
class LongRunBrowserTest {
  private static final String RUN = "/runs/" + Otlp.trace(OddRuns.LONG);
  private static final int ELEMENTS_MAX = 200;
  private static final double OPENS_MILLIS_MAX = 5_000;

  @Test
  void theWaterfallDrawsWhatIsInViewFromTheFirstToTheLast(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.page();
      page.setDefaultNavigationTimeout(OPENS_MILLIS_MAX);
      visit.open(RUN + "/waterfall");
      assertThat(page.locator(".waterfall.drawn")).isVisible();
      Locator bars = page.locator("[data-bars] a.bar");
      assertThat(bars.count()).isLessThan(ELEMENTS_MAX);

      page.evaluate("scrollTo(0, document.body.scrollHeight)");
      Locator last = page.locator("a.bar[data-span='" + Otlp.spanId(OddRuns.LONG_SPANS) + "']");
      assertThat(last).isVisible();
      assertThat(bars.count()).isLessThan(ELEMENTS_MAX);
      last.click();
      assertThat(page.locator("#detail h2")).isVisible();
      assertThat(last).hasClass(Pattern.compile(".*selected.*"));
      visit.requireQuiet();
    }
  }

  @Test
  void aLinkToAStepFarDownShowsIt(Guests guests) {
    try (Visit visit = guests.visit(Look.DARK_PHONE)) {
      String span = Otlp.spanId(OddRuns.LONG_SPANS / 2);
      Page page = visit.open(RUN + "/waterfall#s-" + span).page();
      assertThat(page.locator("a.bar[data-span='" + span + "']")).isInViewport();
      visit.requireQuiet();
    }
  }

  @Test
  void theConversationGoesOnAsOneScrolls(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.page();
      page.setDefaultNavigationTimeout(OPENS_MILLIS_MAX);
      visit.open(RUN);
      Locator steps = page.locator("#steps > .step");
      int first = steps.count();
      assertThat(first).isBetween(50, 500);
      page.evaluate("scrollTo(0, document.body.scrollHeight)");
      page.waitForCondition(() -> page.locator(".step").count() > first);
      visit.requireQuiet();
    }
  }

  @Test
  void theSelectedStepStaysFromViewToView(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.page();
      page.setDefaultNavigationTimeout(OPENS_MILLIS_MAX);
      String span = Otlp.spanId(OddRuns.LONG_SPANS / 2);
      visit.open(RUN);
      page.keyboard().press("2");
      page.waitForURL("**/waterfall");
      assertThat(page.locator(".waterfall.drawn")).isVisible();
      page.evaluate("scrollTo(0, document.querySelector('[data-bars]').offsetHeight / 2)");
      Locator bar = page.locator("a.bar[data-span='" + span + "']");
      bar.click();
      assertThat(page.locator("#detail h2")).isVisible();

      switchTo(page, "1", RUN, span);
      assertThat(page.locator(".step.selected[data-span='" + span + "']")).isInViewport();
      switchTo(page, "4", RUN + "/raw", span);
      assertThat(page.locator("details.raw.selected#s-" + span)).isInViewport();
      switchTo(page, "3", RUN + "/graph", span);
      switchTo(page, "5", RUN + "/effects", span);
      page.locator("nav.tabs a[data-key='2']").click();
      assertThat(bar).isInViewport();
      assertThat(bar).hasClass(Pattern.compile(".*selected.*"));

      page.keyboard().press("Escape");
      page.keyboard().press("1");
      page.waitForURL("**" + RUN);
      assertThat(page.locator(".step.selected")).hasCount(0);
      visit.requireQuiet();
    }
  }

  private static void switchTo(Page page, String key, String view, String span) {
    page.keyboard().press(key);
    page.waitForURL("**" + view + "?step=" + span + "#s-" + span);
    assertThat(page.locator("#detail h2")).isVisible();
  }
}
