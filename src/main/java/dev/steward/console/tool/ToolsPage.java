// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.filter.Choice;
import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Empty;
import dev.steward.console.part.FilterBar;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All tool servers, or who may call their tools.
///
/// @param tabs the two views, by their addresses
/// @param rows the servers, null in the other view
/// @param filters of the matrix
/// @param none what stands there without a server
public record ToolsPage(
    Frame frame,
    List<Choice> tabs,
    List<Row> rows,
    @Nullable FilterBar filters,
    @Nullable Matrix matrix,
    @Nullable Empty none) {
  public ToolsPage {
    tabs = List.copyOf(tabs);
    rows = List.copyOf(rows);
  }

  /// One server.
  ///
  /// @param kind what it speaks
  /// @param trouble why its tools cannot be asked for, "" when they can
  /// @param lately its calls of the last hour, "" where nobody calls it
  /// @param now what it does at this moment, "" for nothing
  /// @param hidden how many tools wait to be accepted, as a mark, null for none
  /// @param others what else there is to its tools, "" for nothing
  /// @param seen when it was asked last, null when it never was
  /// @param changed when it was declared last
  public record Row(
      String name,
      String href,
      String kind,
      String where,
      Mark health,
      String trouble,
      String lately,
      String now,
      String accepted,
      @Nullable Mark hidden,
      String others,
      @Nullable Moment seen,
      @Nullable Moment changed) {}
}
