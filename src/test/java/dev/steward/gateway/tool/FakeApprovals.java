// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.approval.ApprovalEnding;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.approval.Asking;
import dev.steward.gateway.approval.PeoplesTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// People who answer as told, each approval once.
final class FakeApprovals implements ApprovalStep {
  final Set<String> used = new HashSet<>();
  BiFunction<Decision.RequireApproval, Asking, ApprovalEnding> people =
      (_, _) ->
          new ApprovalEnding.Waiting(
              "a-1", java.time.Instant.MAX, "http://steward/approvals/a-1", "wait for a-1");

  @Override
  public ApprovalEnding ask(Decision.RequireApproval decision, Asking asking) {
    return people.apply(decision, asking);
  }

  @Override
  public Verdict resumed(ApprovalEnding.Approved approved, Decision again) {
    return switch (again) {
      case Verdict verdict -> verdict;
      case Decision.RequireApproval _ -> approved.verdict();
    };
  }

  @Override
  public void used(String approval) {
    if (!used.add(approval)) {
      throw new ApiException(ErrorCode.CONFLICT, approval + " was used");
    }
  }

  @Override
  public PeoplesTime timeOf(String approval) {
    return new PeoplesTime(Duration.ofMillis(1500), Optional.of(BigDecimal.TWO));
  }
}
