// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.call.Call.AgentCall;
import dev.steward.domain.call.Facts;
import dev.steward.domain.call.Taint;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Verdict;
import dev.steward.gateway.delegation.Attenuation;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.time.InstantSource;

/// Whether an agent may ask another: its version lists it as a delegate, the chain is neither too
/// long nor goes round, and policy allows it to the agent and to each on whose behalf it asks.
final class Admission {
  private static final Cost NOTHING = new Cost.Unknown("the agent that is asked pays by itself");

  private final Runs runs;
  private final int depthMax;
  private final InstantSource clock;

  /// @param depthMax agents that may follow the first one
  Admission(Runs runs, int depthMax, InstantSource clock) {
    this.runs = runs;
    this.depthMax = depthMax;
    this.clock = clock;
  }

  /// @param chain on whose behalf the caller asks
  /// @throws RefusedException DENIED
  void require(
      State state, Caller caller, String callee, Place place, Chain chain, AgentRecord record) {
    String asking = caller.agent().name();
    String words = chain.words(asking);
    if (!caller.version().delegates().contains(callee)) {
      throw denied(
          "%s does not delegate to %s: version %s must list it in 'orchestration.delegates'."
              .formatted(asking, callee, caller.version().shortName()));
    }
    if (chain.agents().contains(callee)) {
      throw denied(
          "The work would go round: %s → %s. Who handed it on cannot be asked for it."
              .formatted(words, callee));
    }
    if (chain.links().size() + 1 > depthMax) {
      throw denied(
          ("The work was handed on %d times (%s), which is the limit: let one of them do it, or"
                  + " raise 'agents.depth' in the configuration.")
              .formatted(chain.links().size(), words));
    }
    AgentCall call =
        new AgentCall(
            caller.known(
                place.workflow(), chain.none() ? runs.chain(place.run(), asking) : chain.agents()),
            callee);
    Facts facts = new Facts(clock.instant(), runs.soFar(place.run()), NOTHING, Taint.UNKNOWN);
    Decision decision = Attenuation.decide(state, call, facts, chain);
    record.decided(decision);
    switch (decision) {
      case Verdict.Allow _ -> {}
      case Verdict.Deny deny ->
          throw denied(
              "Policy denies %s to ask %s: %s".formatted(asking, callee, deny.grounds().reason()));
      case Decision.RequireApproval pending ->
          throw denied(
              "Policy denies %s to ask %s: %s; a call of an agent cannot wait for an approval"
                  .formatted(asking, callee, pending.grounds().reason()));
    }
  }

  /// Whether a rule forbids the agent to hand its own work to its fallback; none need allow what
  /// its version declares.
  void requireNotForbidden(State state, Caller agent, String fallback, Place place) {
    AgentCall call =
        new AgentCall(
            agent.known(place.workflow(), runs.chain(place.run(), agent.agent().name())), fallback);
    Facts facts = new Facts(clock.instant(), runs.soFar(place.run()), NOTHING, Taint.UNKNOWN);
    if (state.policies().decide(call, facts) instanceof Verdict.Deny deny
        && !deny.grounds().rules().isEmpty()) {
      throw denied(
          "Policy denies %s to fall back to %s: %s"
              .formatted(agent.agent().name(), fallback, deny.grounds().reason()));
    }
  }

  private static RefusedException denied(String message) {
    return new RefusedException(Refusal.of(Refusal.Kind.DENIED, message));
  }
}
