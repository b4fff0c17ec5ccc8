// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.approval;

import dev.steward.console.format.Moments;
import dev.steward.console.part.Mark;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.PlainWords;
import dev.steward.control.approval.Status;
import dev.steward.control.consent.ApprovalView;
import java.time.Instant;

/// Makes rows of the inbox.
final class ApprovalRows {
  private static final int ARGUMENTS_MAX = 160;

  private ApprovalRows() {}

  static ApprovalRow row(ApprovalView view, Moments moments, Instant now) {
    Approval approval = view.approval();
    boolean open = view.status().open();
    return new ApprovalRow(
        "approval-" + approval.id(),
        "/approvals/" + approval.id(),
        PlainWords.wish(approval),
        view.arguments()
            .map(ApprovalRows::shortened)
            .orElse(view.content() ? "erased" : "not for your role to read"),
        mark(view),
        String.join(", ", approval.question().rules()),
        moments.of(approval.at()),
        moments.of(open ? approval.expiresAt() : approval.changedAt(now)),
        until(view.status()));
  }

  static Mark mark(ApprovalView view) {
    return switch (view.status()) {
      case PENDING ->
          view.approval().answers().isEmpty()
              ? new Mark(Mark.Tone.WAITING, "Waits")
              : new Mark(Mark.Tone.WAITING, "Waits for " + view.missing() + " more");
      case APPROVED -> new Mark(Mark.Tone.OK, "Approved");
      case DENIED -> new Mark(Mark.Tone.CRITICAL, "Denied");
      case EXPIRED -> new Mark(Mark.Tone.WARNING, "Expired");
      case USED -> new Mark(Mark.Tone.OK, "Approved and used");
    };
  }

  private static String until(Status status) {
    return switch (status) {
      case PENDING -> "denied without an answer";
      case APPROVED -> "void unless used";
      case DENIED, EXPIRED, USED -> status.word();
    };
  }

  static boolean waits(ApprovalView view) {
    return view.status() == Status.PENDING;
  }

  private static String shortened(String text) {
    return text.length() <= ARGUMENTS_MAX ? text : text.substring(0, ARGUMENTS_MAX - 1) + "…";
  }
}
