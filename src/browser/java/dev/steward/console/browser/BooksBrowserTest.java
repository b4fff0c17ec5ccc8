// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people come to the pages of cost and ledger for.
@ExtendWith(WithGuests.class)
class BooksBrowserTest {
  private static final Pattern SAID = Pattern.compile(".+");

  @ParameterizedTest
  @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
  void costIsGroupedNarrowedAndTakenAway(Look look, Guests guests) throws IOException {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open("/cost").page();
      assertThat(page.locator(".figures .money").first()).not().hasText("0");
      page.getByLabel("Split by").selectOption("model");
      page.waitForURL("**/cost?*split=model*");
      assertThat(page.locator(".part-row").first()).isVisible();
      page.locator("table.cost a.name").first().click();
      page.waitForURL("**/cost?agent=*");
      assertThat(page.locator("main h2").last()).hasText("By model");
      Download file = page.waitForDownload(() -> page.getByText("FOCUS").click());
      assertThat(Files.readString(file.path())).startsWith("BilledCost,EffectiveCost,ListCost");
      assertThat(visit.flaws()).isEmpty();
      visit.requireQuiet();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT_WIDE", "DARK_PHONE"})
  void anEntryIsProvenInTheBrowserAndShownAsItWas(Look look, Guests guests) {
    try (Visit visit = guests.visit(look)) {
      Page page = visit.open("/ledger/1").page();
      page.getByText("Check it in this browser").click();
      Locator checks = page.locator("[data-checks]");
      assertThat(checks).hasAttribute("data-result", "ok");
      assertThat(checks.locator("li.ok")).hasCount(4);
      visit.screenshot("ledger-proven-" + look.word());
      assertThat(visit.flaws()).isEmpty();

      page.locator(".ways").getByText("agent support").first().click();
      page.waitForURL("**/ledger/1/state?kind=Agent&name=support");
      assertThat(page.locator("main")).containsText("What has changed since");
      assertThat(page.locator(".diff").first()).containsText("kind: Agent");
      visit.requireQuiet();
    }
  }

  @Test
  void aTamperedProofAnotherEntryAndAStrangersKeyProveNothing(Guests guests) throws IOException {
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      Page page = visit.open("/ledger/1").page();
      Download proofFile = page.waitForDownload(() -> page.getByText("Download its proof").click());
      Download entryFile = page.waitForDownload(() -> page.getByText("download the bytes").click());
      String proof = Files.readString(proofFile.path());
      byte[] entry = Files.readAllBytes(entryFile.path());
      String keys =
          guests.house().server().json("/api/v1/ledger/control").get("keys").get(0).stringValue();

      assertThat(result(visit, proof, entry, keys)).isEqualTo("ok");
      String path = proof.lines().skip(2).findFirst().orElseThrow();
      assertThat(result(visit, proof.replace(path, flipped(path)), entry, keys))
          .isEqualTo("critical");
      assertThat(result(visit, proof.replace("index 1\n", "index 0\n"), entry, keys))
          .isEqualTo("critical");
      byte[] changed = entry.clone();
      changed[changed.length / 2] ^= 1;
      assertThat(result(visit, proof, changed, keys)).isEqualTo("critical");
      String signature = proof.substring(proof.lastIndexOf(' ') + 1).strip();
      assertThat(result(visit, proof.replace(signature, flipped(signature)), entry, keys))
          .isEqualTo("critical");
      String stranger =
          guests.house().server().json("/api/v1/ledger/activity").get("keys").get(0).stringValue();
      assertThat(result(visit, proof, entry, stranger)).isEqualTo("critical");
      assertThat(page.locator("[data-checks] li.critical")).containsText("No known key of");
      visit.requireQuiet();
    }
  }

  private static String result(Visit visit, String proof, byte[] entry, String keys) {
    Page page = visit.open("/ledger/check").page();
    page.locator("#proof-file")
        .setInputFiles(
            new FilePayload("a.tlog-proof", "text/plain", proof.getBytes(StandardCharsets.UTF_8)));
    page.locator("#entry-file")
        .setInputFiles(new FilePayload("a.bin", "application/octet-stream", entry));
    page.locator("#keys").fill(keys);
    page.locator("[data-check]").click();
    assertThat(page.locator("[data-checks]")).hasAttribute("data-result", SAID);
    return String.valueOf(page.locator("[data-checks]").getAttribute("data-result"));
  }

  /// Another base64 text of the same length: one letter near the middle is another.
  private static String flipped(String base64) {
    int at = base64.length() / 2;
    char other = base64.charAt(at) == 'A' ? 'B' : 'A';
    return base64.substring(0, at) + other + base64.substring(at + 1);
  }
}
