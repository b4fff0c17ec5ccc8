// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.control.approval.Approval;
import dev.steward.control.approval.BoundCall;
import dev.steward.control.live.InFlight;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.LoopStep;
import dev.steward.gateway.agent.AgentConsent.Consent;
import dev.steward.gateway.agent.Meeting.Met;
import dev.steward.gateway.approval.ApprovalEnding;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.endpoint.Begun;
import dev.steward.gateway.endpoint.Conclusion;
import dev.steward.gateway.endpoint.Delivery;
import dev.steward.gateway.endpoint.Endpoints;
import dev.steward.gateway.endpoint.Outgoing;
import dev.steward.gateway.endpoint.Reached;
import dev.steward.gateway.flight.Flight;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.forwarding.Stopping;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Callers;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.AgentRecords;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way of one call of an agent, from the request that comes in to the record that stays.
public final class AgentGateway {
  private final Supplier<State> state;
  private final Places places;
  private final Flights flights;
  private final Stopping stopping;
  private final Runs runs;
  private final Callees callees;
  private final Admission admission;
  private final Meeting meeting;
  private final AgentConsent consent;
  private final Endpoints endpoints;
  private final AgentForwarding forwarding;
  private final Delivery delivery;
  private final ShadowCopies copies;
  private final AgentRecords records;
  private final InstantSource clock;

  /// @param depth how often work may be handed on
  public AgentGateway(
      Supplier<State> state,
      Places places,
      Flights flights,
      LoopStep loops,
      Runs runs,
      Chains chains,
      int depth,
      ApprovalStep approvals,
      Endpoints endpoints,
      Relay relay,
      AgentRecords records,
      InstantSource clock) {
    this.state = state;
    this.places = places;
    this.flights = flights;
    this.stopping = new Stopping(flights);
    this.runs = runs;
    this.callees = new Callees(places);
    this.admission = new Admission(runs, depth, clock);
    this.meeting = new Meeting(state, places, loops, chains, callees, admission);
    this.consent = new AgentConsent(state, admission, approvals);
    this.endpoints = endpoints;
    this.forwarding = new AgentForwarding(endpoints, chains);
    this.delivery = new Delivery(relay);
    this.copies = new ShadowCopies(state, places, flights, runs, forwarding, records, clock);
    this.records = records;
    this.clock = clock;
  }

  /// What sends copies of live calls, to be closed with the server.
  public ShadowCopies copies() {
    return copies;
  }

  /// Answers a call, and returns when the client has its last byte.
  public void answer(AgentAsked asked, Answer answer) throws IOException {
    AgentRecord record =
        new AgentRecord(places.spanId(), clock.instant(), asked.agent(), asked.operation());
    Heard heard = new Heard(answer);
    Begun begun = new Begun(heard);
    Conclusion<AgentRecord> end =
        new Conclusion<>(record, asked.form()::refusal, places::alone, records::record);
    end.of(() -> call(asked, begun, heard, record), begun);
  }

  /// Who asks, as far as the key tells, empty for nobody.
  public Optional<Caller> caller(Request head) {
    State now = state.get();
    try {
      return Optional.of(Callers.holder(now, Meeting.key(now, head)));
    } catch (RefusedException _) {
      return Optional.empty();
    }
  }

  /// What people were asked about a call of the caller to the agent, empty where there is no such
  /// approval.
  public Optional<Approval> approval(Caller caller, String agent, String id) {
    return state
        .get()
        .approvals()
        .find(id)
        .filter(approval -> {
          BoundCall call = approval.call();
          return call.agent().equals(caller.agent().name())
              && call.environment().equals(caller.environment())
              && call.server().equals(BoundCall.AGENT)
              && call.tool().equals(agent);
        });
  }

