// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.gate;

import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.policy.PolicySet;
import dev.steward.policy.proof.Comparison;
import dev.steward.policy.proof.Difference;
import dev.steward.policy.proof.Regime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one version of an agent may do in an environment that another may not, under the policies
/// in force and whatever conditions say.
///
/// @param gained what it may do more freely: `server/tool`, `model NAME` or `agent NAME`
/// @param lost what it may do less freely
record NewPermissions(List<String> gained, List<String> lost) {
  /// Stands for no version: beside it, all that a version lists is new, and what policies would let
  /// through and it does not list is not.
  private static final AgentVersion LISTING_NOTHING =
      new AgentVersion(Digest.of("{}"), List.of(), List.of(), List.of(), List.of(), "{}");

  /// @param running the other version, null when none runs there
  /// @throws dev.steward.domain.ApiException TOO_LARGE where comparing takes too many steps
  static NewPermissions of(
      State state,
      Agent agent,
      AgentVersion candidate,
      @Nullable AgentVersion running,
      String environment) {
    PolicySet policies = state.policies();
    Agent before = agent.in(running == null ? LISTING_NOTHING : running);
    // In this environment alone: of others there may be more differences than are listed.
    Comparison found =
        Comparison.in(
            environment,
            new Regime(policies, List.of(before)),
            new Regime(policies, List.of(agent.in(candidate))));
    return new NewPermissions(names(found.looser()), names(found.tighter()));
  }

  private static List<String> names(List<Difference> differences) {
    return differences.stream().map(Difference::what).distinct().toList();
  }
}
