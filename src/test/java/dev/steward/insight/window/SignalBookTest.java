// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.release.Wilson;
import dev.steward.insight.window.SignalBook.Part;
import dev.steward.insight.window.SignalBook.Width;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.run.RunStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalBookTest {
  private static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");

  private final SignalBook book = new SignalBook();

  @Test
  void aRunCountsWhereItBeganHoweverLateItsOutcomeIsTold() {
    book.put(run("r1", "v1", DAY.plusSeconds(60), null));
    book.put(run("r2", "v1", DAY.plus(Duration.ofHours(5)), true));
    assertThat(hours().getFirst().window().success().whole()).isZero();

    book.put(run("r1", "v1", DAY.plusSeconds(60), false));
    List<Part> hours = hours();
    assertThat(hours).hasSize(2);
    assertThat(hours.getFirst().from()).isEqualTo(DAY);
    assertThat(hours.getFirst().window().success().whole()).isEqualTo(1);
    assertThat(hours.getFirst().window().count(Count.RUNS)).isEqualTo(1);
    assertThat(hours.getFirst().window().wasted(Waste.FAILED).amount()).isEqualByComparingTo("2");
  }

  @Test
  void hoursMakeTheDayAndVersionsStandApart() {
    for (int i = 0; i < 48; i++) {
      Instant at = DAY.plus(Duration.ofMinutes(30L * i));
      book.put(run("r" + i, i < 24 ? "v1" : "v2", at, i % 2 == 0));
    }
    List<Part> days = book.parts("a", _ -> true, Width.DAY, DAY, DAY.plus(Duration.ofDays(1)));
    assertThat(days).extracting(Part::version).containsExactly("v1", "v2");
    assertThat(Window.merged(hours().stream().map(Part::window).toList()))
        .isEqualTo(Window.merged(days.stream().map(Part::window).toList()));
    assertThat(book.parts("a", "staging"::equals, Width.DAY, DAY, Instant.MAX)).isEmpty();
    assertThat(book.parts("b", _ -> true, Width.DAY, DAY, Instant.MAX)).isEmpty();
  }

  @Test
  void aTraceThatTurnsOutToBeSeveralRunsIsNoRunAnyMore() {
    book.put(run("t", "v1", DAY, true));
    book.remove("t");
    assertThat(hours()).isEmpty();
    assertThat(book.environments("a")).isEmpty();
  }

  @Test
  void theOldestDaysGoWholeAndItIsSaidSinceWhenAllIsKnown() {
    SignalBook small = new SignalBook(20);
    for (int i = 0; i < 40; i++) {
      small.put(run("r" + i, "v1", DAY.plus(Duration.ofHours(4L * i)), true));
    }
    assertThat(small.since()).isEqualTo(DAY.plus(Duration.ofDays(4)));
    List<Part> days = small.parts("a", _ -> true, Width.DAY, Instant.EPOCH, Instant.MAX);
    assertThat(days.getFirst().from()).isEqualTo(small.since());
    assertThat(days.getFirst().window().count(Count.RUNS)).isEqualTo(6);
    small.put(run("late", "v1", DAY, true));
    assertThat(small.parts("a", _ -> true, Width.DAY, Instant.EPOCH, Instant.MAX)).isEqualTo(days);
  }

  @Test
  void runsWithoutAResultOfAToolDoNotThinOutThoseThatPassedErrorsOver() {
    for (int i = 0; i < 100; i++) {
      book.put(run("chat" + i, reading(0, 0)));
    }
    for (int i = 0; i < 10; i++) {
      book.put(run("tool" + i, reading(2, i == 0 ? 1 : 0)));
    }
    book.put(run("unknown", reading(0, -1)));

    Window hour = hours().getFirst().window();
    assertThat(hour.silent()).isEqualTo(new Wilson(1, 10));
    assertThat(hour.count(Count.RESULTS_UNKNOWN)).isEqualTo(1);
  }

  private List<Part> hours() {
    return book.parts("a", _ -> true, Width.HOUR, DAY, DAY.plus(Duration.ofDays(1)));
  }

  private static RunReading reading(int results, int silent) {
    return new RunReading(results, 0, List.of(7), 0, 0, false, 2, 1, results, silent, Map.of());
  }

  private static RunSign run(String id, RunReading reading) {
    return run(id, "v1", DAY, true, reading);
  }

  private static RunSign run(String id, String version, Instant at, @Nullable Boolean success) {
    return run(id, version, at, success, reading(1, 0));
  }

  private static RunSign run(
      String id, String version, Instant at, @Nullable Boolean success, RunReading reading) {
    return new RunSign(
        id,
        "a",
        "production",
        version,
        id,
        at,
        RunStatus.FINISHED,
        null,
        success,
        3,
        new RunCost(new BigDecimal(2), "USD", 1, 0),
        reading);
  }
}
