// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.proof.Conclusion;
import dev.steward.control.proof.Proofs;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.policy.PolicySet;
import dev.steward.policy.proof.Comparison;
import dev.steward.policy.proof.Difference;
import dev.steward.policy.proof.Proof;
import dev.steward.policy.proof.Regime;
import dev.steward.policy.proof.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out what one version of an agent may do in an environment that another may not, under the
/// policies in force and whatever conditions say, and whether statements about it hold. It may take
/// seconds.
final class PermissionProof {
  /// Stands for no version: beside it, all that a version lists is new, and what policies would let
  /// through and it does not list is not.
  private static final AgentVersion LISTING_NOTHING =
      new AgentVersion(Digest.of("{}"), List.of(), List.of(), List.of(), List.of(), "{}");

  private PermissionProof() {}

  static Proved of(ProofQuestion question) {
    for (String statement : question.statements()) {
      Optional<String> refuted = refuted(question, statement);
      if (refuted.isPresent()) {
        return new Proved.Refuted(statement, refuted.get());
      }
    }
    try {
      return compared(question);
    } catch (ApiException e) {
      return new Proved.Incomparable(String.valueOf(e.getMessage()));
    }
  }

  /// In this environment alone: of others there may be more differences than are listed.
  private static Proved compared(ProofQuestion question) {
    PolicySet policies = question.state().policies();
    Agent before = question.agent().in(question.running().orElse(LISTING_NOTHING));
    Agent after = question.agent().in(question.candidate());
    Comparison found =
        Comparison.in(
            question.environment(),
            new Regime(policies, List.of(before)),
            new Regime(policies, List.of(after)));
    return new Proved.Compared(names(found.looser()), names(found.tighter()));
  }

  private static List<String> names(List<Difference> differences) {
    return differences.stream().map(Difference::what).distinct().toList();
  }

  /// Why the statement does not hold, empty when it does.
  private static Optional<String> refuted(ProofQuestion question, String statement) {
    List<Agent> agents = new ArrayList<>(question.state().agents());
    agents.replaceAll(agent ->
        agent.name().equals(question.agent().name()) ? agent.in(question.candidate()) : agent);
    try {
      return switch (Proofs.of(question.state(), agents).conclude(Statement.parse(statement))) {
        case Conclusion.Searched(var _, Proof.Refuted(Proof.Counterexample found)) ->
            Optional.of(found.agent() + " may call " + found.tool() + " by " + found.rules());
        case Conclusion.Searched _ -> Optional.empty();
        case Conclusion.Compared(var _, Comparison comparison) ->
            comparison.looser().isEmpty()
                ? Optional.empty()
                : Optional.of("more is allowed: " + comparison.looser().getFirst().what());
      };
    } catch (ApiException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
