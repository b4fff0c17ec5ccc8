// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Subject;
import dev.steward.domain.resource.Budget.Every;
import dev.steward.domain.resource.Budget.Period;
import dev.steward.domain.resource.Budget.Scope;
import dev.steward.domain.resource.Budget.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BudgetWindowTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void aDayBeginsAtItsResetTimeInItsZone() {
    Window day = new Window(Every.DAY, LocalTime.of(6, 0), 1, BERLIN);
    assertThat(day.at(Instant.parse("2026-11-21T04:59:59Z")))
        .isEqualTo(period("2026-11-20T05:00:00Z", "2026-11-21T05:00:00Z"));
    assertThat(day.at(Instant.parse("2026-11-21T05:00:00Z")))
        .isEqualTo(period("2026-11-21T05:00:00Z", "2026-11-22T05:00:00Z"));
  }

  @Test
  void aDayIsAsLongAsTheClocksOfItsZoneSay() {
    Window day = new Window(Every.DAY, LocalTime.MIDNIGHT, 1, BERLIN);
    Period longest = day.at(Instant.parse("2026-10-25T12:00:00Z"));
    assertThat(Duration.between(longest.start(), longest.end())).isEqualTo(Duration.ofHours(25));
  }

  @Test
  void aMonthBeginsOnItsDay() {
    Window month = new Window(Every.MONTH, LocalTime.MIDNIGHT, 15, ZoneOffset.UTC);
    assertThat(month.at(Instant.parse("2027-01-14T23:59:59Z")))
        .isEqualTo(period("2026-12-15T00:00:00Z", "2027-01-15T00:00:00Z"));
  }

  @Test
  void anHourBeginsAtItsMinute() {
    Window hour = new Window(Every.HOUR, LocalTime.of(0, 30), 1, ZoneOffset.UTC);
    assertThat(hour.at(Instant.parse("2026-11-21T08:29:59Z")))
        .isEqualTo(period("2026-11-21T07:30:00Z", "2026-11-21T08:30:00Z"));
  }

  @Test
  void eachWindowEndsWhereTheNextBegins() {
    for (Every every : new Every[] {Every.HOUR, Every.DAY, Every.MONTH}) {
      Window window = new Window(every, LocalTime.of(2, 30), 28, BERLIN);
      Instant at = Instant.parse("2026-01-01T00:00:00Z");
      for (int i = 0; i < 400; i++) {
        Period here = window.at(at);
        assertThat(here.start()).isBeforeOrEqualTo(at);
        assertThat(here.end()).isAfter(at);
        assertThat(window.at(here.end()).start()).isEqualTo(here.end());
        assertThat(window.at(here.end().minusNanos(1))).isEqualTo(here);
        at = here.end();
      }
    }
  }

  @Test
  void aScopeCoversThoseForWhomEveryPartHolds() {
    Scope scope = new Scope(Map.of("team", "support"), "refunds", "", "production", "", false);
    Subject who =
        new Subject(
            "refunds", "", "production", "", "r", "", "", Map.of("team", "support"), "", "", "");
    assertThat(scope.covers(who)).isTrue();
    assertThat(scope.covers(Subject.ofAgent("refunds", Map.of("team", "support")))).isFalse();
    assertThat(scope.covers(Subject.NOBODY)).isFalse();
    assertThat(Scope.EVERYTHING.covers(Subject.NOBODY)).isTrue();
  }

  @Test
  void copiesOfLiveCallsArePaidByBudgetsOfTheirOwn() {
    Subject copy =
        new Subject("refunds", "", "", "", "", "", "", Map.of(), "", "", "", true, false, Set.of());
    Scope own = new Scope(Map.of(), "refunds", "", "", "", true);
    assertThat(own.covers(copy)).isTrue();
    assertThat(own.covers(Subject.ofAgent("refunds", Map.of()))).isFalse();
    assertThat(Scope.EVERYTHING.covers(copy)).isFalse();
  }

  private static Period period(String start, String end) {
    return new Period(Instant.parse(start), Instant.parse(end));
  }
}
