// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.frame.Visit;
import dev.steward.console.view.ConsoleViews;
import dev.steward.control.approval.Status;
import dev.steward.control.consent.ApprovalView;
import dev.steward.control.live.ApprovalDesk.Said;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Answers as a form says.
record ApprovalDeeds(ConsoleViews views) {

  /// @param deed approve, edit or deny
  /// @return what was done, in words
  String act(Visit visit, String id, String deed) {
    String reason = visit.field("reason");
    Digest seen = digest(visit.field("digest"));
    Said said =
        switch (deed) {
          case "approve" -> new Said(true, reason, null, seen, null);
          case "edit" -> new Said(true, reason, visit.field("arguments"), seen, null);
          case "deny" -> new Said(false, reason, null, null, null);
          default -> throw new ApiException(ErrorCode.NOT_FOUND, "There is nothing like " + deed);
        };
    ApprovalView after = views.live().approvals().answer(id, said, visit.reader().actor());
    if (!said.approve()) {
      return "Denied. The agent is told so when it asks.";
    }
    return after.status() == Status.PENDING
        ? "You agreed. " + after.missing() + " more must agree."
        : "Approved" + (said.arguments() == null ? "." : " with edited arguments.");
  }

  private static @Nullable Digest digest(String hex) {
    try {
      return hex.isEmpty() ? null : new Digest(hex);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.MALFORMED, "digest is " + e.getMessage(), e);
    }
  }
}
