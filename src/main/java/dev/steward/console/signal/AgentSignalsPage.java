// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.signal;

import dev.steward.console.chart.Chart;
import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Empty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the runs of one agent went.
///
/// @param back address of the agent's page
/// @param lede how many runs it is about
/// @param cut from when on all runs are known, "" where all are
/// @param empty what to do where there is no run, null where there is one
/// @param columns all runs, and each of the versions that ran last
/// @param left versions that are not shown, "" where all are
/// @param charts over time
/// @param windowWords how wide the windows are, and whether some are left out
/// @param windows the newest first
public record AgentSignalsPage(
    Frame frame,
    String name,
    String back,
    String lede,
    String cut,
    @Nullable Empty empty,
    List<String> columns,
    String left,
    List<Row> rows,
    List<Drawn> charts,
    String windowWords,
    List<WindowRow> windows) {

  /// One figure for each column.
  public record Row(String name, List<Cell> cells) {}

  /// A figure.
  ///
  /// @param below its interval, sample, or why it is not known; "" for none
  /// @param quiet whether it says that nothing is known
  public record Cell(String text, String below, boolean quiet) {
    static Cell of(String text) {
      return new Cell(text, "", false);
    }

    static Cell unknown(String why) {
      return new Cell("unknown", why, true);
    }
  }

  /// A chart with what it shows.
  public record Drawn(String title, String words, Chart chart) {}

  /// The runs of one version in one environment that began in one window.
  ///
  /// @param runsHref address of those runs
  public record WindowRow(
      Moment from,
      String where,
      String version,
      String runs,
      String runsHref,
      Cell success,
      Cell cost,
      Cell perSuccess,
      Cell wasted,
      Cell ungrounded,
      Cell silent) {}
}
