// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.drift;

import dev.steward.console.chart.Chart;
import dev.steward.console.format.Moment;
import dev.steward.console.format.Rate;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What moved in the runs of an agent in one environment, how sure that is, since when and why.
///
/// @param lede the answer in a sentence
/// @param done what was just done, "" for nothing
/// @param wrong why it was not, "" where it was
/// @param ways on from here
/// @param back the way to an earlier version, null while no alarm is open
/// @param deeds what the reader may do about it
/// @param alarms that are open, the newest first
/// @param missing what there is too little of, null where there is enough
/// @param baseline what the runs are compared with, null for none
/// @param marks what happened meanwhile, by the letters of the charts
/// @param traits the nearest to an alarm first
/// @param closed alarms that somebody closed, the newest first
public record AgentDriftPage(
    Frame frame,
    String agent,
    String environment,
    Mark mark,
    String lede,
    String done,
    String wrong,
    List<Link> ways,
    @Nullable Link back,
    List<Deed> deeds,
    List<AlarmPart> alarms,
    @Nullable Empty missing,
    @Nullable BaselinePart baseline,
    List<Chart.MarkLine> marks,
    List<TraitRow> traits,
    List<ClosedRow> closed) {
  public AgentDriftPage {
    ways = List.copyOf(ways);
    deeds = List.copyOf(deeds);
    alarms = List.copyOf(alarms);
    marks = List.copyOf(marks);
    traits = List.copyOf(traits);
    closed = List.copyOf(closed);
  }

  /// What the runs are compared with.
  ///
  /// @param from when the first run of it was heard of
  /// @param to when the last was
  /// @param lookedAt null until its runs were read
  public record BaselinePart(
      List<Fact> facts, Moment from, Moment to, Moment learntAt, @Nullable Moment lookedAt) {
    public BaselinePart {
      facts = List.copyOf(facts);
    }
  }

  /// One thing about the runs.
  ///
  /// @param words what its shares are shares of
  /// @param before of the baseline
  /// @param lately of the last runs
  /// @param evidence of a drift; 1 alarms
  /// @param drift that was found, null for none
  public record TraitRow(
      String id,
      String words,
      Mark mark,
      Rate before,
      Rate lately,
      String runs,
      String evidence,
      @Nullable Beginning drift,
      Chart chart) {}

  /// Since when and how far something drifted.
  public record Beginning(Rate since, Moment began, Moment earliest, Moment latest) {}

  /// An alarm that is over.
  public record ClosedRow(
      String words, String why, Moment began, Moment at, String by, String reason) {}
}
