// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import dev.steward.domain.decision.Verdict;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// How asking people about a call ended.
public sealed interface ApprovalEnding {
  /// Id of the approval.
  String approval();

  /// They agreed, and it was not used yet.
  ///
  /// @param verdict with the rules that asked and their obligations
  /// @param arguments to be sent; an approver may have edited them, so they are validated and
  ///   decided on once more
  record Approved(Verdict.Allow verdict, ObjectNode arguments, String approval)
      implements ApprovalEnding {}

  /// Nobody, or not enough people, answered yet: the same call made again finds this approval.
  ///
  /// @param url of the page where it is answered
  /// @param text for the agent: what it waits for and how to ask again
  record Waiting(String approval, Instant expires, String url, String text)
      implements ApprovalEnding {}

  /// Somebody said no, or nobody answered in time.
  ///
  /// @param reason for the agent
  record Denied(String approval, String reason) implements ApprovalEnding {}
}
