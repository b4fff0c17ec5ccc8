// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.format.Moment;
import dev.steward.console.format.Rate;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is watched, those that drifted first.
///
/// @param none what stands there without any, null where there is one
public record DriftsPage(Frame frame, String lede, List<Row> rows, @Nullable Empty none) {
  public DriftsPage {
    rows = List.copyOf(rows);
  }

  /// One agent in one environment.
  ///
  /// @param missing what there is too little of, "" where there is enough
  /// @param trait the nearest to an alarm, "" for none
  /// @param before of it in the baseline
  /// @param lately of it since the drift began, else of the last runs
  /// @param since when it probably began to drift, or since when it is watched; null for neither
  /// @param sinceWords which of them
  /// @param baseline its size and version, "" for none
  public record Row(
      String agent,
      String environment,
      String href,
      Mark mark,
      String missing,
      String trait,
      @Nullable Rate before,
      @Nullable Rate lately,
      @Nullable Moment since,
      String sinceWords,
      String perDay,
      String baseline,
      String version) {}
}
