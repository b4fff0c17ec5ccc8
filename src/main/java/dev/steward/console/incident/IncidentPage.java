// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.incident;

import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One incident: how it stands, what may have caused it, what its runs did, and all that happened.
///
/// @param why it was opened
/// @param done what was just done, "" for nothing
/// @param wrong why it was not, "" where it was
/// @param deeds what the reader may do about it
/// @param ways what ends its harm, agent by agent
/// @param facts who leads, since when, and the measured times
/// @param causes what is known of why, the likeliest first
/// @param open effects that nobody compensated
/// @param lines what happened, the newest first
/// @param cut that older lines are left out, or runs are not shown, "" for neither
/// @param report address of the report
public record IncidentPage(
    Frame frame,
    String title,
    Mark mark,
    String severity,
    String why,
    String done,
    String wrong,
    List<Deed> deeds,
    List<Ways> ways,
    List<Fact> facts,
    List<Line> causes,
    List<Line> open,
    List<Line> lines,
    String cut,
    String report) {
  public IncidentPage {
    deeds = List.copyOf(deeds);
    ways = List.copyOf(ways);
    facts = List.copyOf(facts);
    causes = List.copyOf(causes);
    open = List.copyOf(open);
    lines = List.copyOf(lines);
  }

  /// What can be done about one agent in one place.
  public record Ways(String about, List<Deed> deeds) {
    public Ways {
      deeds = List.copyOf(deeds);
    }
  }

  /// Something that happened.
  ///
  /// @param at null where that is not what matters
  /// @param mark null where it is neither good nor bad
  /// @param kind what sort of thing it is
  /// @param href where it is told
  /// @param words whether these are a person's words and nothing that was seen
  public record Line(
      @Nullable Moment at,
      @Nullable Mark mark,
      String kind,
      String title,
      String href,
      String detail,
      String by,
      boolean words) {}
}
