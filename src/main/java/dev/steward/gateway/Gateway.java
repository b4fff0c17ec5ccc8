// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.control.live.InFlight;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.Subject;
import dev.steward.gateway.budget.Held;
import dev.steward.gateway.declared.Declarations;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.ChainTokens;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.flight.Flight;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.forwarding.Call;
import dev.steward.gateway.forwarding.Forwarding;
import dev.steward.gateway.forwarding.Stopping;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Callers;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.identity.ModelChoices;
import dev.steward.gateway.loop.Loops;
import dev.steward.gateway.proposal.Proposals;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.CallRecords;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Endpoint;
import dev.steward.gateway.wire.Errors;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way of one model call, from the bytes that come in to the record that stays.
public final class Gateway {
  private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

  private final Supplier<State> state;
  private final ModelChoices choices;
  private final Places places;
  private final Flights flights;
  private final Stopping stopping;
  private final Policing policing;
  private final Chains chains;
  private final Declarations declarations;
  private final Proposals proposals;
  private final Runs runs;
  private final LoopStep loops;
  private final MoneyStep money;
  private final Forwarding forwarding;
  private final CallRecords records;
  private final InstantSource clock;

  public Gateway(
      Supplier<State> state,
      ModelChoices choices,
      Places places,
      Flights flights,
      Loops loops,
      Runs runs,
      Chains chains,
      Declarations declarations,
      Proposals proposals,
      MoneyStep money,
      Forwarding forwarding,
      CallRecords records,
      InstantSource clock) {
    this.state = state;
    this.choices = choices;
    this.places = places;
    this.flights = flights;
    this.stopping = new Stopping(flights);
    this.policing = new Policing(runs, money);
    this.chains = chains;
    this.declarations = declarations;
    this.proposals = proposals;
    this.runs = runs;
    this.loops = new LoopStep(loops);
    this.money = money;
    this.forwarding = forwarding;
    this.records = records;
    this.clock = clock;
  }

  /// Answers a model call, and returns when the client has its last byte.
  public void answer(Endpoint endpoint, Request request, Answer answer) throws IOException {
    CallRecord record = new CallRecord(places.spanId(), endpoint.operation(), clock.instant());
    Sent sent = new Sent(answer);
    try {
      records.check();
      call(endpoint, request, sent, record);
    } catch (RefusedException e) {
      refuse(e.refusal(), sent, record);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a model call failed", e);
      refuse(
          Refusal.of(
              Refusal.Kind.INTERNAL,
              "The gateway met an error it did not expect; it is in its log. Nothing was forwarded"
                  + " after it."),
          sent,
          record);
    } finally {
      keep(record);
    }
  }

  /// Refuses a call whose body could not be taken in.
  ///
  /// @param head the request without its body
  public void refuse(Endpoint endpoint, Request head, Refusal refusal, Answer answer)
      throws IOException {
    CallRecord record = new CallRecord(places.spanId(), endpoint.operation(), clock.instant());
    Refusal told = refusal;
    try {
      identify(state.get(), head, record);
    } catch (RefusedException e) {
      told = e.refusal();
    }
    try {
      refuse(told, new Sent(answer), record);
    } finally {
      keep(record);
    }
  }

  private void call(Endpoint endpoint, Request request, Sent answer, CallRecord record)
      throws IOException {
    State now = state.get();
    Caller known = identify(now, request, record);
    if (request.method().equals("GET")) {
      Listing.answer(known, endpoint.operation(), request, answer);
      return;
    }
    Asked sent = Asked.of(endpoint, request.body());
    record.asked(sent);
    Place place = places.of(record, request, known, sent);
    record.place(place);
    Caller caller = places.assigned(now, known, place, request);
    record.caller(caller);
    Chain onBehalf = chains.of(caller, place, ChainTokens.shown(request));
    record.onBehalf(onBehalf.agents());
    Asked prompted = declarations.of(now, caller, place, sent, record);
    record.asked(prompted);
    records.begins(record);
    List<ModelChoice> listed = choices.of(now, caller, prompted.model());
    record.choice(listed.getFirst());
    HostedTools.check(now, caller, prompted, listed, onBehalf);
    List<ModelChoice> chain =
        policing.allowed(now, caller, place, prompted, listed, onBehalf, record.startedAt());
    record.choice(chain.getFirst());
    Asked asked = declarations.with(chain.getFirst().use(), caller, place, prompted, record);
    record.asked(asked);
    Subject subject = subject(caller, place, chain.getFirst());
    Cuttable cuttable = new Cuttable(Thread.currentThread());
    try (Flight flight =
        flights.open(
            inFlight(record, subject),
            cuttable::parting,
            () -> cuttable.cut(Cuttable.Why.KILLED))) {
      flight
          .cut()
          .ifPresent(kill -> {
            throw new RefusedException(stopping.of(kill));
          });
      loops.asked(now, caller, place, asked, record);
      flight.priced(money.soFar(asked, chain.getFirst(), record.startedAt()));
      @Nullable Held held = money.reserve(now, subject, asked, chain).orElse(null);
      OptionalLong maxOutput = held == null ? OptionalLong.empty() : held.newMax();
      Call call =
          new Call(
              endpoint,
              request,
              asked,
              caller,
              place,
              subject,
              chain,
              proposals.of(now, caller, place, asked, onBehalf),
              maxOutput,
              cuttable,
              flight);
      runs.asks(place.run(), caller.agent().name(), record.startedAt());
      forward(call, answer, record, held);
    } finally {
      cuttable.done();
    }
  }

  /// A key alone already says whose call it is that is refused.
  private static Caller identify(State now, Request request, CallRecord record) {
    AgentKey key = Callers.key(now, request);
    record.key(key);
    Caller caller = Callers.holder(now, key);
    record.caller(caller);
    return caller;
  }

  private void forward(Call call, Sent sent, CallRecord record, @Nullable Held held)
      throws IOException {
    try {
      forwarding.forward(call, sent, record, stopping, answered -> settle(answered, held));
    } catch (CutException e) {
      throw new RefusedException(stopping.of(call.flight(), e.why()), e);
    } finally {
      // Where the answer never came so far, what is known by now decides.
      if (record.cost() == null) {
        settle(record, held);
      }
    }
  }

  private void settle(CallRecord record, @Nullable Held held) {
    Cost cost = money.cost(record);
    record.charged(cost);
    places.answered(record);
    money.settle(record, cost, held);
    loops.answered(state.get(), record, cost, clock.instant());
    if (record.place() != null && !MoneyStep.costNothing(record)) {
      runs.spent(record.place().run(), cost);
    }
  }

  private InFlight inFlight(CallRecord record, Subject subject) {
    String step = record.operation().genAi() + " " + subject.model();
    return InFlight.begun(record.id(), InFlight.Kind.MODEL, subject, record.startedAt(), step);
  }

  private static Subject subject(Caller caller, Place place, ModelChoice choice) {
    return place.subject(caller).asking(choice.provider().name(), choice.model());
  }

  private static void refuse(Refusal refusal, Sent sent, CallRecord record) throws IOException {
    record.refused(refusal);
    if (!sent.begun()) {
      record.status(refusal.kind().status());
      sent.whole(
          refusal.kind().status(),
          Errors.headers(record.operation(), refusal),
          Errors.body(record.operation(), refusal));
    }
  }

  private void keep(CallRecord record) {
    if (record.place() == null) {
      record.place(places.alone());
    }
    places.ended(record);
    if (record.operation().spends()) {
      records.record(record);
    }
  }
}
