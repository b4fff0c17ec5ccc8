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
import java.util.Optional;

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

  /// A call between two agents.
  ///
  /// @param chain on whose behalf the caller asks
  record Between(Caller caller, String callee, Place place, Chain chain) {}

  /// @param follows whether it only looks after work that the caller was let begin: no people are
  ///   asked about that
  /// @return that people must agree, empty where it is allowed
  /// @throws RefusedException DENIED
  Optional<Decision.RequireApproval> require(
      State state, Between between, boolean follows, AgentRecord record) {
    Caller caller = between.caller();
    String callee = between.callee();
    Chain chain = between.chain();
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
    Decision decision = decided(state, between);
    record.decided(decision);
    return switch (decision) {
      case Verdict.Allow _ -> Optional.empty();
      case Verdict.Deny deny -> throw denied(deny, between);
      case Decision.RequireApproval pending -> follows ? Optional.empty() : Optional.of(pending);
    };
  }

  /// What policy says to it now.
  Decision decided(State state, Between between) {
    return Attenuation.decide(
        state,
        new AgentCall(known(between), between.callee()),
        facts(between.place()),
        between.chain());
  }

  /// Who asks, as policies see it.
  dev.steward.domain.call.Caller known(Between between) {
    Place place = between.place();
    Chain chain = between.chain();
    Caller caller = between.caller();
    return caller.known(
        place.workflow(),
        chain.none() ? runs.chain(place.run(), caller.agent().name()) : chain.agents());
  }

  Facts facts(Place place) {
    return new Facts(clock.instant(), runs.soFar(place.run()), NOTHING, Taint.UNKNOWN);
  }

  static RefusedException denied(Verdict.Deny deny, Between between) {
    return denied(
        "Policy denies %s to ask %s: %s"
            .formatted(between.caller().agent().name(), between.callee(), deny.grounds().reason()));
  }

  /// Whether a rule forbids the agent to hand its own work to its fallback; none need allow what
  /// its version declares.
  void requireNotForbidden(State state, Caller agent, String fallback, Place place) {
    AgentCall call =
        new AgentCall(
            agent.known(place.workflow(), runs.chain(place.run(), agent.agent().name())), fallback);
    if (state.policies().decide(call, facts(place)) instanceof Verdict.Deny deny
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
