// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.steward.server.Otlp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every page in every look: nothing complains, nothing is cut off, too faint or too wide.
@ExtendWith(WithGuests.class)
class LooksBrowserTest {
  private static final int TAB_STEPS = 40;
  private static final int[] WIDTHS = {390, 600, 720, 860, 1100, 1280, 2560};

  @ParameterizedTest
  @EnumSource(Look.class)
  void everyPageLooksRight(Look look, Guests guests) {
    List<String> flaws = new ArrayList<>();
    try (Visit visit = guests.visit(look)) {
      for (Sight sight : Sight.all(guests)) {
        settle(visit.open(sight.address()));
        visit.flaws().forEach(flaw -> flaws.add(sight.name() + ": " + flaw));
        visit.wholeScreenshot(sight.name() + "-" + look.word());
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
      Page page = settle(visit.open(Sight.supportRun(guests)));
      page.locator(".step").nth(3).click();
      page.locator("#detail h2").waitFor();
      look(visit, "run-selected", look, flaws);
      settle(visit.open("/fleet"));
      page.locator(".who summary").click();
      look(visit, "fleet-who", look, flaws);
      settle(visit.open(Sight.supportRun(guests) + "/raw"));
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
        for (Sight sight : Sight.all(guests)) {
          settle(visit.open(sight.address()));
          visit
              .focusFlaws(TAB_STEPS)
              .forEach(flaw -> flaws.add(look.word() + " " + sight.name() + ": " + flaw));
        }
      }
    }
    assertThat(flaws).isEmpty();
  }

  @Test
  void noPageIsTooWideWhateverItsWidth(Guests guests) {
    List<String> flaws = new ArrayList<>();
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      for (Sight sight : Sight.all(guests)) {
        settle(visit.open(sight.address()));
        for (int width : WIDTHS) {
          visit.page().setViewportSize(width, 900);
          Object wide = visit.page().evaluate("document.documentElement.scrollWidth");
          if (wide instanceof Number number && number.intValue() > width) {
            flaws.add(sight.name() + " is " + wide + " wide in " + width);
          }
        }
      }
    }
    assertThat(flaws).isEmpty();
  }

  @Test
  void axeFindsNothingSerious(Guests guests) {
    List<String> flaws = new ArrayList<>();
    for (Look look : List.of(Look.LIGHT_WIDE, Look.DARK_PHONE)) {
      try (Visit visit = guests.visit(look)) {
        for (Sight sight : Sight.all(guests)) {
          settle(visit.open(sight.address()));
          visit.axe().forEach(flaw -> flaws.add(look.word() + " " + sight.name() + ": " + flaw));
        }
      }
    }
    assertThat(flaws).isEmpty();
  }

  @Test
  void nothingMovesForWhoWantsNoMotion(Guests guests) {
    List<String> moving = new ArrayList<>();
    try (Visit visit = guests.visit(Look.LIGHT_WIDE)) {
      visit
          .page()
          .emulateMedia(
              new Page.EmulateMediaOptions()
                  .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE));
      for (Sight sight : Sight.all(guests)) {
        settle(visit.open(sight.address()));
        Object count = visit.page().evaluate("document.getAnimations().length");
        if (!Integer.valueOf(0).equals(count)) {
          moving.add(sight.name() + ": " + count);
        }
      }
    }
    assertThat(moving).isEmpty();
  }

  private static void look(Visit visit, String name, Look look, List<String> flaws) {
    visit.screenshot(name + "-" + look.word());
    visit.flaws().forEach(flaw -> flaws.add(name + ": " + flaw));
  }

  private static Page settle(Visit visit) {
    visit.page().evaluate("document.fonts.ready");
    return visit.page();
  }
}
