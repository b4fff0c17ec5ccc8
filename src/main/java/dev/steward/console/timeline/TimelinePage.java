// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.timeline;

import dev.steward.console.chart.Chart;
import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened to one agent.
///
/// @param back address of the agent's page
/// @param lede how much it is, in what time
/// @param words the picture in a sentence
/// @param height of the picture, in pixels
/// @param lanes none where nothing happened
/// @param ticks of the axis
/// @param rows the newest first
/// @param cut that the oldest are left out, "" when they are not
public record TimelinePage(
    Frame frame,
    String name,
    String back,
    String lede,
    String words,
    int height,
    List<Lane> lanes,
    List<Chart.Tick> ticks,
    List<Row> rows,
    String cut) {
  public TimelinePage {
    lanes = List.copyOf(lanes);
    ticks = List.copyOf(ticks);
    rows = List.copyOf(rows);
  }

  /// One moment.
  ///
  /// @param mark null where it is neither good nor bad
  /// @param where the environment, "" for none
  public record Row(
      String id,
      Moment at,
      String kind,
      @Nullable Mark mark,
      String title,
      String href,
      String detail,
      String where,
      String by) {}
}
