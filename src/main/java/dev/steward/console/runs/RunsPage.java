// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.runs;

import dev.steward.console.frame.Filter;
import dev.steward.console.frame.Frame;
import dev.steward.console.frame.SortHead;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list of runs under its filters.
///
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
    Map<String, String> kept) {

  /// A filter that came with a link.
  public record Narrowing(String words, String without) {}
}
