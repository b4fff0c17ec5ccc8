// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.frame.PageUrl;
import dev.steward.console.frame.TimeRange;
import dev.steward.trace.run.CostQuery.By;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/// The addresses of the runs behind sums of cost.
record RunLinks(CostRequest asked, PageUrl url) {

  /// All that the page is about.
  String all() {
    return runs().toString();
  }

  /// The most expensive first.
  String dearest() {
    return runs().with("sort", "cost").toString();
  }

  /// Those of unknown cost.
  String unknown() {
    return runs().with("cost", "unknown").toString();
  }

  /// Those of one group, "" where the list of runs cannot be filtered so.
  String group(By by, String value) {
    PageUrl filtered = group(runs(), by, value);
    return filtered == null ? "" : filtered.toString();
  }

  /// Those of one group whose cost is unknown.
  String unknown(By by, String value) {
    PageUrl filtered = group(runs(), by, value);
    return filtered == null ? "" : filtered.with("cost", "unknown").toString();
  }

  private static @org.jspecify.annotations.Nullable PageUrl group(
      PageUrl runs, By by, String value) {
    if (by == By.DAY) {
      var start = LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
      return runs.with("range", TimeRange.between(start, start.plusSeconds(86_400)));
    }
    return value.isEmpty() ? null : runs.with(CostRequest.word(by), value);
  }

  private PageUrl runs() {
    PageUrl runs = PageUrl.of("/runs").with("range", asked.range().key());
    for (Map.Entry<By, String> chosen : asked.chosen().entrySet()) {
      runs = runs.with(CostRequest.word(chosen.getKey()), chosen.getValue());
    }
    return runs;
  }
}
