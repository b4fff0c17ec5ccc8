// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.steward.server.Otlp;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every page in every look: nothing complains, nothing is cut off, too faint or too wide.
@ExtendWith(WithGuests.class)
class LooksBrowserTest {
  private static final int TAB_STEPS = 40;

  /// A page to look at.
  record Sight(String name, String address) {}

  private static Stream<Sight> sights(Guests guests) {
    return Stream.of(
        new Sight("fleet", "/fleet"),
        new Sight("fleet-nothing", "/fleet?q=nobody-is-called-this"),
        new Sight("runs", "/runs"),
        new Sight("runs-filtered", "/runs?agent=support&status=finished&tool=refund"),
        new Sight("runs-nothing", "/runs?q=nobody+said+this"),
        new Sight("run", supportRun(guests)),
        new Sight("run-waterfall", supportRun(guests) + "/waterfall"),
        new Sight("run-raw", supportRun(guests) + "/raw"),
        new Sight("run-research", newest(guests, "research")),
        new Sight("run-failed", run(OddRuns.FAILED)),
        new Sight("run-open", run(OddRuns.OPEN)),
        new Sight("run-hostile", run(OddRuns.HOSTILE)),
        new Sight("run-hostile-waterfall", run(OddRuns.HOSTILE) + "/waterfall"),
        new Sight("run-long", run(OddRuns.LONG)),
        new Sight("run-long-waterfall", run(OddRuns.LONG) + "/waterfall"),
        new Sight("cost", "/cost"),
        new Sight("cost-split", "/cost?by=team&split=model&range=30d"),
        new Sight("cost-nothing", "/cost?agent=nobody"),
        new Sight("ledger", "/ledger"),
        new Sight("ledger-activity", "/ledger/activity"),
        new Sight("ledger-entry", "/ledger/1"),
        new Sight("ledger-state", "/ledger/1/state"),
        new Sight("ledger-state-agent", "/ledger/1/state?kind=Agent&name=support"),
        new Sight("ledger-check", "/ledger/check"),
        new Sight("ingest", "/ingest"));
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void everyPageLooksRight(Look look, Guests guests) {
    List<String> flaws = new ArrayList<>();
    try (Visit visit = guests.visit(look)) {
      for (Sight sight : sights(guests).toList()) {
        settle(visit.open(sight.address()));
        visit.screenshot(sight.name() + "-" + look.word());
        visit.flaws().forEach(flaw -> flaws.add(sight.name() + ": " + flaw));
      }
      visit.requireQuiet();
    }
    assertThat(flaws).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void whatOpensOnAPageLooksRight(Look look, Guests guests) {
    List<String> flaws = new ArrayList<>();
    try (Visit visit = guests.visit(look)) {
      Page page = settle(visit.open(supportRun(guests)));
      page.locator(".step").nth(3).click();
      page.locator("#detail h2").waitFor();
      look(visit, "run-selected", look, flaws);
      settle(visit.open("/fleet"));
      page.locator(".who summary").click();
      look(visit, "fleet-who", look, flaws);
      settle(visit.open(supportRun(guests) + "/raw"));
      page.locator("details.raw summary").nth(1).click();
      look(visit, "run-raw-opened", look, flaws);
      visit.requireQuiet();
    }
    assertThat(flaws).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void aPageThatIsNotThereLooksRight(Look look, Guests guests) {
    List<String> flaws = new ArrayList<>();
    try (Visit visit = guests.visit(look)) {
      settle(visit.open("/nowhere"));
      look(visit, "missing", look, flaws);
      settle(visit.open("/runs/" + Otlp.trace(0xdead)));
      look(visit, "missing-run", look, flaws);
      visit.requireOneHost();
    }
    assertThat(flaws).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void theLoginLooksRight(Look look, Guests guests) {
    List<String> flaws = new ArrayList<>();
    try (Visit visit = guests.stranger(look)) {
      settle(visit.open("/runs?agent=support"));
      look(visit, "login", look, flaws);
      visit.requireQuiet();
      visit.page().getByLabel("Token").fill("not a token");
      visit.page().keyboard().press("Enter");
      visit.page().getByRole(com.microsoft.playwright.options.AriaRole.ALERT).waitFor();
      look(visit, "login-refused", look, flaws);
    }
    assertThat(flaws).isEmpty();
  }

  @Test
  void theTabKeyLeadsThroughEveryPageInOrderAndCanBeSeen(Guests guests) {
    List<String> flaws = new ArrayList<>();
    for (Look look : List.of(Look.LIGHT_WIDE, Look.DARK_PHONE)) {
      try (Visit visit = guests.visit(look)) {
        for (String address :
            List.of("/fleet", "/runs", supportRun(guests), "/ledger", "/ingest", "/nowhere")) {
          settle(visit.open(address));
          visit
              .focusFlaws(TAB_STEPS)
              .forEach(flaw -> flaws.add(look.word() + " " + address + ": " + flaw));
        }
      }
    }
    assertThat(flaws).isEmpty();
  }

  private static void look(Visit visit, String name, Look look, List<String> flaws) {
    visit.screenshot(name + "-" + look.word());
    visit.flaws().forEach(flaw -> flaws.add(name + ": " + flaw));
  }

  private static Page settle(Visit visit) {
    visit.page().evaluate("document.fonts.ready");
    return visit.page();
  }

  private static String run(long trace) {
    return "/runs/" + Otlp.trace(trace);
  }

  static String supportRun(Guests guests) {
    return newest(guests, "support");
  }

  private static String newest(Guests guests, String agent) {
    return "/runs/"
        + guests
            .house()
            .server()
            .json("/api/v1/runs?limit=1&sort=steps&agent=" + agent)
            .at("/items/0/id")
            .stringValue();
  }
}
