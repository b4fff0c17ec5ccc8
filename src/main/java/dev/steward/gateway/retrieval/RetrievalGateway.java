// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.retrieval;

import dev.steward.control.live.InFlight;
import dev.steward.control.state.State;
import dev.steward.domain.resource.AgentVersion.DataUse;
import dev.steward.domain.resource.AgentVersion.Endpoint;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.delegation.ChainTokens;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.endpoint.Begun;
import dev.steward.gateway.endpoint.Conclusion;
import dev.steward.gateway.endpoint.Delivery;
import dev.steward.gateway.endpoint.Endpoints;
import dev.steward.gateway.endpoint.Outgoing;
import dev.steward.gateway.endpoint.PassedHeaders;
import dev.steward.gateway.endpoint.PlainHttp;
import dev.steward.gateway.endpoint.Reached;
import dev.steward.gateway.flight.Flight;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.forwarding.Stopping;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Callers;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.RetrievalRecord;
import dev.steward.gateway.record.RetrievalRecords;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.relay.Relay;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.ToolTrail;
import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.gateway.wire.Request;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The way of one call of a data source: whose it is, which version of the agent it gets, and the
/// endpoint that this version names for the source, as far as all on whose behalf it is made read
/// it.
public final class RetrievalGateway {
  private static final String NOT_REACHED = "The data source was not reached";

  private final Supplier<State> state;
  private final Places places;
  private final Chains chains;
  private final Flights flights;
  private final Stopping stopping;
  private final Endpoints endpoints;
  private final Delivery delivery;
  private final RetrievalRecords records;
  private final InstantSource clock;

  public RetrievalGateway(
      Supplier<State> state,
      Places places,
      Chains chains,
      Flights flights,
      Endpoints endpoints,
      Relay relay,
      RetrievalRecords records,
      InstantSource clock) {
    this.state = state;
    this.places = places;
    this.chains = chains;
    this.flights = flights;
    this.stopping = new Stopping(flights);
    this.endpoints = endpoints;
    this.delivery = new Delivery(relay);
    this.records = records;
    this.clock = clock;
  }

  /// Answers a call, and returns when the client has its last byte.
  public void answer(RetrievalAsked asked, Answer answer) throws IOException {
    RetrievalRecord record =
        new RetrievalRecord(
            places.spanId(), clock.instant(), asked.source(), asked.head().method());
    Begun begun = new Begun(answer);
    PlainHttp http = new PlainHttp(asked.head(), NOT_REACHED);
    Conclusion<RetrievalRecord> end =
        new Conclusion<>(record, http::refusal, places::alone, records::record);
    end.of(() -> call(asked, begun, record), begun);
  }

  private void call(RetrievalAsked asked, Begun answer, RetrievalRecord record) throws IOException {
    records.check();
    asked.body().check();
    State now = state.get();
    Caller known = Callers.holder(now, Callers.key(now, keyed(asked.head())));
    record.caller(known);
    Place place = place(known, asked);
    record.place(place);
    Caller caller = places.assigned(now, known, place, asked.head());
    record.caller(caller);
    Chain chain = chains.of(caller, place, ChainTokens.shown(asked.head()));
    record.chain(chain.agents());
    DataUse use = ReadingRights.of(now, caller, asked, chain);
    record.version(use.version());
    Cuttable cuttable = new Cuttable(Thread.currentThread());
    try (Flight flight = fly(caller, place, asked, record, cuttable)) {
      Supplier<Refusal> cut = () -> cut(flight, cuttable);
      try {
        flight
            .cut()
            .ifPresent(kill -> {
              throw new RefusedException(stopping.of(kill));
            });
        forward(new Way(asked, caller, use, place, cuttable, cut), answer, record);
      } catch (CutException e) {
        throw new RefusedException(cut.get(), e);
      }
    } finally {
      cuttable.done();
    }
  }

  /// A key in an address would be in logs and histories.
  private static Request keyed(Request head) {
    return new Request(head.method(), head.path(), "", head.headers(), new byte[0]);
  }

  private Place place(Caller caller, RetrievalAsked asked) {
    return places.ofAgentCall(
        caller,
        new ToolTrail(
            asked.header("x-steward-run"),
            asked.header("traceparent"),
            asked.header("x-steward-conversation"),
            asked.header("x-steward-workflow"),
            asked.header("x-steward-task"),
            "",
            asked.header("x-steward-user"),
            "",
            0));
  }

  private Flight fly(
      Caller caller, Place place, RetrievalAsked asked, RetrievalRecord record, Cuttable cuttable) {
    InFlight facts =
        InFlight.begun(
            record.id(),
            InFlight.Kind.DATA,
            place.subject(caller),
            record.startedAt(),
            "retrieval " + asked.source());
    return flights.open(facts, cuttable::parting, () -> cuttable.cut(Cuttable.Why.KILLED));
  }

  private Refusal cut(Flight flight, Cuttable cuttable) {
    Cuttable.Why why = cuttable.why();
    return why == Cuttable.Why.UPSTREAM_IDLE
        ? Refusal.of(
            Refusal.Kind.UPSTREAM_LATE, "The data source sent nothing for too long: ask again.")
        : stopping.of(flight, why == null ? Cuttable.Why.STOPPING : why);
  }

  /// One endpoint on its way to be asked.
  ///
  /// @param cut why it was ended on its way
  private record Way(
      RetrievalAsked asked,
      Caller caller,
      DataUse use,
      Place place,
      Cuttable cuttable,
      Supplier<Refusal> cut) {}

  private void forward(Way way, Begun answer, RetrievalRecord record) throws IOException {
    PlainHttp http = new PlainHttp(way.asked().head(), NOT_REACHED);
    Outgoing call = outgoing(way, http, record);
    try (Reached reached = endpoints.reach(call, way.cuttable(), record::sent)) {
      List<Header> ours = new ArrayList<>();
      ours.add(new Header("x-steward-version", way.caller().version().shortName()));
      if (!way.use().version().isEmpty()) {
        ours.add(new Header("x-steward-data-version", way.use().version()));
      }
      Delivery.Telling telling =
          new Delivery.Telling(ours, (_, _) -> Relay.Filter.NONE, http::event, way.cut(), record);
      delivery.deliver(call, reached, way.cuttable(), telling, answer);
    }
  }

  private Outgoing outgoing(Way way, PlainHttp http, RetrievalRecord record) {
    Endpoint endpoint = way.use().endpoint().orElseThrow();
    String secret = endpoints.secret(endpoint);
    return new Outgoing(
        way.caller().agent().name(),
        "The data source " + way.use().name(),
        endpoint,
        way.caller().shadow().isPresent(),
        way.asked().head().method(),
        () -> http.uri(endpoint),
        () -> headers(way, secret, record),
        way.asked().body());
  }

  private static List<Header> headers(Way way, String secret, RetrievalRecord record) {
    List<Header> headers = PassedHeaders.asked(way.asked().head().headers());
    headers.add(new Header("Accept-Encoding", "identity"));
    headers.add(
        new Header("traceparent", "00-" + way.place().traceId() + "-" + record.id() + "-01"));
    if (!secret.isEmpty()) {
      headers.add(new Header("Authorization", "Bearer " + secret));
    }
    return headers;
  }
}
