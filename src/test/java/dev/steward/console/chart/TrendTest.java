// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final Instant FROM = Instant.parse("2026-11-18T00:00:00Z");
  private static final ZoneId UTC = ZoneId.of("UTC");

  @Test
  void theAxisOfAShareFollowsTheValuesAndThatOfACountBeginsAtZero() {
    Chart share = trend(Measure.SHARE, null, List.of(), 81, 85, 91).draw();
    assertThat(share.heights())
        .extracting(Chart.Tick::words)
        .containsExactly("80 %", "82.5 %", "85 %", "87.5 %", "90 %", "92.5 %");
    Chart count = trend(Measure.COUNT, null, List.of(), 3, 1, 2).draw();
    assertThat(count.heights()).extracting(Chart.Tick::words).containsExactly("0", "1", "2", "3");
    Chart ten = trend(Measure.COUNT, null, List.of(), 3, 10, 2).draw();
    assertThat(ten.heights()).extracting(Chart.Tick::words).containsExactly("0", "5", "10");
  }

  @Test
  void whatIsUnknownIsAGapAndNeverZero() {
    Chart chart = trend(Measure.COUNT, null, List.of(), 4, null, 4).draw();

    assertThat(chart.strokes().getFirst().path()).doesNotContain("L").startsWith("M0.0 ");
    assertThat(chart.stops().get(1).y()).isEmpty();
    assertThat(chart.stops().get(1).words()).contains("unknown").contains("n 0");
    assertThat(chart.rows().get(1).cells()).contains("unknown");
  }

  @Test
  void onlyWhatLeavesTheBaselineIsDrawnAsOutside() {
    Trend.Baseline baseline =
        new Trend.Baseline(BigDecimal.valueOf(83), BigDecimal.valueOf(87), "from 2,000 runs");
    Chart chart = trend(Measure.SHARE, baseline, List.of(), 85, 84, 91).draw();

    assertThat(chart.boxes()).extracting(Chart.Box::css).containsExactly("band");
    assertThat(chart.stops()).extracting(Chart.Stop::outside).containsExactly(false, false, true);
    assertThat(chart.strokes()).extracting(Chart.Stroke::css).containsExactly("line", "outside");
    assertThat(chart.words()).contains("1 outside of the baseline");
    assertThat(chart.legend().get(1).words())
        .isEqualTo("Baseline 83.0 % to 87.0 %, from 2,000 runs");
  }

  @Test
  void aPointNamesItsIntervalAndItsSize() {
    Trend.Point point =
        new Trend.Point(
            FROM,
            BigDecimal.valueOf(91),
            BigDecimal.valueOf(88.9),
            BigDecimal.valueOf(92.7),
            901,
            "/runs");
    Chart chart =
        new Trend(
                "Approved", Measure.SHARE, "", FROM, hours(6), List.of(point), null, List.of(), UTC)
            .draw();

    assertThat(chart.stops().getFirst().words())
        .isEqualTo("Wed 18 Nov, 00:00: 91.0 %, 95 % interval 88.9 % to 92.7 %, n 901");
    assertThat(chart.rows().getFirst().cells())
        .containsExactly("Wed 18 Nov, 00:00", "91.0 %", "88.9 % to 92.7 %", "901");
  }

  @Test
  void whatHappenedIsLetteredInItsOrderAndLeftOutWhenItWasNotThen() {
    List<Happening> happenings =
        List.of(
            new Happening(hours(5), Happening.Kind.INCIDENT, "INC-31", "opened", ""),
            new Happening(hours(1), Happening.Kind.RELEASE, "v13", "released", "/ledger/4"),
            new Happening(hours(-3), Happening.Kind.CHANGE, "handbook", "changed", ""));
    Chart chart = trend(Measure.COUNT, null, happenings, 1, 2, 3).draw();

    assertThat(chart.marks()).extracting(Chart.MarkLine::letter).containsExactly("A", "B");
    assertThat(chart.marks()).extracting(Chart.MarkLine::name).containsExactly("v13", "INC-31");
    assertThat(chart.marks()).extracting(Chart.MarkLine::before).containsExactly(false, true);
  }

  @Test
  void nothingKnownIsSaidInWords() {
    Chart chart = trend(Measure.SHARE, null, List.of(), (Integer) null).draw();
    assertThat(chart.empty()).isTrue();
    assertThat(chart.words()).isEqualTo("Success: nothing is known in this time");
  }

  @Test
  void barsStackAndKeepTheUnknownApart() {
    Bars.Bar known = new Bars.Bar(FROM, List.of(money("2.5"), money("1.5")), 0, "/runs");
    Bars.Bar partly = new Bars.Bar(hours(3), List.of(money("0"), money("0")), 4, "");
    Chart chart =
        new Bars(
                "Cost",
                Measure.MONEY,
                "USD",
                FROM,
                hours(6),
                Duration.ofHours(3),
                List.of("claims", "refunds"),
                List.of(known, partly),
                List.of(),
                UTC)
            .draw();

    assertThat(chart.boxes())
        .extracting(Chart.Box::css)
        .containsExactly("c-1", "c-2", "unknown-part");
    assertThat(chart.boxes().getFirst().height()).isEqualTo("62.50%");
    assertThat(chart.stops())
        .extracting(Chart.Stop::words)
        .containsExactly(
            "Wed 18 Nov, 00:00: 4.00 USD; claims 2.50, refunds 1.50",
            "Wed 18 Nov, 03:00: unknown; unknown of 4");
  }

  private static Trend trend(
      Measure measure,
      Trend.@Nullable Baseline baseline,
      List<Happening> happenings,
      @Nullable Integer... values) {
    List<Trend.Point> points = new ArrayList<>();
    for (@Nullable Integer value : Arrays.asList(values)) {
      points.add(
          new Trend.Point(
              hours(3 * points.size()),
              value == null ? null : BigDecimal.valueOf(value),
              value == null ? 0 : 40,
              ""));
    }
    return new Trend("Success", measure, "", FROM, hours(6), points, baseline, happenings, UTC);
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }

  private static Instant hours(int hours) {
    return FROM.plus(Duration.ofHours(hours));
  }
}
