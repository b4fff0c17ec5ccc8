// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.control.approval.Approval;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.release.Wilson;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What people answered to a version that proposes and does not act by itself.
///
/// @param unchanged calls that they agreed to as they were proposed
/// @param edited calls that they agreed to with other arguments
/// @param denied calls that they said no to
/// @param unanswered calls that nobody answered in time
public record Proposing(Instant since, int unchanged, int edited, int denied, int unanswered) {
  /// No policy can be called so.
  private static final String RULE = "copilot:release";

  static Proposing begun(Instant at) {
    return new Proposing(at, 0, 0, 0, 0);
  }

  /// Under which name a release asks people about its version's calls.
  public static RuleName rule(String release) {
    return new RuleName(RULE, release);
  }

  /// The release whose version proposed a call, empty where rules of policies alone asked.
  public static Optional<String> release(Approval approval) {
    String start = RULE + "/";
    for (String rule : approval.question().rules()) {
      if (rule.startsWith(start)) {
        return Optional.of(rule.substring(start.length()));
      }
    }
    return Optional.empty();
  }

  /// Calls that people answered.
  public int answered() {
    return unchanged + edited + denied;
  }

  /// The share of the answers that left a call as it was proposed.
  public Wilson agreement() {
    return new Wilson(unchanged, answered());
  }

  /// With one approval as it stands now in place of as it stood.
  Proposing counted(Approval before, Approval after) {
    return of(before, -1).apply(of(after, 1).apply(this));
  }

  private static UnaryOperator<Proposing> of(Approval approval, int one) {
    return switch (approval.status()) {
      case PENDING -> counts -> counts;
      case APPROVED, USED ->
          approval.edited().isEmpty()
              ? counts -> counts.plus(one, 0, 0, 0)
              : counts -> counts.plus(0, one, 0, 0);
      case DENIED -> counts -> counts.plus(0, 0, one, 0);
      case EXPIRED -> counts -> counts.plus(0, 0, 0, one);
    };
  }

  private Proposing plus(int agreed, int changed, int refused, int expired) {
    return new Proposing(
        since, unchanged + agreed, edited + changed, denied + refused, unanswered + expired);
  }
}
