// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.format.Moment;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Mark;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Releases as a list: of all agents, or of one with its stages.
///
/// @param done what was just done, "" for nothing
/// @param wrong why it was not, "" where it was
/// @param track the stages of the one agent, none for all agents
/// @param agents the way to each agent's stages
/// @param more how many are not shown, "" for none
/// @param none what stands there without a release
public record ReleasesPage(
    Frame frame,
    String title,
    String lede,
    String done,
    String wrong,
    List<TrackStage> track,
    List<Row> rows,
    List<Link> agents,
    String more,
    @Nullable Empty none) {
  public ReleasesPage {
    track = List.copyOf(track);
    rows = List.copyOf(rows);
    agents = List.copyOf(agents);
  }

  /// One release.
  ///
  /// @param way such as `staging to canary`
  /// @param missing what it waits for, "" for nothing
  public record Row(
      String href,
      String agent,
      String version,
      String way,
      Mark mark,
      String missing,
      Moment started,
      String by,
      String reason) {}
}
