// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.frame;

import org.jspecify.annotations.Nullable;

/// One page in the rail.
///
/// @param icon name of its symbol
/// @param count what waits there, "" for nothing
/// @param countMark class of that count
/// @param countWords what the count counts
/// @param current "page" on this page, else null
public record NavItem(
    String label,
    String href,
    String icon,
    String count,
    String countMark,
    String countWords,
    @Nullable String current) {}
