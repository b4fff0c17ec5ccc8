// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.decision.Decision;
import dev.steward.gateway.LoopStep;
import dev.steward.gateway.agent.Admission.Between;
import dev.steward.gateway.approval.Standing;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.ChainTokens;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Callers;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.ToolTrail;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds out of a request who asks whom, in which run, on whose behalf, and whether that may be.
final class Meeting {
  private static final int NAME_MAX = 256;

  private final Supplier<State> state;
  private final Places places;
  private final LoopStep loops;
  private final Chains chains;
  private final Callees callees;
  private final Admission admission;

  Meeting(
      Supplier<State> state,
      Places places,
      LoopStep loops,
      Chains chains,
      Callees callees,
      Admission admission) {
    this.state = state;
    this.places = places;
    this.loops = loops;
    this.chains = chains;
    this.callees = callees;
    this.admission = admission;
  }

  /// Who asks whom, as found out of a request.
  ///
  /// @param between what people must agree to, null where they need not be asked
  /// @param pending as policy asks for them
  record Met(
      State now,
      Caller caller,
      Caller callee,
      Place place,
      Chain chain,
      boolean own,
      @Nullable Between between,
      Optional<Decision.RequireApproval> pending) {}

  /// @throws dev.steward.gateway.wire.RefusedException where it may not
  Met of(AgentAsked asked, AgentRecord record) {
    State now = state.get();
    Request head = asked.head();
    Caller known = Callers.holder(now, key(now, head));
    record.caller(known);
    Place found = place(known, asked);
    record.place(found);
    Caller caller = places.assigned(now, known, found, head);
    Chain chain = chains.of(caller, found, ChainTokens.shown(head));
    record.chain(chain.agents());
    loops.check(found);
    boolean own = caller.agent().name().equals(asked.agent()) && chain.none();
    if (caller.shadow().isPresent()) {
      record.caller(caller);
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.DENIED,
              "This run is a copy of a live one, and a copy hands nothing on to agents."));
    }
    @Nullable Between between = own ? null : new Between(caller, asked.agent(), found, chain);
    Optional<Decision.RequireApproval> pending = Optional.empty();
    if (between != null) {
      record.caller(caller);
      pending = admission.require(now, between, asked.follows(), record);
    }
    Caller callee =
        callees.of(now, asked.agent(), known.environment(), found.above(record.id()), head);
    record.callee(callee);
    if (own) {
      record.caller(callee);
    }
    return new Met(
        now,
        own ? callee : caller,
        callee,
        found,
        own ? Chain.NONE : chain.with(Chain.Link.of(caller.agent().name(), caller.version())),
        own,
        between,
        pending);
  }

  /// Looks once more at what people were asked about, when they have agreed.
  ///
  /// @throws RefusedException DENIED where the key was revoked, or caller or callee have another
  ///   version by now
  void stands(Met met, AgentAsked asked, AgentRecord record) {
    State later = state.get();
    String call = "the call of " + asked.agent();
    Caller now =
        Standing.of(
            later,
            met.caller(),
            call,
            holder -> places.assigned(later, holder, met.place(), asked.head()));
    Standing.requireSame(
        met.callee(),
        callees.of(
            later, asked.agent(), now.environment(), met.place().above(record.id()), asked.head()),
        call);
  }

  static AgentKey key(State now, Request head) {
    try {
      // A key in an address would be in logs and histories.
      return Callers.key(
          now, new Request(head.method(), head.path(), "", head.headers(), new byte[0]));
    } catch (RefusedException e) {
      throw new RefusedException(
          Refusal.of(
              e.refusal().kind(),
              "Calls of an agent need an agent key that is in force: its own, or that of an agent"
                  + " that delegates to it. Issue one with 'steward keys issue AGENT --environment"
                  + " NAME' and send it as 'Authorization: Bearer KEY'."),
          e);
    }
  }

  private Place place(Caller caller, AgentAsked asked) {
    String conversation = asked.header("x-steward-conversation", NAME_MAX);
    Place place =
        places.ofAgentCall(
            caller,
            new ToolTrail(
                asked.header("x-steward-run", NAME_MAX),
                asked.header("traceparent", NAME_MAX),
                asked.conversation().isEmpty() ? conversation : asked.conversation(),
                asked.header("x-steward-workflow", NAME_MAX),
                asked.header("x-steward-task", NAME_MAX),
                "",
                asked.header("x-steward-user", NAME_MAX),
                "",
                0));
    return place.conversation().isEmpty() && asked.converses() ? place.in(place.traceId()) : place;
  }
}
