// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.state.State;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Policy;
import dev.steward.policy.proof.Comparison;
import dev.steward.policy.proof.Difference;
import dev.steward.policy.proof.Prover;
import dev.steward.policy.proof.Regime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one version of an agent may do in an environment that another may not, or not as freely.
///
/// @param gained calls that are made more freely: `server/tool`, `model NAME` or `agent NAME`
/// @param lost calls that are made less freely
record NewPermissions(List<String> gained, List<String> lost) {
  /// @param running the other version, null when none runs there
  static NewPermissions of(
      State state,
      Agent agent,
      AgentVersion candidate,
      @Nullable AgentVersion running,
      String environment) {
    Comparison changed =
        Comparison.between(
            new Regime(state.policies(), running == null ? List.of() : List.of(agent.in(running))),
            new Regime(state.policies(), List.of(agent.in(candidate))));
    String named = named(state, environment) ? environment : Prover.ANY_OTHER;
    return new NewPermissions(in(named, changed.looser()), in(named, changed.tighter()));
  }

  private static boolean named(State state, String environment) {
    return state.all(Policy.class).stream()
        .anyMatch(policy -> policy.environments().contains(environment));
  }

  private static List<String> in(String environment, List<Difference> differences) {
    return differences.stream()
        .filter(difference -> difference.environment().equals(environment))
        .map(Difference::what)
        .distinct()
        .toList();
  }
}
