// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.format.Moment;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One stage of an agent, as a stop on the track from development to production.
///
/// @param environment what it is called
/// @param version in force, "" for none
/// @param since when it came there, null where no release brought it
/// @param brought the release that brought it, null where none did
/// @param open the release on its way there, null where none is
/// @param deeds what its reader may do there: release to it in one way or another, roll it back
/// @param here whether the page's release goes there
public record TrackStage(
    String environment,
    Mark mark,
    String version,
    @Nullable Moment since,
    @Nullable Link brought,
    @Nullable Link open,
    List<Deed> deeds,
    boolean here) {
  public TrackStage {
    deeds = List.copyOf(deeds);
  }
}
