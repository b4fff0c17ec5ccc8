// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.chart.Bars;
import dev.steward.console.chart.Chart;
import dev.steward.console.chart.Measure;
import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.trace.run.CostQuery.By;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Draws cost over time, stacked of what costs most and the rest.
record CostChart(CostRequest asked, CostSums sums, PageUrl url, ZoneId zone, Instant now) {
  private static final int PARTS_MAX = 6;

  Chart draw() {
    List<String> names = sums.stacked();
    List<String> top = names.subList(0, Math.min(PARTS_MAX, names.size()));
    boolean rest = names.size() > top.size();
    By split = asked.split();
    By stackedBy = split == null ? asked.group() : split;
    List<String> words = new ArrayList<>();
    for (String name : top) {
      words.add(stackedBy.time() ? "cost" : CostTable.shown(stackedBy, name));
    }
    if (rest) {
      words.add(Figures.of(names.size() - top.size(), "other", "others"));
    }
    Slices slices = sums.slices();
    Instant begin = slices.floor(sums.from());
    Instant end = asked.range().to().isAfter(now) ? now : asked.range().to();
    Instant last = slices.floor(end.minusMillis(1)).plus(slices.length());
    List<Bars.Bar> bars = new ArrayList<>();
    for (Instant at = begin; at.isBefore(last); at = at.plus(slices.length())) {
      bars.add(bar(at, top, rest));
    }
    return new Bars(
            "Cost over time",
            Measure.MONEY,
            sums.total().cost().currency(),
            begin,
            last,
            slices.length(),
            words,
            bars,
            List.of(),
            zone)
        .draw();
  }

  private Bars.Bar bar(Instant at, List<String> top, boolean rest) {
    Map<String, Sum> held = sums.bars().getOrDefault(at, Map.of());
    List<BigDecimal> parts = new ArrayList<>();
    Sum all = held.values().stream().reduce(Sum.NONE, Sum::plus);
    BigDecimal others = all.amount();
    for (String name : top) {
      BigDecimal amount = held.getOrDefault(name, Sum.NONE).amount();
      parts.add(amount);
      others = others.subtract(amount);
    }
    if (rest) {
      parts.add(others.max(BigDecimal.ZERO));
    }
    String href = held.isEmpty() ? "" : url.with("range", sums.slices().range(at)).toString();
    return new Bars.Bar(at, parts, all.cost().unknown(), href);
  }
}
