// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.alert;

import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import java.util.List;

/// One alert: what fires, who was told and whether it arrived, what comes next, and what can be
/// done.
///
/// @param done what was just done, "" for nothing
/// @param wrong why it was not, "" where it was
/// @param runbook address of what to do, "" for none
/// @param next what is told next, in words
public record AlertPage(
    Frame frame,
    String title,
    Mark mark,
    String severity,
    String why,
    String done,
    String wrong,
    List<Deed> deeds,
    String runbook,
    List<Fact> facts,
    List<Firing> firing,
    List<Told> told,
    String next) {
  public AlertPage {
    deeds = List.copyOf(deeds);
    facts = List.copyOf(facts);
    firing = List.copyOf(firing);
    told = List.copyOf(told);
  }

  /// One thing that fires.
  ///
  /// @param why the numbers, "" where it is not found any more
  /// @param links where it can be seen
  public record Firing(String id, String title, String why, List<Link> links) {
    public Firing {
      links = List.copyOf(links);
    }
  }

  /// One notice through one channel.
  ///
  /// @param mark whether it arrived
  /// @param trouble why it did not, "" for none
  public record Told(Moment at, String what, String channel, Mark mark, String trouble) {}
}
