// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.alert;

import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.part.FilterBar;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All alerts, those that need somebody first, with the silences and the thresholds.
///
/// @param done what was just done, "" for nothing
/// @param wrong why it was not, "" where it was
/// @param none what stands there without any, null where there is one
public record AlertsPage(
    Frame frame,
    String lede,
    String done,
    String wrong,
    FilterBar filters,
    List<Row> rows,
    @Nullable Empty none,
    List<SilenceRow> silences,
    List<ReadingRow> readings) {
  public AlertsPage {
    rows = List.copyOf(rows);
    silences = List.copyOf(silences);
    readings = List.copyOf(readings);
  }

  /// One alert.
  ///
  /// @param told who was told last, "" for nobody
  /// @param toldAt null for nobody
  /// @param next what is told next, in words
  public record Row(
      String href,
      String title,
      Mark mark,
      String severity,
      String rule,
      String about,
      Moment raised,
      String told,
      @Nullable Moment toldAt,
      String next) {}

  /// One silence.
  ///
  /// @param lift null where the reader may not lift it, or it is over
  public record SilenceRow(
      String words,
      Mark mark,
      Moment until,
      String hides,
      String by,
      String why,
      @Nullable Deed lift) {}

  /// What a threshold says of one agent.
  public record ReadingRow(
      String rule, String agent, String href, Mark mark, String value, String limit, String runs) {}
}
