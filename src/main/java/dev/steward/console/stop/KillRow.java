// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stop;

import dev.steward.console.format.Moment;
import dev.steward.console.part.Deed;
import dev.steward.console.part.Mark;
import org.jspecify.annotations.Nullable;

/// A kill in force, as a row.
///
/// @param by who placed it
/// @param note what else is to be known, "" for nothing
/// @param restore null for a reader who may not
public record KillRow(
    String meaning,
    String reason,
    Mark mark,
    String note,
    Moment since,
    String by,
    @Nullable Deed restore) {}
