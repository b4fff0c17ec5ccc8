// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.incident;

import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All incidents, those that are open first.
///
/// @param none what stands there without any, null where there is one
public record IncidentsPage(Frame frame, String lede, List<Row> rows, @Nullable Empty none) {
  public IncidentsPage {
    rows = List.copyOf(rows);
  }

  /// One incident.
  ///
  /// @param about whom it is about, "" for nobody
  /// @param leads who does, "" for nobody
  /// @param lasted until it was resolved, or until now
  public record Row(
      String href,
      String title,
      Mark mark,
      String severity,
      String about,
      Moment began,
      Moment opened,
      String lasted,
      String leads) {}
}
