// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.release;

import dev.steward.console.format.Moment;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import org.jspecify.annotations.Nullable;

/// One stage of an agent, as a stop on the track from development to production.
///
/// @param environment what it is called
/// @param version in force, "" for none
/// @param since when it came there, null where no release brought it
/// @param brought the release that brought it, null where none did
/// @param open the release on its way there, null where none is
/// @param start what releases the version of the stage before, null where it cannot be
/// @param trial what tries that version on a share first, null where it cannot be
/// @param copilot what puts that version in force so that it proposes, null where it cannot be
/// @param standby what lets that version stand by, null where it cannot
/// @param shadow what gives that version copies of live calls, null where it cannot get any
/// @param back what rolls back, null where there is no way back or the reader may not
/// @param here whether the page's release goes there
public record TrackStage(
    String environment,
    Mark mark,
    String version,
    @Nullable Moment since,
    @Nullable Link brought,
    @Nullable Link open,
    @Nullable Deed start,
    @Nullable Deed trial,
    @Nullable Deed copilot,
    @Nullable Deed standby,
    @Nullable Deed shadow,
    @Nullable Deed back,
    boolean here) {}
