// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.budget.Forecast;
import dev.steward.console.chart.Chart;
import dev.steward.console.filter.SortHead;
import dev.steward.console.format.CostText;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Empty;
import dev.steward.console.part.FilterBar;
import dev.steward.console.part.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What agents cost in a stretch of time.
///
/// @param figures the few numbers that answer at a glance
/// @param narrowing what is chosen, each with the address without it
/// @param empty what to show instead, null when there is something
/// @param dearest address of the same runs, the most expensive first
/// @param exports the same as files
/// @param group the first dimension in a word
/// @param forecasts where the open windows of budgets that pay for this are heading
/// @param currency of all amounts
public record CostPage(
    Frame frame,
    String lede,
    List<Figure> figures,
    FilterBar filters,
    List<Link> narrowing,
    @Nullable Empty empty,
    @Nullable Chart chart,
    String group,
    String currency,
    Heads heads,
    List<Forecast> forecasts,
    List<CostRow> rows,
    String rest,
    boolean compared,
    boolean tasks,
    String dearest,
    List<Link> exports) {

  /// A number with what it is.
  ///
  /// @param note beside or under it: its sample, or why it is not known
  /// @param href the things that it summarises, "" for none
  public record Figure(String words, CostText value, String note, String href) {}

  /// The heads of columns that the table can be sorted by.
  public record Heads(
      SortHead name,
      SortHead cost,
      SortHead change,
      SortHead unknown,
      SortHead runs,
      SortHead task) {}
}