  /// The version of an agent that the client may see: of itself, or of one that it delegates to.
  ///
  /// @throws RefusedException UNAUTHENTICATED, DENIED
  public Caller seen(Request head, String agent) {
    State now = state.get();
    Caller caller = Callers.holder(now, Meeting.key(now, head));
    boolean own = caller.agent().name().equals(agent);
    if (!own && !caller.version().delegates().contains(agent)) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.DENIED,
              caller.agent().name()
                  + " does not delegate to "
                  + agent
                  + ": its version must list it in 'orchestration.delegates'."));
    }
    Place place = places.alone();
    return callees.of(now, agent, caller.environment(), place, head);
  }

  /// Where the version of an agent is called.
  ///
  /// @throws RefusedException DENIED where it cannot be called
  public static Endpoint endpoint(Caller callee) {
    return Callees.endpoint(callee);
  }

  /// What is shown to an endpoint, "" for nothing.
  ///
  /// @throws RefusedException INTERNAL where the secret is not set
  public String secret(Endpoint endpoint) {
    return endpoints.secret(endpoint);
  }

  private void call(AgentAsked asked, Begun answer, Heard heard, AgentRecord record)
      throws IOException {
    records.check();
    asked.body().check();
    Met met = meeting.of(asked, record);
    Cuttable cuttable = new Cuttable(Thread.currentThread());
    try (Flight flight = fly(met.caller(), met.place(), asked, record, cuttable);
        @Nullable Flight callees =
            met.own() ? null : fly(met.callee(), met.place(), asked, record, cuttable)) {
      Supplier<Refusal> cut = () -> cut(flight, callees, cuttable);
      try {
        requireAlive(flight);
        if (callees != null) {
          requireAlive(callees);
        }
        if (!agreed(met, asked, answer, record, cuttable)) {
          return;
        }
        runs.asks(met.place().run(), met.caller().agent().name(), record.startedAt());
        copied(met, asked, heard, record, () -> forward(met, asked, answer, record, cuttable, cut));
      } catch (CutException e) {
        throw new RefusedException(cut.get(), e);
      }
    } finally {
      cuttable.done();
    }
  }

  /// Whether people need not agree or have agreed; else the client was told that it waits for them.
  private boolean agreed(
      Met met, AgentAsked asked, Begun answer, AgentRecord record, Cuttable cuttable)
      throws IOException {
    if (met.between() == null || met.pending().isEmpty()) {
      return true;
    }
    Callees.endpoint(met.callee());
    return switch (consent.of(met.between(), met.pending().get(), asked, record, cuttable)) {
      case Consent.Given(String approval) -> {
        meeting.stands(met, asked, record);
        consent.use(approval);
        yield true;
      }
      case Consent.Waits(ApprovalEnding.Waiting waiting) -> {
        record.pends();
        asked.form().waits(waiting).to(answer);
        yield false;
      }
    };
  }

  /// What answers a live call.
  @FunctionalInterface
  private interface Forwarding {
    void run() throws IOException;
  }

  /// Lets the call be answered, and then gives a copy of it to the version that is a shadow.
  private void copied(
      Met met, AgentAsked asked, Heard heard, AgentRecord record, Forwarding forwarded)
      throws IOException {
    Optional<ReleaseRecord> release = copies.wanted(met.now(), met.callee(), asked);
    if (release.isEmpty()) {
      forwarded.run();
      return;
    }
    heard.want();
    Cost before = runs.soFar(met.place().run()).spent();
    forwarded.run();
    copies.offer(
        new LiveCall(
            release.get().release().id(),
            asked,
            met.callee(),
            met.place(),
            met.chain(),
            record.startedAt(),
            Duration.between(record.startedAt(), clock.instant()),
            Comparison.since(before, runs.soFar(met.place().run()).spent()),
            heard,
            heard.whole() && record.refusal() == null));
  }

  private Flight fly(
      Caller who, Place place, AgentAsked asked, AgentRecord record, Cuttable cuttable) {
    InFlight facts =
        InFlight.begun(
            record.id(),
            InFlight.Kind.AGENT,
            place.subject(who),
            record.startedAt(),
            "invoke_agent " + asked.agent());
    return flights.open(facts, cuttable::parting, () -> cuttable.cut(Cuttable.Why.KILLED));
  }

  private void requireAlive(Flight flight) {
    flight
        .cut()
        .ifPresent(kill -> {
          throw new RefusedException(stopping.of(kill));
        });
  }

  private Refusal cut(Flight flight, @Nullable Flight other, Cuttable cuttable) {
    Cuttable.Why why = cuttable.why();
    if (why == Cuttable.Why.UPSTREAM_IDLE) {
      return Refusal.of(
          Refusal.Kind.UPSTREAM_LATE, "The agent sent nothing for too long: ask again.");
    }
    Flight killed = other != null && other.cut().isPresent() ? other : flight;
    return stopping.of(killed, why == null ? Cuttable.Why.STOPPING : why);
  }

  private void forward(
      Met met,
      AgentAsked asked,
      Begun answer,
      AgentRecord record,
      Cuttable cuttable,
      Supplier<Refusal> cut)
      throws IOException {
    AgentForwarding.Way way =
        new AgentForwarding.Way(asked, met.callee(), met.place(), met.chain(), cuttable);
    String fallback = met.callee().version().fallback();
    Refusal trouble;
    Outgoing call = forwarding.outgoing(way, record);
    try (Reached reached = forwarding.reach(way, call, record)) {
      if (reached.trouble().isEmpty() || fallback.isEmpty() || !asked.body().sendable()) {
        deliver(way, call, reached, Optional.empty(), answer, record, cut);
        return;
      }
      trouble = reached.trouble().get();
    }
    fallBack(met, way, fallback, trouble, answer, record, cut);
  }

  /// Another agent answers: on behalf of the one that could not and of all before it.
  private void fallBack(
      Met met,
      AgentForwarding.Way way,
      String fallback,
      Refusal trouble,
      Begun answer,
      AgentRecord record,
      Supplier<Refusal> cut)
      throws IOException {
    Caller failed = met.callee();
    admission.requireNotForbidden(met.now(), failed, fallback, met.place());
    record.fellBack(fallback, trouble.message());
    Caller other =
        callees.of(
            met.now(),
            fallback,
            failed.environment(),
            met.place().above(record.id()),
            way.asked().head());
    AgentForwarding.Way instead =
        new AgentForwarding.Way(
            way.asked(),
            other,
            way.place(),
            met.chain().with(Chain.Link.of(failed.agent().name(), failed.version())),
            way.cuttable());
    try (Flight flight = fly(other, way.place(), way.asked(), record, way.cuttable())) {
      requireAlive(flight);
      Supplier<Refusal> why =
          () -> flight.cut().isPresent() ? stopping.of(flight.cut().get()) : cut.get();
      Outgoing call = forwarding.outgoing(instead, record);
      try (Reached reached = forwarding.reach(instead, call, record)) {
        deliver(instead, call, reached, Optional.of(fallback), answer, record, why);
      }
    }
  }

  private void deliver(
      AgentForwarding.Way way,
      Outgoing call,
      Reached reached,
      Optional<String> fallback,
      Begun answer,
      AgentRecord record,
      Supplier<Refusal> cut)
      throws IOException {
    List<Header> ours = new ArrayList<>();
    ours.add(new Header("x-steward-run", way.place().run()));
    ours.add(new Header("x-steward-version", way.callee().version().shortName()));
    fallback.ifPresent(name -> ours.add(new Header("x-steward-fallback", name)));
    AgentForm.Owner owner =
        new AgentForm.Owner(
            record.caller() == null ? "" : record.caller().agent().name(),
            way.asked().agent(),
            way.callee().environment(),
            way.place().conversation());
    AgentForm form = way.asked().form();
    Delivery.Telling telling =
        new Delivery.Telling(
            ours,
            (status, events) -> form.reading(new AgentForm.Answering(status, events, owner)),
            form::event,
            cut,
            record);
    delivery.deliver(call, reached, way.cuttable(), telling, answer);
  }
}
