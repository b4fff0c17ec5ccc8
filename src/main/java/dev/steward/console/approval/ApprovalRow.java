// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.format.Moment;
import dev.steward.console.part.Mark;

/// An approval in the inbox.
///
/// @param anchor id of the row on the page
/// @param arguments in one line, or why they are not shown
/// @param rule that asked
/// @param until when it expires, or when it came to how it stands
/// @param untilWords what `until` is
public record ApprovalRow(
    String anchor,
    String href,
    String wish,
    String arguments,
    Mark mark,
    String rule,
    Moment asked,
    Moment until,
    String untilWords) {}
