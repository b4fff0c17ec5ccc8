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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people come to a run for.
@ExtendWith(WithGuests.class)
class RunBrowserTest {

  @ParameterizedTest
  @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
  void theFourQuestionsLeadToTheirEvidence(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open(Sight.supportRun(guests)).page();
      assertThat(page.locator("#run-answers dt"))
          .hasText(
              new String[] {
                "Right action?", "Right policy?", "Cost accounted for?", "Can you prove it?"
              });
      Locator entry = page.locator("#run-answers a[href^='/ledger/']");
      visit.screenshot("run-answers-" + look.word());
      entry.first().click();
      page.waitForURL(Pattern.compile(".*/ledger/\\d+$"));
      visit.requireQuiet();
    }
  }

  @Test
  void theJumpListLeadsToTheGoalAndTheAnswer(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open(Sight.supportRun(guests)).page();
      page.locator(".jump", new Page.LocatorOptions().setHasText("Goal")).locator("a").click();
      assertThat(page.locator(".step.said.selected")).hasCount(1);
      visit.requireQuiet();
    }
  }

  @Test
  void arrowsPlayTheRunStepByStepInConversationAndWaterfall(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open(Sight.supportRun(guests)).page();
      Locator steps = page.locator(".steps > .step");
      page.keyboard().press("ArrowRight");
      assertThat(steps.nth(0)).hasClass(Pattern.compile(".*selected.*"));
      page.keyboard().press("ArrowRight");
      page.keyboard().press("ArrowRight");
      assertThat(steps.nth(2)).hasClass(Pattern.compile(".*selected.*"));
      assertThat(page.locator(".waterfall.beside a.bar.selected")).hasCount(1);
      page.keyboard().press("ArrowLeft");
      assertThat(steps.nth(1)).hasClass(Pattern.compile(".*selected.*"));
      page.keyboard().press("Space");
      assertThat(page.locator("[data-play]")).containsText("Pause");
      page.keyboard().press("Space");
      assertThat(page.locator("[data-play]")).containsText("Play");
      visit.requireQuiet();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
  void theGraphKeepsTheSelectedStepAndIsReachedByKeys(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      String run = Sight.supportRun(guests);
      Page page = visit.open(run).page();
      Locator tool = page.locator(".step.tool").first();
      String span = String.valueOf(tool.getAttribute("data-span"));
      tool.locator("a.no").click();
      page.keyboard().press("3");
      page.waitForURL(Pattern.compile(".*/graph\\?step=" + span + "#s-.*"));
      assertThat(page.locator(".graph a.node.selected")).hasCount(1);
      Locator node = page.locator(".graph a.node").first();
      node.focus();
      page.keyboard().press("Enter");
      assertThat(node).hasClass(Pattern.compile(".*selected.*"));
      assertThat(visit.flaws()).isEmpty();
      visit.screenshot("run-graph-" + look.word());
      visit.requireQuiet();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
  void twoRunsAreComparedFromOneOfThem(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open(Sight.supportRun(guests)).page();
      page.getByText("Compare with…").click();
      page.locator("tr[data-href] a.name").first().click();
      page.waitForURL(Pattern.compile(".*/compare/.+"));
      assertThat(page.locator("h1")).hasText("Two runs compared");
      assertThat(page.locator(".step-pair").first()).isVisible();
      assertThat(visit.flaws()).isEmpty();
      visit.screenshot("run-compare-" + look.word());
      visit.requireQuiet();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
  void aConversationJoinsItsRuns(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open(Sight.supportRun(guests)).page();
      page.locator(".facts a[href^='/conversations/']").click();
      page.waitForURL("**/conversations/**");
      assertThat(page.locator(".joined-run").first()).isVisible();
      assertThat(page.locator(".sums")).containsText("USD");
      assertThat(visit.flaws()).isEmpty();
      visit.screenshot("conversation-" + look.word());
      visit.requireQuiet();
    }
  }

  @Test
  void aStepFarDownInALongRunIsReadWithoutTheRest(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      String run = "/runs/" + Otlp.trace(OddRuns.LONG);
      String span = Otlp.spanId(OddRuns.LONG_SPANS / 2);
      Page page = visit.open(run + "?step=" + span + "#s-" + span).page();
      assertThat(page.locator(".step.selected").first()).hasAttribute("data-span", span);
      assertThat(page.locator(".steps > .step").count()).isLessThan(500);
      visit.requireQuiet();
    }
  }
}
