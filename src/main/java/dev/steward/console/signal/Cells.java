// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.signal;

import dev.steward.console.format.CostText;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Rate;
import dev.steward.console.format.Took;
import dev.steward.console.signal.AgentSignalsPage.Cell;
import dev.steward.domain.release.Wilson;
import dev.steward.domain.resource.Agent.Worth;
import dev.steward.insight.window.CostPerSuccess;
import dev.steward.insight.window.Count;
import dev.steward.insight.window.Net;
import dev.steward.insight.window.Waste;
import dev.steward.insight.window.Window;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Figures of a window in words; what is not known says so.
final class Cells {
  private Cells() {}

  static Cell share(Wilson share, String none) {
    Rate rate = new Rate(share.part(), share.whole());
    return rate.known()
        ? new Cell(rate.percent(), rate.interval() + ", n " + Figures.count(rate.whole()), false)
        : Cell.unknown(none);
  }

  static Cell count(Window window, Count what) {
    return Cell.of(Figures.count(window.count(what)));
  }

  static Cell cost(Window window) {
    CostText text = CostText.of(window.cost());
    return new Cell(
        text.text(), text.quiet() ? text.note() : window.cost().currency(), text.quiet());
  }

  static Cell perRun(Window window) {
    RunCost cost = window.cost();
    long runs = window.count(Count.RUNS);
    return cost.known() && runs > 0
        ? new Cell(
            Figures.money(cost.amount().divide(BigDecimal.valueOf(runs), MathContext.DECIMAL32)),
            cost.currency(),
            false)
        : Cell.unknown("not all costs are known");
  }

  static Cell perSuccess(Window window) {
    return switch (window.costPerSuccess()) {
      case CostPerSuccess.Unknown(String why) -> Cell.unknown(why);
      case CostPerSuccess.Known known ->
          new Cell(
              money(known.amount()),
              "%s–%s %s, n %s"
                  .formatted(
                      money(known.low()),
                      Double.isInfinite(known.high()) ? "?" : money(known.high()),
                      known.currency(),
                      Figures.count(known.tasks())),
              false);
    };
  }

  static Cell wasted(Window window) {
    if (window.waste().isEmpty()) {
      return Cell.of("–");
    }
    List<String> parts = new ArrayList<>();
    RunCost all = RunCost.NONE;
    for (Waste why : Waste.values()) {
      if (window.waste().containsKey(why)) {
        RunCost cost = window.wasted(why);
        all = all.plus(cost);
        parts.add(why.word() + " " + CostText.of(cost).text());
      }
    }
    CostText text = CostText.of(all);
    return new Cell(text.text(), String.join(", ", parts), text.quiet());
  }

  static Cell value(Map<String, Worth> worth, Window window) {
    return Net.of(worth, window)
        .map(net -> new Cell(Figures.money(net.value()), net.currency(), false))
        .orElseGet(() -> Cell.unknown("no outcome is worth anything"));
  }

  static Cell net(Map<String, Worth> worth, Window window) {
    return Net.of(worth, window)
        .flatMap(net -> net.net().map(left -> new Cell(Figures.money(left), net.currency(), false)))
        .orElseGet(() -> Cell.unknown("not all costs are known"));
  }

  static Cell steps(Window window) {
    long runs = window.count(Count.RUNS);
    return runs == 0
        ? Cell.of("–")
        : Cell.of(Figures.plain((double) window.count(Count.STEPS) / runs));
  }

  static Cell toolTimes(Window window) {
    OptionalLong half = window.latencies().quantile(0.5);
    OptionalLong most = window.latencies().quantile(0.95);
    return half.isPresent() && most.isPresent()
        ? new Cell(took(half), "p95 " + took(most), false)
        : Cell.of("–");
  }

  static Cell ungrounded(Window window) {
    return beside(
        share(window.ungrounded(), "no answer with numbers, ids or dates was captured"),
        window.count(Count.ANSWERS_UNKNOWN));
  }

  static Cell silent(Window window) {
    return beside(
        share(window.silent(), "no result of a tool was captured"),
        window.count(Count.RESULTS_UNKNOWN));
  }

  private static Cell beside(Cell cell, long unknown) {
    return unknown == 0 || cell.quiet()
        ? cell
        : new Cell(cell.text(), cell.below() + ", unknown of " + Figures.count(unknown), false);
  }

  private static String took(OptionalLong millis) {
    return Took.of(Duration.ofMillis(millis.getAsLong()));
  }

  static String money(double amount) {
    return Figures.money(new BigDecimal(amount).round(new MathContext(6)));
  }
}
