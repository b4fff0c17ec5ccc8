// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import dev.steward.console.format.Figures;
import dev.steward.console.part.Mark;
import dev.steward.console.policy.PoliciesPage.Answer;
import dev.steward.console.policy.PoliciesPage.ProofBox;
import dev.steward.console.policy.PoliciesPage.Supposition;
import dev.steward.control.proof.Conclusion;
import dev.steward.control.proof.Proofs;
import dev.steward.domain.ApiException;
import dev.steward.domain.decision.Tier;
import dev.steward.policy.duty.Duty;
import dev.steward.policy.proof.Comparison;
import dev.steward.policy.proof.Difference;
import dev.steward.policy.proof.Proof;
import dev.steward.policy.proof.Proof.Counterexample;
import dev.steward.policy.proof.Prover;
import dev.steward.policy.proof.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Tells how a proof ended.
final class PolicyProofs {
  private static final int LENGTH = 500;
  private static final Mark PROVED = new Mark(Mark.Tone.OK, "Proved");
  private static final Mark REFUTED = new Mark(Mark.Tone.CRITICAL, "Not so");

  private PolicyProofs() {}

  /// @param statement as it was written, "" when nothing was asked
  static ProofBox box(String statement, Proofs proofs) {
    if (statement.isEmpty()) {
      return new ProofBox("", "", null);
    }
    if (statement.length() > LENGTH) {
      return new ProofBox("", "A statement has at most " + LENGTH + " characters.", null);
    }
    try {
      return new ProofBox(statement, "", answer(proofs.conclude(Statement.parse(statement))));
    } catch (ApiException e) {
      return new ProofBox(statement, String.valueOf(e.getMessage()), null);
    }
  }

  private static Answer answer(Conclusion conclusion) {
    String statement = conclusion.statement().toString();
    return switch (conclusion) {
      case Conclusion.Searched(var _, Proof.Proved(long cases)) ->
          new Answer(
              PROVED,
              statement,
              "Whatever the arguments are and whatever the conditions say. Searched: "
                  + Figures.of(cases, "combination", "combinations")
                  + " of agent, tool and environment.",
              List.of(),
              List.of());
      case Conclusion.Searched(var _, Proof.Refuted(Counterexample found)) ->
          new Answer(
              REFUTED,
              statement,
              words(found),
              PolicyCards.rules(found.rules()),
              suppositions(found.suppositions()));
      case Conclusion.Compared(var _, Comparison comparison) -> compared(statement, comparison);
    };
  }

  private static Answer compared(String statement, Comparison comparison) {
    String course =
        switch (comparison.course()) {
          case SAME -> "It allows the same.";
          case NARROWING -> "It is a narrowing: some calls are less free, none is freer.";
          case EXPANSION -> "It is an expansion: some calls are freer, none is less free.";
          case MIXED -> "It is mixed: some calls are freer, some are less free.";
        };
    if (comparison.looser().isEmpty()) {
      return new Answer(
          PROVED,
          statement,
          course
              + " Searched: "
              + Figures.of(comparison.cases(), "combination", "combinations")
              + " of agent, call and environment.",
          List.of(),
          List.of());
    }
    Difference first = comparison.looser().getFirst();
    return new Answer(
        REFUTED,
        statement,
        course + " " + words(first),
        PolicyCards.rules(first.after().rules()),
        suppositions(first.after().suppositions()));
  }

  /// `refunds calling payments/refund in production was denied and may now be made.`
  private static String words(Difference found) {
    StringBuilder words =
        new StringBuilder("For example ")
            .append(found.agent())
            .append(" and ")
            .append(found.what())
            .append(" ")
            .append(Prover.where(found.environment(), found.workflow()))
            .append(": ")
            .append(PolicyWords.says(found.before().tier()).word().toLowerCase(Locale.ROOT))
            .append(" before, ")
            .append(PolicyWords.says(found.after().tier()).word().toLowerCase(Locale.ROOT))
            .append(" after");
    List<String> duties = new ArrayList<>();
    for (Duty duty : found.duties()) {
      duties.add(PolicyWords.duty(duty));
    }
    return words
        .append(
            duties.isEmpty() ? "" : ", no longer demanding that " + String.join(" and ", duties))
        .append('.')
        .toString();
  }

  /// `refunds may call payments/refund in production, once a person agrees.`
  private static String words(Counterexample found) {
    return found.agent()
        + " may call "
        + found.tool()
        + " "
        + Prover.where(found.environment(), found.workflow())
        + (found.outcome() == Tier.REQUIRE_APPROVAL ? ", once a person agrees" : "")
        + (found.suppositions().isEmpty() ? ", whatever the arguments are." : ".");
  }

  private static List<Supposition> suppositions(List<Proof.Supposition> found) {
    List<Supposition> suppositions = new ArrayList<>();
    for (Proof.Supposition supposed : found) {
      suppositions.add(
          new Supposition(
              supposed.condition(),
              ConditionWords.of(supposed.condition(), supposed.holds()).orElse(""),
              supposed.holds() ? "holds" : "does not hold",
              supposed.rule().toString()));
    }
    return suppositions;
  }
}
