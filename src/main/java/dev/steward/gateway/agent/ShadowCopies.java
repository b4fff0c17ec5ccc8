// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.control.gate.Pinning;
import dev.steward.control.live.InFlight;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Shadowing;
import dev.steward.control.state.State;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.gateway.endpoint.Reached;
import dev.steward.gateway.flight.Flight;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.forwarding.Stopping;
import dev.steward.gateway.health.Visit;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.identity.Shadow;
import dev.steward.gateway.record.AgentRecord;
import dev.steward.gateway.record.AgentRecords;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.shadow.RunCalls;
import dev.steward.gateway.shadow.Tallies;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/// Sends copies of live calls that were answered to the version that is a shadow. The live call is
/// over by then, so nothing here can delay or change it; what is too much is dropped and counted.
public final class ShadowCopies implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ShadowCopies.class.getName());

  /// Copies that wait; each may hold a body and an answer of 1 MiB.
  private static final int WAITING_MAX = 64;

  /// Copies on their way at once.
  private static final int CONCURRENCY = 8;

  private static final int ANSWER_BYTES_MAX = 1 << 20;

  private final Supplier<State> state;
  private final Places places;
  private final Flights flights;
  private final Stopping stopping;
  private final Runs runs;
  private final AgentForwarding forwarding;
  private final AgentRecords records;
  private final InstantSource clock;
  private final BlockingQueue<LiveCall> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final List<Thread> workers = new ArrayList<>();

  ShadowCopies(
      Supplier<State> state,
      Places places,
      Flights flights,
      Runs runs,
      AgentForwarding forwarding,
      AgentRecords records,
      InstantSource clock) {
    this.state = state;
    this.places = places;
    this.flights = flights;
    this.stopping = new Stopping(flights);
    this.runs = runs;
    this.forwarding = forwarding;
    this.records = records;
    this.clock = clock;
    for (int i = 0; i < CONCURRENCY; i++) {
      workers.add(Thread.ofVirtual().name("shadow-" + i).start(this::work));
    }
  }

  /// The release whose version gets a copy of what this callee is asked, empty for none.
  Optional<ReleaseRecord> wanted(State now, Caller callee, AgentAsked asked) {
    return callee.shadow().isPresent() || !asked.form().copied(asked)
        ? Optional.empty()
        : now.releases().shadowed(callee.agent().name(), callee.environment());
  }

  /// Takes a copy to be sent, and never waits. With a live call that was ended early there is
  /// nothing to compare.
  void offer(LiveCall live) {
    if (!live.whole() || !live.asked().body().sendable() || !waiting.offer(live)) {
      tallies().add(live.release(), Shadowing.DROPPED, 1);
    }
  }

  private Tallies tallies() {
    return places.shadows().tallies();
  }

  private void work() {
    try {
      while (true) {
        LiveCall live = waiting.take();
        try {
          copy(live);
        } catch (IOException | RuntimeException e) {
          LOG.log(Level.DEBUG, "a copy of a live call failed", e);
          tallies().add(live.release(), Shadowing.FAILED, 1);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(LiveCall live) throws IOException {
    State now = state.get();
    Caller callee = live.callee();
    Optional<ReleaseRecord> release =
        now.releases().find(live.release()).filter(ReleaseRecord::shadows);
    Optional<AgentVersion> version =
        release.flatMap(
            record -> now.version(callee.agent().name(), record.release().version().hex()));
    if (version.isEmpty() || !Pinning.paysForShadow(now, callee.agent(), callee.environment())) {
      tallies().add(live.release(), Shadowing.DROPPED, 1);
      return;
    }
    Shadow shadow = new Shadow(live.release(), live.place().run(), live.place().traceId());
    Caller candidate = callee.shadow(version.get(), shadow);
    Place place = place(live.place());
    places.shadows().runs().begin(place.run(), shadow);
    records.check();
    AgentRecord record =
        new AgentRecord(
            places.spanId(), clock.instant(), callee.agent().name(), live.asked().operation());
    record.caller(candidate);
    record.callee(candidate);
    record.place(place);
    record.chain(live.chain().agents());
    try {
      compared(live, sent(live, candidate, place, record), place, record);
    } catch (RefusedException e) {
      record.refused(e.refusal());
      throw e;
    } finally {
      records.record(record);
    }
  }

  private Place place(Place live) {
    String trace = places.traceId();
    String conversation = live.conversation().isEmpty() ? "" : "shadow-" + live.conversation();
    return new Place(trace, trace, null, true, conversation, live.workflow(), "", null);
  }

  private Said sent(LiveCall live, Caller candidate, Place place, AgentRecord record)
      throws IOException {
    Cuttable cuttable = new Cuttable(Thread.currentThread());
    InFlight facts =
        InFlight.begun(
            record.id(),
            InFlight.Kind.AGENT,
            place.subject(candidate),
            record.startedAt(),
            "copy of invoke_agent " + candidate.agent().name());
    try (Flight flight = flights.open(facts, () -> cuttable.cut(Cuttable.Why.KILLED))) {
      flight
          .cut()
          .ifPresent(stop -> {
            throw new RefusedException(stopping.of(stop));
          });
      try {
        return answered(live, candidate, place, cuttable, record);
      } catch (CutException e) {
        throw new RefusedException(stopping.of(flight, e.why()), e);
      }
    } finally {
      cuttable.done();
    }
  }

  /// What a version answered to a copy.
  private record Said(int status, byte[] body) {
    /// It was asked and did not answer, or broke off.
    private static final Said NOTHING = new Said(0, new byte[0]);
  }

  private Said answered(
      LiveCall live, Caller candidate, Place place, Cuttable cuttable, AgentRecord record)
      throws IOException {
    AgentForwarding.Way way =
        new AgentForwarding.Way(live.asked().again(), candidate, place, live.chain(), cuttable);
    try (Reached reached = reached(way, record)) {
      if (reached.answer().isEmpty()) {
        return unanswered(reached.trouble().orElseThrow(), record);
      }
      UpstreamAnswer from = reached.answer().get();
      record.status(from.status());
      try {
        byte[] body = cuttable.waiting(() -> from.body().readNBytes(ANSWER_BYTES_MAX + 1));
        reached.visit().answered();
        return new Said(from.status(), body);
      } catch (CutException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        String broke = "It broke off an answer: " + e.getMessage();
        reached.visit().failed(broke);
        return unanswered(Refusal.of(Refusal.Kind.UPSTREAM_FAILED, broke), record);
      }
    }
  }

  /// A version whose agent card does not fit the call owes an answer as one that is not reached.
  private Reached reached(AgentForwarding.Way way, AgentRecord record) throws IOException {
    try {
      return forwarding.reach(way, forwarding.outgoing(way, record), record);
    } catch (RefusedException e) {
      return Reached.not(e.refusal(), Visit.NONE);
    }
  }

  /// What the version owed counts against it; what we did not let it answer says nothing of it.
  private static Said unanswered(Refusal why, AgentRecord record) {
    if (Thread.currentThread().isInterrupted()) {
      throw new RefusedException(
          Refusal.of(Refusal.Kind.STOPPING, "The gateway stops: the copy was cut."));
    }
    if (why.kind() != Refusal.Kind.UPSTREAM_FAILED && why.kind() != Refusal.Kind.UPSTREAM_LATE) {
      throw new RefusedException(why);
    }
    record.refused(why);
    return Said.NOTHING;
  }

  private void compared(LiveCall live, Said said, Place place, AgentRecord record) {
    if (said.body().length > ANSWER_BYTES_MAX) {
      tallies().add(live.release(), Shadowing.DROPPED, 1);
      return;
    }
    Duration took = Duration.between(record.startedAt(), clock.instant());
    AgentForm form = live.asked().form();
    Comparison.Side one =
        new Comparison.Side(
            form.outcome(live.heard().status(), live.heard().body()),
            live.heard().body(),
            calls(live.place(), live.startedAt(), live.took()),
            live.took(),
            live.cost());
    Comparison.Side other =
        new Comparison.Side(
            form.outcome(said.status(), said.body()),
            said.body(),
            calls(place, record.startedAt(), took),
            took,
            runs.soFar(place.run()).spent());
    tallies().add(live.release(), Comparison.of(one, other));
    if (said.equals(Said.NOTHING)) {
      tallies().add(live.release(), Shadowing.FAILED, 1);
    }
  }

  private List<RunCalls.Done> calls(Place place, Instant from, Duration took) {
    return places.shadows().calls().of(place.run(), place.traceId(), from, from.plus(took));
  }

  /// Ends what is on its way.
  @Override
  public void close() {
    workers.forEach(Thread::interrupt);
  }
}
