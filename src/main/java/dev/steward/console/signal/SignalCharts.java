// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.signal;

import dev.steward.console.chart.Bars;
import dev.steward.console.chart.Measure;
import dev.steward.console.chart.Trend;
import dev.steward.console.format.Rate;
import dev.steward.console.signal.AgentSignalsPage.Drawn;
import dev.steward.domain.release.Wilson;
import dev.steward.insight.window.CostPerSuccess;
import dev.steward.insight.window.Waste;
import dev.steward.insight.window.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/// Windows over time.
///
/// @param windows of all versions together, by their beginning
/// @param runs the address of a window's runs
record SignalCharts(
    SortedMap<Instant, Window> windows,
    Instant from,
    Instant to,
    Duration width,
    Function<Instant, String> runs,
    ZoneId zone) {

  List<Drawn> all(String currency) {
    return List.of(
        new Drawn(
            "Success",
            "of the runs of which it is known, with its 95 % interval",
            trend("Success", Measure.SHARE, "", this::success)),
        new Drawn(
            "Cost per successful task",
            "with all that was spent on those that did not succeed",
            trend("Cost per successful task", Measure.MONEY, currency, this::perSuccess)),
        new Drawn("Waste", "what was spent for nothing, by why", waste(currency)),
        new Drawn(
            "Ungrounded answers",
            "of the runs that answered anything definite",
            trend("Ungrounded answers", Measure.SHARE, "", this::ungrounded)));
  }

  private dev.steward.console.chart.Chart trend(
      String title,
      Measure measure,
      String unit,
      Function<Map.Entry<Instant, Window>, Trend.Point> point) {
    return new Trend(
            title,
            measure,
            unit,
            from,
            to,
            windows.entrySet().stream().map(point).toList(),
            null,
            List.of(),
            zone)
        .draw();
  }

  private Trend.Point success(Map.Entry<Instant, Window> window) {
    return share(window.getKey(), window.getValue().success());
  }

  private Trend.Point ungrounded(Map.Entry<Instant, Window> window) {
    return share(window.getKey(), window.getValue().ungrounded());
  }

  private Trend.Point share(Instant at, Wilson share) {
    Rate rate = new Rate(share.part(), share.whole());
    return rate.known()
        ? new Trend.Point(
            middle(at),
            percent(100 * share.share()),
            percent(rate.low()),
            percent(rate.high()),
            rate.whole(),
            runs.apply(at))
        : new Trend.Point(middle(at), null, 0, "");
  }

  private Trend.Point perSuccess(Map.Entry<Instant, Window> window) {
    Instant at = window.getKey();
    if (!(window.getValue().costPerSuccess() instanceof CostPerSuccess.Known known)) {
      return new Trend.Point(middle(at), null, 0, "");
    }
    return Double.isInfinite(known.high())
        ? new Trend.Point(middle(at), amount(known.amount()), known.tasks(), runs.apply(at))
        : new Trend.Point(
            middle(at),
            amount(known.amount()),
            amount(known.low()),
            amount(known.high()),
            known.tasks(),
            runs.apply(at));
  }

  private dev.steward.console.chart.Chart waste(String currency) {
    List<Bars.Bar> bars = new ArrayList<>();
    windows.forEach((at, window) -> {
      List<BigDecimal> parts = new ArrayList<>();
      long unknown = 0;
      for (Waste why : Waste.values()) {
        parts.add(window.wasted(why).amount());
        unknown += window.wasted(why).unknown();
      }
      bars.add(new Bars.Bar(at, parts, unknown, runs.apply(at)));
    });
    List<String> names = new ArrayList<>();
    for (Waste why : Waste.values()) {
      names.add(why.word());
    }
    return new Bars("Waste", Measure.MONEY, currency, from, to, width, names, bars, List.of(), zone)
        .draw();
  }

  private Instant middle(Instant at) {
    Instant middle = at.plus(width.dividedBy(2));
    return middle.isAfter(to) ? at.plus(Duration.between(at, to).dividedBy(2)) : middle;
  }

  private static BigDecimal percent(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }

  private static BigDecimal amount(double value) {
    return new BigDecimal(value).round(new MathContext(6));
  }
}
