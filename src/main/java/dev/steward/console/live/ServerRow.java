// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.console.format.Moment;
import dev.steward.console.part.Mark;
import org.jspecify.annotations.Nullable;

/// How one tool server or endpoint of an agent has answered in the last hour.
///
/// @param probe when a single call may try again, "" where calls may
/// @param errors of the calls, "" for none
/// @param error the last one in words, "" for none
/// @param errorAt null without one
public record ServerRow(
    String anchor,
    String name,
    String href,
    String kind,
    Mark mark,
    String probe,
    String inFlight,
    String limit,
    String calls,
    String errors,
    String firstByte,
    String firstByteMost,
    String whole,
    String wholeMost,
    String turnedAway,
    String error,
    @Nullable Moment errorAt) {}
