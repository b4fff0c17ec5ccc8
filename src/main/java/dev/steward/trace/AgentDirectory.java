// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.domain.rollout.Assigned;
import dev.steward.trace.span.ToolFacts;
import java.time.Instant;
import java.util.Optional;

/// What the registry says of an agent, as far as spans need it.
@FunctionalInterface
public interface AgentDirectory {
  Optional<Listing> find(String agent);

  /// One agent as the registry has it.
  ///
  /// @param onlyWorkflow the agent's workflow where it declares exactly one, else ""
  /// @param team value of the label `team`, "" when there is none
  /// @param governed whether its calls must pass our gateway
  /// @param outcomeRules rules that say how a run ended
  record Listing(
      String agent,
      String onlyWorkflow,
      String team,
      boolean governed,
      java.util.List<OutcomeRule> outcomeRules) {

    /// An agent that is only observed.
    public Listing(
        String agent, String onlyWorkflow, String team, java.util.List<OutcomeRule> outcomeRules) {
      this(agent, onlyWorkflow, team, false, outcomeRules);
    }
  }

  /// When the named tool was called without an error in a run, the outcome is the label.
  ///
  /// @param tool `tool` or `server/tool`
  record OutcomeRule(String tool, String label) {}

  /// Whether a tool that an agent calls lies behind our gateway, so that its calls must pass it.
  default boolean behindGateway(String agent, String environment, ToolFacts tool) {
    return false;
  }

  /// The version in force, "undeclared" when the registry knows none.
  default String versionInForce(String agent, String environment) {
    return "undeclared";
  }

  /// The version that was given to a conversation, user or run: that in force, unless another is
  /// tried there on a share of them.
  ///
  /// @param began when its run began
  default String versionFor(String agent, String environment, Assigned who, Instant began) {
    return versionInForce(agent, environment);
  }
}
