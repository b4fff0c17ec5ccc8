// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.format.Moment;
import dev.steward.console.format.Rate;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One drift with its evidence, as it is shown.
///
/// @param title the answer in a sentence
/// @param effect the difference in points
/// @param found in which run, and how long after the beginning
/// @param sure how often the test alarms without a reason
/// @param causes the likeliest first
/// @param untold why no cause can be told, "" where one can
/// @param comparison address that compares a run from before with one since, "" for none
public record AlarmPart(
    String id,
    String title,
    Rate before,
    Rate since,
    String effect,
    Moment began,
    Moment earliest,
    Moment latest,
    Moment foundAt,
    String found,
    String sure,
    List<CauseRow> causes,
    String untold,
    List<Example> examplesBefore,
    List<Example> examplesSince,
    String comparison) {
  public AlarmPart {
    causes = List.copyOf(causes);
    examplesBefore = List.copyOf(examplesBefore);
    examplesSince = List.copyOf(examplesSince);
  }

  /// Something that may have caused it.
  ///
  /// @param fit how well its time fits, 0 to 1
  public record CauseRow(
      String title, String detail, String href, String kind, Moment at, String fit, String why) {}

  /// A run.
  ///
  /// @param href "" where it is gone, or not the reader's to see
  /// @param mark null with it
  public record Example(
      String id, String href, @Nullable Mark mark, String words, @Nullable Moment at) {}
}
