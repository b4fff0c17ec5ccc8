// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people come to the pages of drift for, each look with an agent of its own.
@ExtendWith(WithGuests.class)
class DriftBrowserTest {
  @TempDir private static Path folder;
  private static Drifting drifting;

  @BeforeAll
  static void open() {
    drifting = Drifting.open(folder);
  }

  @AfterAll
  static void close() {
    drifting.close();
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void aDriftIsFoundUnderstoodTrackedClosedAndLearntAnew(Look look, Guests guests) {
    List<String> flaws = new ArrayList<>();
    try (Visit visit = drifting.visit(guests, look)) {
      isFound(visit, look, flaws);
      isUnderstood(visit, look, flaws);
      isCompared(visit, look);
      isTrackedUntilItIsOver(visit, look, flaws);
      isClosed(visit, look, flaws);
      isLearntAnew(visit, look, flaws);
      visit.requireQuiet();
    }
    assertThat(flaws).isEmpty();
  }

  @Test
  void itReadsWithoutAScript(Guests guests) {
    try (Visit visit = guests.withoutScripts(Look.LIGHT_WIDE)) {
      Page page = visit.open("/drift/claims/development").page();
      assertThat(page.locator("#trait-0")).containsText("Before");
      assertThat(page.locator("#trait-0")).containsText("since the baseline");
      assertThat(page.locator("#trait-0 .chart-table")).containsText("Table");
      page.locator("main .deed summary").last().click();
      assertThat(page.locator("#reason-relearn")).isVisible();
    }
  }

  private static void isFound(Visit visit, Look look, List<String> flaws) {
    Page page = visit.open("/agents/" + Drifting.agent(look)).page();
    page.locator(".actions").getByText("Drift").click();
    page.waitForURL("**" + Drifting.place(look));
    visit.open("/drift");
    Locator row =
        page.locator("tbody tr")
            .filter(new Locator.FilterOptions().setHasText(Drifting.agent(look)));
    assertThat(row).containsText("Drifted");
    assertThat(row).containsText("runs that succeed");
    assertThat(row).containsText("200 runs");
    look(visit, "drifts-open", look, flaws);
    row.locator("a.name").click();
    page.waitForURL("**" + Drifting.place(look));
  }

  private static void isUnderstood(Visit visit, Look look, List<String> flaws) {
    Page page = visit.page();
    assertThat(page.locator(".lede")).containsText("Runs that succeed rose from 50.0 % to 9");
    Locator alarm = page.locator(".drift-alarm");
    assertThat(alarm).containsText("one alarm in 100,000 runs");
    assertThat(alarm).containsText("Another model answers: gpt-5-b");
    assertThat(page.locator("#trait-0")).containsText("Drifted up");
    assertThat(page.locator("#trait-0 .began")).hasCount(1);
    assertThat(page.locator("#trait-0 .mark")).not().hasCount(0);
    look(visit, "drift-open", look, flaws);
    visit.wholeScreenshot("drift-whole-" + look.word());
  }

  private static void isCompared(Visit visit, Look look) {
    Page page = visit.page();
    page.getByText("Compare one from before with one since").click();
    page.waitForURL("**/runs/*/compare/*");
    assertThat(page.locator("main")).containsText(Drifting.agent(look));
    page.goBack();
    page.waitForURL("**" + Drifting.place(look));
  }

  /// From the alarm to the end of its incident without leaving the console.
  private static void isTrackedUntilItIsOver(Visit visit, Look look, List<String> flaws) {
    Page page = visit.page();
    deed(page, "Open an incident").click();
    confirm(page.getByRole(AriaRole.DIALOG), "too many are approved");
    page.waitForURL("**/incidents/*");
    String incident = page.url();
    assertThat(page.locator("h1")).containsText("runs that succeed rose from 50.0 % to 9");
    assertThat(page.locator("main")).containsText("another model answers: gpt-5-b");
    look(visit, "incident-open", look, flaws);
    visit.wholeScreenshot("incident-whole-" + look.word());
    deed(page, "Stop " + Drifting.agent(look)).click();
    visit.screenshot("incident-stop-" + look.word());
    confirm(page.getByRole(AriaRole.DIALOG), "until somebody has looked");
    assertThat(page.locator(".notice.ok")).containsText("Killed ");
    assertThat(page.locator("#happened")).containsText("until somebody has looked");
    deed(page, "Restore " + Drifting.agent(look)).click();
    confirm(page.getByRole(AriaRole.DIALOG), "somebody has");
    assertThat(page.locator(".notice.ok")).containsText("Restored ");
    deed(page, "It is contained").click();
    confirm(page.getByRole(AriaRole.DIALOG), "the old model answers");
    assertThat(page.locator("h1")).containsText("Contained");
    Download report = page.waitForDownload(() -> page.getByText("To print").click());
    assertThat(report.suggestedFilename()).startsWith("incident-").endsWith(".html");
    deed(page, "Export with proofs").click();
    Download bundle =
        page.waitForDownload(
            () -> page.getByRole(AriaRole.DIALOG).locator("button").first().click());
    assertThat(bundle.suggestedFilename()).endsWith(".zip");
    page.navigate(incident);
    deed(page, "It is resolved").click();
    confirm(page.getByRole(AriaRole.DIALOG), "it was a test");
    assertThat(page.locator("h1")).containsText("Resolved");
    assertThat(page.locator("#contain")).hasCount(0);
    look(visit, "incident-resolved", look, flaws);
    visit.open("/incidents");
    look(visit, "incidents", look, flaws);
    visit.open(Drifting.place(look));
  }

  private static void isClosed(Visit visit, Look look, List<String> flaws) {
    Page page = visit.page();
    deed(page, "Close the alarm").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("The baseline stays");
    visit.screenshot("drift-close-" + look.word());
    confirm(dialog, "the better model is wanted");
    assertThat(page.locator(".notice.ok")).containsText("The alarm is closed.");
    assertThat(page.locator("h1")).containsText("Drifted, closed");
    assertThat(page.locator("#closed")).containsText("the better model is wanted");
    look(visit, "drift-closed", look, flaws);
    visit.wholeScreenshot("drift-closed-whole-" + look.word());
  }

  private static void isLearntAnew(Visit visit, Look look, List<String> flaws) {
    Page page = visit.page();
    deed(page, "Learn a new baseline").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("The baseline of 200 runs is let go");
    confirm(dialog, "this is how it shall be");
    assertThat(page.locator(".notice.ok")).containsText("The baseline was let go.");
    assertThat(page.locator("main")).containsText("No baseline yet");
    look(visit, "drift-relearns", look, flaws);
  }

  private static Locator deed(Page page, String words) {
    return page.locator("main summary")
        .filter(new Locator.FilterOptions().setHasText(words))
        .first();
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
