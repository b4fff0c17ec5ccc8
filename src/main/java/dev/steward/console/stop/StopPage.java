// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stop;

import dev.steward.console.format.CostText;
import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Deed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The page of the kill switch.
///
/// @param done what was just done, "" for nothing
/// @param wrong why it was refused, "" when it was not
/// @param asked what is asked to be killed, "" when nothing is
/// @param kill does it, null where nothing is asked or the reader may not
/// @param refused why there is no such button, "" where there is
/// @param calls that the reader may see, the longest running first
/// @param more how many more calls there are, "" for none
/// @param drills the newest first
public record StopPage(
    Frame frame,
    String done,
    String wrong,
    String asked,
    @Nullable Deed kill,
    String refused,
    List<KillRow> kills,
    List<CallRow> calls,
    String callsWords,
    String more,
    List<DrillRow> drills) {

  /// A call in flight.
  ///
  /// @param killHref the question before it is killed with its run, "" where the run is not known
  public record CallRow(
      String step,
      String agent,
      String model,
      Moment since,
      String tokens,
      CostText cost,
      String killHref) {}
}
