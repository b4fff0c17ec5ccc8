// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.duty;

import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.decision.Obligations.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// One thing that must be done along with a call.
public sealed interface Duty {
  /// A field of the result that the agent must not see.
  record Redact(String field) implements Duty {}

  /// A rate that must hold.
  record Limit(RateLimit rate) implements Duty {}

  /// The agent must say why.
  record Reason() implements Duty {}

  /// People must agree.
  record Agreement(ApprovalTerms terms) implements Duty {}

  /// Whether who keeps this one keeps the other too.
  default boolean covers(Duty other) {
    return switch (this) {
      case Redact(String field) ->
          other instanceof Redact(String inner)
              && (inner.equals(field) || inner.startsWith(field + "."));
      case Limit(RateLimit rate) ->
          other instanceof Limit(RateLimit wider)
              && rate.calls() <= wider.calls()
              && rate.per().compareTo(wider.per()) >= 0;
      case Reason _ -> other instanceof Reason;
      case Agreement(ApprovalTerms terms) ->
          other instanceof Agreement(ApprovalTerms easier) && covers(terms, easier);
    };
  }

  private static boolean covers(ApprovalTerms terms, ApprovalTerms easier) {
    boolean people =
        easier.approvers().isEmpty()
            || (!terms.approvers().isEmpty() && easier.approvers().containsAll(terms.approvers()));
    return people
        && terms.count() >= easier.count()
        && (terms.fourEyes() || !easier.fourEyes())
        && terms.expires().compareTo(easier.expires()) <= 0;
  }

  /// Such as `redact iban` or `2 of finance-lead agree within 30m, with four eyes`.
  default String words() {
    return switch (this) {
      case Redact(String field) -> "redact " + field;
      case Limit(RateLimit rate) ->
          "at most "
              + rate.calls()
              + (rate.calls() == 1 ? " call in " : " calls in ")
              + words(rate.per());
      case Reason _ -> "a reason";
      case Agreement(ApprovalTerms terms) -> words(terms);
    };
  }

  private static String words(ApprovalTerms terms) {
    List<String> approvers = terms.approvers();
    return terms.count()
        + " of "
        + (approvers.isEmpty() ? "those who may approve" : String.join(", ", approvers))
        + (terms.count() == 1 ? " agrees within " : " agree within ")
        + words(terms.expires())
        + (terms.fourEyes() ? ", with four eyes" : "");
  }

  /// `30m`, `1h30m`
  private static String words(Duration length) {
    return length.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
