// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.control.live.InFlight;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.Subject;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.LoopStep;
import dev.steward.gateway.credential.Keys;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.ChainTokens;
import dev.steward.gateway.delegation.Chains;
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
import dev.steward.gateway.run.ToolTrail;
import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way of one call of an agent, from the request that comes in to the record that stays.
public final class AgentGateway {
  private static final System.Logger LOG = System.getLogger(AgentGateway.class.getName());
  private static final int NAME_MAX = 256;
  private static final int TOKEN_MAX = 8 << 10;

  private final Supplier<State> state;
  private final Places places;
  private final Flights flights;
  private final Stopping stopping;
  private final LoopStep loops;
  private final Runs runs;
  private final Chains chains;
  private final Callees callees;
  private final Admission admission;
  private final AgentForwarding forwarding;
  private final AgentDelivery delivery;
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
      Keys keys,
      Relay relay,
      AgentRecords records,
      InstantSource clock) {
    this.state = state;
    this.places = places;
    this.flights = flights;
    this.stopping = new Stopping(flights);
    this.loops = loops;
    this.runs = runs;
    this.chains = chains;
    this.callees = new Callees(places);
    this.admission = new Admission(runs, depth, clock);
    this.forwarding = new AgentForwarding(new HttpUpstream(), keys, chains);
    this.delivery = new AgentDelivery(relay);
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
    Begun begun = new Begun(new Heard(answer));
    try {
      records.check();
      asked.body().check();
      call(asked, begun, record);
    } catch (RefusedException e) {
      refuse(asked, e.refusal(), begun, record);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a call of an agent failed", e);
      refuse(
          asked,
          Refusal.of(
              Refusal.Kind.INTERNAL,
              "The gateway met an error it did not expect; it is in its log."),
          begun,
          record);
    } finally {
      if (record.place() == null) {
        record.place(places.alone());
      }
      records.record(record);
    }
  }

  /// Who asks, as far as the key tells, empty for nobody.
  public Optional<Caller> caller(Request head) {
    State now = state.get();
    try {
      return Optional.of(Callers.holder(now, key(now, head)));
    } catch (RefusedException _) {
      return Optional.empty();
    }
  }

  /// The version of an agent that the client may see: of itself, or of one that it delegates to.
  ///
  /// @throws RefusedException UNAUTHENTICATED, DENIED
  public Caller seen(Request head, String agent) {
    State now = state.get();
    Caller caller = Callers.holder(now, key(now, head));
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
    return forwarding.secret(endpoint);
  }

  /// Who asks whom, as found out of a request.
  private record Met(
      State now, Caller caller, Caller callee, Place place, Chain chain, boolean own) {}

  private void call(AgentAsked asked, Begun answer, AgentRecord record) throws IOException {
    Met met = met(asked, record);
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
        runs.asks(met.place().run(), met.caller().agent().name(), record.startedAt());
        copied(
            met, asked, answer, record, () -> forward(met, asked, answer, record, cuttable, cut));
      } catch (CutException e) {
        throw new RefusedException(cut.get(), e);
      }
    } finally {
      cuttable.done();
    }
  }

  /// What answers a live call.
  @FunctionalInterface
  private interface Forwarding {
    void run() throws IOException;
  }

  /// Lets the call be answered, and then gives a copy of it to the version that is a shadow.
  private void copied(
      Met met, AgentAsked asked, Begun answer, AgentRecord record, Forwarding forwarded)
      throws IOException {
    Optional<ReleaseRecord> release = copies.wanted(met.now(), met.callee(), asked);
    if (release.isEmpty()) {
      forwarded.run();
      return;
    }
    answer.heard.want();
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
            before,
            answer.heard));
  }

  private Met met(AgentAsked asked, AgentRecord record) {
    State now = state.get();
    Request head = asked.head();
    Caller known = Callers.holder(now, key(now, head));
    record.caller(known);
    Place found = place(known, asked);
    record.place(found);
    Caller caller = places.assigned(now, known, found, head);
    Chain chain = chains.of(caller, found, asked.header(ChainTokens.HEADER, TOKEN_MAX));
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
    if (!own) {
      record.caller(caller);
      admission.require(now, caller, asked.agent(), found, chain, record);
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
        own);
  }

  private static AgentKey key(State now, Request head) {
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

  private Flight fly(
      Caller who, Place place, AgentAsked asked, AgentRecord record, Cuttable cuttable) {
    InFlight facts =
        InFlight.begun(
            record.id(),
            InFlight.Kind.AGENT,
            subject(who, place),
            record.startedAt(),
            "invoke_agent " + asked.agent());
    return flights.open(facts, cuttable::parting, () -> cuttable.cut(Cuttable.Why.KILLED));
  }

  private static Subject subject(Caller who, Place place) {
    return new Subject(
        who.agent().name(),
        who.version().digest().hex(),
        who.environment(),
        place.workflow(),
        place.run(),
        place.conversation(),
        place.task(),
        who.agent().metadata().labels(),
        "",
        "",
        "");
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
    AgentForwarding.Reached reached = forwarding.reach(way, record);
    String fallback = met.callee().version().fallback();
    if (reached.trouble().isPresent() && !fallback.isEmpty() && asked.body().sendable()) {
      reached.answer().ifPresent(failed -> failed.close());
      fallBack(met, way, fallback, reached.trouble().get(), answer, record, cut);
      return;
    }
    deliver(way, reached, Optional.empty(), answer, record, cut);
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
      deliver(
          instead,
          forwarding.reach(instead, record),
          Optional.of(fallback),
          answer,
          record,
          () -> flight.cut().isPresent() ? stopping.of(flight.cut().get()) : cut.get());
    }
  }

  private void deliver(
      AgentForwarding.Way way,
      AgentForwarding.Reached reached,
      Optional<String> fallback,
      Begun answer,
      AgentRecord record,
      Supplier<Refusal> cut)
      throws IOException {
    if (reached.answer().isEmpty()) {
      throw new RefusedException(reached.trouble().orElseThrow());
    }
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
    try (var from = reached.answer().get()) {
      delivery.deliver(way.asked(), from, ours, owner, answer, record, way.cuttable(), cut);
    }
  }

  private static void refuse(AgentAsked asked, Refusal refusal, Begun answer, AgentRecord record)
      throws IOException {
    record.refused(refusal);
    if (!answer.begun) {
      AgentForm.Said said = asked.form().refusal(refusal);
      record.status(said.status());
      answer.whole(said.status(), said.headers(), said.body());
    }
  }

  /// The answer of one call, which knows whether it was begun: a refusal can be sent only before.
  private static final class Begun implements Answer {
    private final Heard heard;
    private final Answer answer;
    private boolean begun;

    private Begun(Heard heard) {
      this.heard = heard;
      this.answer = heard;
    }

    @Override
    public void whole(int status, List<Header> headers, byte[] body) throws IOException {
      begun = true;
      answer.whole(status, headers, body);
    }

    @Override
    public OutputStream begin(int status, List<Header> headers, long length) throws IOException {
      begun = true;
      return answer.begin(status, headers, length);
    }
  }
}
