// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.now;

import dev.steward.console.format.CostText;
import dev.steward.console.format.Moment;
import dev.steward.console.format.Rate;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Sparkline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state of everything at this moment.
///
/// @param empty whether nothing has ever been sent
/// @param alarms what is wrong, the worst first
/// @param notes what is worth knowing
/// @param agents what agents did in the last day
/// @param rest how many more agents there are, "" for none
public record NowPage(
    Frame frame,
    Head head,
    boolean empty,
    List<Card> alarms,
    List<Card> notes,
    List<Line> agents,
    String agentsWords,
    String rest) {

  /// The answer in one sentence, and the day in another.
  ///
  /// @param working how many runs are at work, "" when none is
  public record Head(Mark mark, String title, String lede, String working) {}

  /// A finding.
  ///
  /// @param lines what can be run, as words and line
  public record Card(
      String anchor,
      Mark mark,
      String title,
      String why,
      @Nullable Moment since,
      List<Link> evidence,
      List<Link> remedies,
      List<Link> lines) {

    /// The same without what changes as time goes by, to tell whether anything else has changed.
    Card still() {
      return new Card(
          anchor,
          mark,
          title,
          why,
          since == null ? null : since.still(),
          evidence,
          remedies,
          lines);
    }
  }

  /// An agent's day.
  ///
  /// @param finding anchor of what was found about it, "" for nothing
  public record Line(
      String anchor,
      String agent,
      String href,
      Mark mark,
      String finding,
      long runs,
      Sparkline sparkline,
      Rate success,
      CostText cost,
      @Nullable Moment seen) {

    /// The same without what changes as time goes by, to tell whether anything else has changed.
    Line still() {
      return new Line(
          anchor,
          agent,
          href,
          mark,
          finding,
          runs,
          sparkline,
          success,
          cost,
          seen == null ? null : seen.still());
    }
  }
}
