// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.filter.Filter;
import dev.steward.console.filter.SortHead;
import dev.steward.console.frame.Frame;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list of runs under its filters.
///
/// @param folded filters behind the fold
/// @param ever the page without filters, over all time
/// @param export address of the same as comma-separated values
/// @param narrowing filters that have no control of their own, in words, each with the address
///   without it
/// @param textOffered whether the reader may search in what was said
/// @param next address of the page behind, null on the last
/// @param newest address of the first page, null on it
/// @param nothing why no run is shown
public record RunsPage(
    Frame frame,
    String lede,
    List<Filter> filters,
    List<Filter> folded,
    List<Field> fields,
    List<Narrowing> narrowing,
    String text,
    boolean textOffered,
    SortHead started,
    SortHead took,
    SortHead steps,
    SortHead errors,
    SortHead cost,
    List<RunRow> rows,
    String result,
    @Nullable String next,
    @Nullable String newest,
    String nothing,
    String cleared,
    String ever,
    String export,
    Map<String, String> kept) {

  /// Whether one of the filters behind the fold is on.
  public boolean unfolded() {
    return !narrowing.isEmpty();
  }

  /// A filter that is written.
  ///
  /// @param type of the field in the form
  public record Field(String name, String label, String type, String value) {}

  /// A filter that is on and has no choice of its own above the list.
  public record Narrowing(String words, String without) {}
}
