// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import dev.steward.console.chart.Bars;
import dev.steward.console.chart.Chart;
import dev.steward.console.chart.Happening;
import dev.steward.console.chart.Measure;
import dev.steward.console.chart.Scatter;
import dev.steward.console.chart.Trend;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Ids;
import dev.steward.console.format.Rate;
import dev.steward.console.profile.AgentFacts;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.ActorName;
import dev.steward.domain.Digest;
import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// What an agent did over time, as pictures whose points lead to the runs behind them.
final class Charts {
  private static final long BASELINE_MIN = 10;

  private static final int HAPPENINGS_MAX = 12;

  private final AgentFacts facts;
  private final ZoneId zone;
  private final Instant from;
  private final Instant to;
  private final Duration slice;

  Charts(AgentFacts facts, ZoneId zone) {
    this.facts = facts;
    this.zone = zone;
    from = facts.chart().getFirst().from();
    to = facts.chart().getLast().to();
    slice = Duration.between(from, facts.chart().getFirst().to());
  }

  Chart success() {
    List<Trend.Point> points = new ArrayList<>();
    for (ActivitySlice part : facts.chart()) {
      Rate rate = new Rate(part.successes(), part.withOutcome());
      points.add(
          rate.known()
              ? new Trend.Point(
                  part.from(),
                  percent(100.0 * part.successes() / part.withOutcome()),
                  percent(rate.low()),
                  percent(rate.high()),
                  rate.whole(),
                  runs(part).toString())
              : new Trend.Point(part.from(), null, 0, ""));
    }
    ActivitySlice before = facts.before();
    Trend.Baseline baseline = null;
    if (before != null && before.withOutcome() >= BASELINE_MIN) {
      baseline = baseline(before);
    }
    return new Trend("Success", Measure.SHARE, "", from, to, points, baseline, happenings(), zone)
        .draw();
  }

  /// Where the rate of a slice of the usual size would lie, were all as before.
  private Trend.Baseline baseline(ActivitySlice before) {
    long judged = 0;
    int slices = 0;
    for (ActivitySlice part : facts.chart()) {
      judged += part.withOutcome();
      slices += part.withOutcome() > 0 ? 1 : 0;
    }
    long usual = judged / Math.max(1, slices);
    Scatter scatter = Scatter.of(usual);
    double rate = (double) before.successes() / before.withOutcome();
    return new Trend.Baseline(
        scatter.low(rate),
        scatter.high(rate),
        "for %s, from %s before"
            .formatted(
                Figures.of(scatter.size(), "run", "runs"),
                Figures.of(before.withOutcome(), "run", "runs")));
  }

  /// Each time that another version was declared than before.
  private List<Happening> happenings() {
    List<Happening> all = new ArrayList<>();
    Digest before = null;
    for (Revision revision : facts.state().history("Agent", facts.name())) {
      Digest version = revision.version();
      if (version != null && before != null && !version.equals(before)) {
        if (revision.at().isAfter(from) && revision.at().isBefore(to)) {
          String shown = Ids.version(version.hex());
          all.add(
              new Happening(
                  revision.at(),
                  Happening.Kind.RELEASE,
                  shown,
                  "%s declared %s".formatted(ActorName.of(revision.by(), facts.state()), shown),
                  Versions.diff(facts.name(), before.hex(), version.hex())));
        }
      }
      before = version == null ? before : version;
    }
    return all.subList(Math.max(0, all.size() - HAPPENINGS_MAX), all.size());
  }

  Chart runs() {
    List<Bars.Bar> bars = new ArrayList<>();
    for (ActivitySlice part : facts.chart()) {
      bars.add(
          new Bars.Bar(
              part.from(),
              List.of(
                  BigDecimal.valueOf(part.runs() - part.errors()),
                  BigDecimal.valueOf(part.errors())),
              0,
              part.runs() == 0 ? "" : runs(part).toString()));
    }
    return new Bars(
            "Runs",
            Measure.COUNT,
            "runs",
            from,
            to,
            slice,
            List.of("without an error", "with errors"),
            bars,
            List.of(),
            zone)
        .draw();
  }

  Chart cost() {
    List<Bars.Bar> bars = new ArrayList<>();
    String currency = facts.sums().cost().currency();
    for (ActivitySlice part : facts.chart()) {
      bars.add(
          new Bars.Bar(
              part.from(),
              List.of(part.cost().amount()),
              part.cost().unknown(),
              part.runs() == 0 ? "" : runs(part).toString()));
    }
    return new Bars(
            "Cost",
            Measure.MONEY,
            currency,
            from,
            to,
            slice,
            List.of("known cost"),
            bars,
            List.of(),
            zone)
        .draw();
  }

  /// What was spent, and what a successful task came to.
  String costWords() {
    RunCost cost = facts.sums().cost();
    if (cost.priced() == 0) {
      return cost.unknown() == 0
          ? "nothing here has a price"
          : "unknown: no cost is known of " + Figures.of(cost.unknown(), "call", "calls");
    }
    String spent = CostText.of(cost).text() + " " + cost.currency();
    long tasks = facts.sums().successfulTasks();
    if (tasks == 0) {
      return spent + ", no task is known to have succeeded";
    }
    BigDecimal each = cost.amount().divide(BigDecimal.valueOf(tasks), MathContext.DECIMAL64);
    return "%s, %s%s %s per successful task, n %s%s"
        .formatted(
            spent,
            cost.unknown() == 0 ? "" : "at least ",
            Figures.money(each),
            cost.currency(),
            Figures.count(tasks),
            cost.unknown() == 0
                ? ""
                : "; unknown of " + Figures.of(cost.unknown(), "call", "calls"));
  }

  private PageUrl runs(ActivitySlice part) {
    return PageUrl.of("/runs")
        .with("agent", facts.name())
        .with("environment", facts.environment())
        .with("from", part.from().toString())
        .with("to", part.to().toString());
  }

  private static BigDecimal percent(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }
}
