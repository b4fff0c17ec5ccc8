// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.filter.TimeRange;
import dev.steward.insight.sight.DiscreetCosts;
import dev.steward.trace.run.CostQuery.By;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The addresses of the runs behind sums of cost, "" where the list of runs cannot be filtered so.
record RunLinks(CostRequest asked, PageUrl url) {

  /// All that the page is about.
  String all() {
    return address(runs());
  }

  /// The most expensive first.
  String dearest() {
    PageUrl runs = runs();
    return runs == null ? "" : runs.with("sort", "cost").toString();
  }

  /// Those of unknown cost.
  String unknown() {
    PageUrl runs = runs();
    return runs == null ? "" : runs.with("cost", "unknown").toString();
  }

  /// Those of one group.
  String group(By by, String value) {
    return address(group(runs(), by, value));
  }

  /// Those of one group whose cost is unknown.
  String unknown(By by, String value) {
    PageUrl filtered = group(runs(), by, value);
    return filtered == null ? "" : filtered.with("cost", "unknown").toString();
  }

  /// The range of a day.
  static String day(String value) {
    Instant start = LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
    return TimeRange.between(start, start.plusSeconds(86_400));
  }

  private static String address(@Nullable PageUrl url) {
    return url == null ? "" : url.toString();
  }

  private static @Nullable PageUrl group(@Nullable PageUrl runs, By by, String value) {
    if (runs == null || !filters(by)) {
      return null;
    }
    if (by == By.DAY) {
      return runs.with("range", day(value));
    }
    return value.isEmpty() || value.equals(DiscreetCosts.HIDDEN)
        ? null
        : runs.with(CostRequest.word(by), value);
  }

  /// Whether the list of runs can be filtered by it.
  private static boolean filters(By by) {
    return switch (by) {
      case CALLER, WHAT, PROVIDER, STEP, RUN -> false;
      case AGENT, VERSION, MODEL, TOOL, WORKFLOW, TEAM, ENVIRONMENT, DAY, HOUR, MINUTE -> true;
    };
  }

  private @Nullable PageUrl runs() {
    if (!asked.chosen().keySet().stream().allMatch(RunLinks::filters)) {
      return null;
    }
    PageUrl runs = PageUrl.of("/runs").with("range", asked.range().key());
    for (Map.Entry<By, String> chosen : asked.chosen().entrySet()) {
      runs = runs.with(CostRequest.word(chosen.getKey()), chosen.getValue());
    }
    return runs;
  }
}
