// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import dev.steward.console.format.Figures;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.console.policy.PoliciesPage.Answer;
import dev.steward.console.policy.PoliciesPage.ProofBox;
import dev.steward.console.policy.PoliciesPage.Supposition;
import dev.steward.domain.ApiException;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Tier;
import dev.steward.policy.proof.Proof;
import dev.steward.policy.proof.Proof.Counterexample;
import dev.steward.policy.proof.Prover;
import dev.steward.policy.proof.Statement;
import java.util.ArrayList;
import java.util.List;

/// Tells how a proof ended.
final class PolicyProofs {
  private static final int LENGTH = 500;

  private PolicyProofs() {}

  /// @param statement as it was written, "" when nothing was asked
  static ProofBox box(String statement, Prover prover) {
    if (statement.isEmpty()) {
      return new ProofBox("", "", null);
    }
    if (statement.length() > LENGTH) {
      return new ProofBox("", "A statement has at most " + LENGTH + " characters.", null);
    }
    try {
      Statement parsed = Statement.parse(statement);
      return new ProofBox(statement, "", answer(parsed, prover.prove(parsed)));
    } catch (ApiException e) {
      return new ProofBox(statement, String.valueOf(e.getMessage()), null);
    }
  }

  private static Answer answer(Statement statement, Proof proof) {
    return switch (proof) {
      case Proof.Proved(long cases) ->
          new Answer(
              new Mark(Mark.Tone.OK, "Proved"),
              statement.toString(),
              "Whatever the arguments are and whatever the conditions say. Searched: "
                  + Figures.of(cases, "combination", "combinations")
                  + " of agent, tool and environment.",
              List.of(),
              List.of());
      case Proof.Refuted(Counterexample found) ->
          new Answer(
              new Mark(Mark.Tone.CRITICAL, "Not so"),
              statement.toString(),
              words(found),
              rules(found.rules()),
              suppositions(found));
    };
  }

  /// `refunds may call payments/refund in production, once a person agrees.`
  private static String words(Counterexample found) {
    return found.agent()
        + " may call "
        + found.tool()
        + (found.environment().equals(Prover.ANY_OTHER)
            ? " in an environment that no policy names"
            : " in " + found.environment())
        + (found.outcome() == Tier.REQUIRE_APPROVAL ? ", once a person agrees" : "")
        + (found.suppositions().isEmpty() ? ", whatever the arguments are." : ".");
  }

  private static List<Link> rules(List<RuleName> names) {
    List<Link> links = new ArrayList<>();
    for (RuleName name : names) {
      links.add(new Link(name.toString(), PolicyCards.address(name.policy())));
    }
    return links;
  }

  private static List<Supposition> suppositions(Counterexample found) {
    List<Supposition> suppositions = new ArrayList<>();
    for (Proof.Supposition supposed : found.suppositions()) {
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
