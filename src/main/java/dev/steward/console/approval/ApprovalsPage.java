// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.frame.Frame;
import java.util.List;

/// The inbox.
///
/// @param waiting the newest first
/// @param words how many wait
/// @param ended the newest first
public record ApprovalsPage(
    Frame frame, String words, List<ApprovalRow> waiting, List<ApprovalRow> ended) {}
