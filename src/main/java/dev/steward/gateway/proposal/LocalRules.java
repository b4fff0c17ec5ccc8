// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.control.state.State;
import dev.steward.domain.call.Call.ToolCall;
import dev.steward.domain.call.Caller;
import dev.steward.domain.call.Facts;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.Obligations;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.judging.Copilot;
import dev.steward.gateway.proposal.Proposals.Strictness;
import dev.steward.policy.PolicySet;
import java.util.List;

/// What is decided on proposed calls for one agent, who makes them or on whose behalf they are
/// made: by policies as far as they are applied, and by people where the version only proposes.
final class LocalRules {
  private final State state;
  private final PolicySet policies;
  private final Caller caller;
  private final Strictness strictness;
  private final boolean shadow;
  private final boolean proposes;

  /// @param shadow whether the run is a copy whose effects do not happen
  LocalRules(State state, Caller caller, Strictness strictness, boolean shadow) {
    this.state = state;
    this.policies = state.policies();
    this.caller = caller;
    this.strictness = strictness;
    this.shadow = shadow;
    this.proposes = shadow || (strictness != Strictness.SHADOW && proposes(state, caller));
  }

  /// Whether the caller's version is in force and does not act by itself.
  static boolean proposes(State state, Caller caller) {
    return Copilot.holds(state, caller.agent(), caller.environment(), caller.version());
  }

  /// What was decided.
  ///
  /// @param spoken whether the decision counts, since some rule is about it or all must be allowed
  record Ruled(Decision decision, boolean spoken) {}

  /// @param wrong why the arguments cannot be looked at, "" where they can
  Ruled of(Target target, ToolCall call, Facts facts, String wrong) {
    Decision decision =
        wrong.isEmpty()
            ? policies.decide(call, facts)
            : new Verdict.Deny(Grounds.of(List.of(), wrong));
    boolean spoken = spoken(call);
    // Behind `/mcp` people are asked there.
    return proposes && !target.behindGateway() && acts(call)
        ? new Ruled(tightened(open(decision, spoken)), true)
        : new Ruled(decision, spoken);
  }

  private boolean spoken(ToolCall call) {
    return switch (strictness) {
      case ALL -> true;
      case COPILOT -> false;
      case SHADOW, SPOKEN_OF -> policies.speaksOf(call);
    };
  }

  private boolean acts(ToolCall call) {
    return Copilot.acts(state, call.server(), call.tool());
  }

  private static Decision open(Decision decision, boolean spoken) {
    return spoken
        ? decision
        : new Verdict.Allow(
            Grounds.of(List.of(), "no policy that is applied is about it"), Obligations.NONE);
  }

  private Decision tightened(Decision decision) {
    if (shadow) {
      return new Verdict.Deny(
          Grounds.of(
              List.of(), "the run is a copy of a live one, and what has effects does not happen"));
    }
    return Copilot.tightened(
        state, caller.agent(), caller.environment(), caller.version(), decision);
  }
}
