// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people come for to the fleet, to one agent and to the list of runs.
@ExtendWith(WithGuests.class)
class AgentsBrowserTest {
  @ParameterizedTest
  @EnumSource
  void theFleetLeadsToAnAgentWithItsThreeAnswers(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open("/fleet?range=7d").page();
      page.locator("a.name", new Page.LocatorOptions().setHasText("support")).first().click();
      page.waitForURL("**/agents/support?range=7d");
      assertThat(page.locator(".answer")).hasCount(3);
      assertThat(page.locator(".answer").first()).containsText("Is it doing its work?");
      assertThat(visit.flaws()).isEmpty();
      visit.screenshot("agent-" + look.word());
      visit.requireQuiet();
    }
  }

  @Test
  void aStrangerIsRegisteredOnceWhatIsWrongIsMended(Guests guests) {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/fleet/register?name=late-agent").page();
      Locator manifest = page.getByLabel("Manifest");
      String written = manifest.inputValue();
      manifest.fill(written.replaceFirst("owner: \\S+", "owner: nobody@example.com"));
      page.getByText("Apply it").click();
      assertThat(page.locator(".flaws")).containsText("spec.owner");
      assertThat(visit.flaws()).isEmpty();

      manifest.fill(written.replaceFirst("owner: \\S+", "owner: mei@example.com"));
      page.getByText("Apply it").click();
      page.waitForURL("**/agents/late-agent?registered=yes");
      assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.STATUS).first())
          .containsText("It is registered");
    }
  }

  @Test
  void runsAreNarrowedComparedAndTakenAway(Guests guests) throws Exception {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/runs?agent=support&range=7d").page();
      page.getByText("More filters").click();
      page.getByLabel("Took at least, seconds").fill("0.001");
      page.getByLabel("Took at least, seconds").press("Enter");
      page.waitForURL("**minSeconds=0.001**");
      Download csv = page.waitForDownload(() -> page.getByText("Save as CSV").click());
      assertThat(Files.readString(csv.path())).startsWith("run,agent,").contains(",support,");

      Locator ticks = page.locator("#runs input[type=checkbox]");
      ticks.nth(0).check();
      ticks.nth(1).check();
      page.getByText("Compare two").click();
      page.waitForURL(Pattern.compile(".*/runs/[0-9a-f-]+/compare/[0-9a-f-]+"));
    }
  }
}
