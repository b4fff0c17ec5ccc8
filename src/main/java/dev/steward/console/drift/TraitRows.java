// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.chart.Chart;
import dev.steward.console.chart.Happening;
import dev.steward.console.chart.Measure;
import dev.steward.console.chart.Scatter;
import dev.steward.console.chart.Times;
import dev.steward.console.chart.Trend;
import dev.steward.console.drift.AgentDriftPage.Beginning;
import dev.steward.console.drift.AgentDriftPage.TraitRow;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Rate;
import dev.steward.console.part.Mark;
import dev.steward.domain.release.Wilson;
import dev.steward.insight.behaviour.Place;
import dev.steward.insight.finding.Words;
import dev.steward.insight.trait.LearntBaseline;
import dev.steward.insight.trait.TraitDrift;
import dev.steward.insight.trait.TraitReading;
import dev.steward.insight.trait.TraitReading.Stretch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Makes a row with a chart of each thing that is watched; all charts have the same axis.
///
/// @param least runs for anything to be said
record TraitRows(Place place, Times times, List<Happening> happenings, int least, Moments moments) {
  /// More of them cannot be told apart in a small chart.
  private static final int POINTS_MAX = 30;

  private static final Duration WIDTH_MIN = Duration.ofHours(1);

  /// From the baseline's end to now.
  static Times axis(LearntBaseline baseline, List<TraitReading> readings, Moments moments) {
    Instant to = moments.now();
    for (TraitReading reading : readings) {
      if (!reading.course().isEmpty() && reading.course().getLast().to().isAfter(to)) {
        to = reading.course().getLast().to();
      }
    }
    Instant latest = to.minus(WIDTH_MIN);
    return new Times(baseline.to().isBefore(latest) ? baseline.to() : latest, to, moments.zone());
  }

  List<TraitRow> of(List<TraitReading> readings) {
    List<TraitRow> rows = new ArrayList<>();
    for (TraitReading reading : readings) {
      rows.add(row("trait-" + rows.size(), reading));
    }
    return rows;
  }

  private TraitRow row(String id, TraitReading reading) {
    return new TraitRow(
        id,
        Words.begin(reading.trait().words()),
        mark(reading),
        DriftWords.rate(reading.before()),
        DriftWords.rate(reading.lately()),
        Figures.of(reading.runs(), "run", "runs") + " since the baseline",
        DriftWords.level(reading.level()),
        reading
            .drift()
            .map(drift ->
                new Beginning(
                    DriftWords.rate(drift.since()),
                    moments.of(drift.began()),
                    moments.of(drift.earliest()),
                    moments.of(drift.latest())))
            .orElse(null),
        chart(reading));
  }

  private Mark mark(TraitReading reading) {
    if (reading.drift().isPresent()) {
      return new Mark(
          Mark.Tone.WARNING, reading.drift().get().up() ? "Drifted up" : "Drifted down");
    }
    return reading.runs() < least
        ? new Mark(Mark.Tone.UNKNOWN, "Not enough data")
        : new Mark(Mark.Tone.OK, "Steady");
  }

  private Chart chart(TraitReading reading) {
    List<Stretch> course = merged(reading.course());
    Chart chart =
        new Trend(
                Words.begin(reading.trait().words()),
                Measure.SHARE,
                "",
                times.from(),
                times.to(),
                course.stream().map(this::point).toList(),
                band(reading.before(), course),
                happenings,
                moments.zone())
            .draw();
    return reading.drift().map(drift -> chart.with(beginning(drift))).orElse(chart);
  }

  /// Where the share of a stretch of the usual size would lie, were all as in the baseline.
  private static Trend.Baseline band(Wilson before, List<Stretch> course) {
    Scatter scatter = Scatter.of(course.isEmpty() ? 1 : course.getFirst().share().whole());
    return new Trend.Baseline(
        scatter.low(before.low()),
        scatter.high(before.high()),
        "for %s, from %s"
            .formatted(
                Figures.of(scatter.size(), "run", "runs"),
                Figures.of(before.whole(), "run", "runs")));
  }

  /// From the earliest to the latest, and the likeliest.
  private List<Chart.Box> beginning(TraitDrift drift) {
    return List.of(
        times.box("began-within", drift.earliest(), drift.latest()),
        times.box("began", drift.began(), drift.began()));
  }

  /// Neighbours together, so that there are few enough.
  private static List<Stretch> merged(List<Stretch> course) {
    int each = (course.size() + POINTS_MAX - 1) / POINTS_MAX;
    List<Stretch> merged = new ArrayList<>();
    for (int from = 0; from < course.size(); from += each) {
      List<Stretch> part = course.subList(from, Math.min(course.size(), from + each));
      long ones = part.stream().mapToLong(stretch -> stretch.share().part()).sum();
      long whole = part.stream().mapToLong(stretch -> stretch.share().whole()).sum();
      merged.add(new Stretch(part.getFirst().from(), part.getLast().to(), new Wilson(ones, whole)));
    }
    return merged;
  }

  /// In the middle of its time, leading to its runs.
  private Trend.Point point(Stretch stretch) {
    Rate rate = DriftWords.rate(stretch.share());
    return new Trend.Point(
        stretch.from().plus(Duration.between(stretch.from(), stretch.to()).dividedBy(2)),
        percent(100 * stretch.share().share()),
        percent(rate.low()),
        percent(rate.high()),
        rate.whole(),
        PageUrl.of("/runs")
            .with("agent", place.agent())
            .with("environment", place.environment())
            .with("from", stretch.from().toString())
            .with("to", stretch.to().plusMillis(1).toString())
            .toString());
  }

  private static BigDecimal percent(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }
}
