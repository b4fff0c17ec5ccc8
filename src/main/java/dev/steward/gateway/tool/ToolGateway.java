// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.live.InFlight;
import dev.steward.control.release.Shadowing;
import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.domain.Subject;
import dev.steward.domain.call.Effect;
import dev.steward.gateway.LoopStep;
import dev.steward.gateway.MoneyStep;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.delegation.Chains;
import dev.steward.gateway.flight.Flight;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.forwarding.Stopping;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.loop.Step;
import dev.steward.gateway.record.Effects;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.ToolRecord;
import dev.steward.gateway.record.ToolRecords;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.run.Places;
import dev.steward.gateway.run.Runs;
import dev.steward.gateway.run.ToolPlace;
import dev.steward.gateway.shadow.RunCalls.Ended;
import dev.steward.gateway.shadow.Shadows;
import dev.steward.gateway.tool.ToolJudge.Judged;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The way of one tool call, from what the client asks to the record that stays.
public final class ToolGateway implements ToolCalls {
  private static final System.Logger LOG = System.getLogger(ToolGateway.class.getName());

  private final Supplier<State> state;
  private final Places places;
  private final Flights flights;
  private final Stopping stopping;
  private final Sight sight;
  private final Offers offers;
  private final ToolJudge judge;
  private final LoopStep loops;
  private final Runs runs;
  private final ToolForwarding forwarding;
  private final ToolRecords records;
  private final InstantSource clock;

  public ToolGateway(
      Supplier<State> state,
      Places places,
      Flights flights,
      Offers offers,
      ApprovalStep approvals,
      LoopStep loops,
      Runs runs,
      Chains chains,
      MoneyStep money,
      Effects effects,
      ToolRecords records,
      InstantSource clock) {
    this.state = state;
    this.places = places;
    this.flights = flights;
    this.stopping = new Stopping(flights);
    this.offers = offers;
    this.sight = new Sight(offers);
    this.judge = new ToolJudge(state, places, sight, approvals, runs, chains, clock);
    this.loops = loops;
    this.runs = runs;
    this.forwarding = new ToolForwarding(money, approvals, effects);
    this.records = records;
    this.clock = clock;
  }

  @Override
  public ToolEnding call(ToolAsked asked, ToolSend send) {
    return recorded(asked, record -> call(asked, send, record));
  }

  @Override
  public ToolEnding fetch(ToolAsked asked, TaskTerms terms, ToolSend send) {
    return recorded(asked, record -> fetch(asked, terms, send, record));
  }

  /// Does what is asked for, and keeps what became of it.
  private ToolEnding recorded(ToolAsked asked, Function<ToolRecord, ToolEnding> work) {
    ToolRecord record =
        new ToolRecord(
            places.spanId(),
            clock.instant(),
            asked.caller(),
            asked.server(),
            asked.method(),
            asked.tool(),
            asked.origin().callId());
    try {
      records.check();
      return work.apply(record);
    } catch (RefusedException e) {
      return refused(e.refusal(), record);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a tool call failed", e);
      return refused(
          Refusal.of(
              Refusal.Kind.INTERNAL,
              "The gateway met an error it did not expect; it is in its log. "
                  + (record.isSent()
                      ? "Whether the call was executed is not known."
                      : "The call was not made.")),
          record);
    } finally {
      if (record.place() == null) {
        record.place(places.alone());
      }
      if (!record.isUntold()) {
        records.record(record);
      }
    }
  }

  @Override
  public List<ObjectNode> visible(Caller caller, String server, List<ObjectNode> offered) {
    return sight.of(state.get(), caller, server, offered);
  }

  @Override
  public boolean visible(Caller caller, String server, String feature) {
    return sight.feature(state.get(), caller, server, feature) instanceof Sight.Found.Seen;
  }

  @Override
  public ListView view(Caller caller, List<String> servers) {
    return sight.view(state.get(), caller, servers);
  }

  @Override
  public void changed(String server) {
    offers.changed(server);
  }

  private ToolEnding call(ToolAsked asked, ToolSend send, ToolRecord record) {
    State now = state.get();
    return flown(
        asked,
        record,
        (place, subject, cuttable) ->
            switch (sight.found(now, asked)) {
              case Sight.Found.Hidden(String why) -> hidden(asked, why, record);
              case Sight.Found.Seen(Pinned pinned) -> {
                record.effect(pinned.tool().effect());
                yield noted(
                    now,
                    asked,
                    pinned,
                    place.place(),
                    record,
                    () -> decided(now, asked, pinned, place, subject, send, record, cuttable));
              }
            });
  }

  /// Does it, and keeps how it ended where it is one side of a comparison.
  private ToolEnding noted(
      State now,
      ToolAsked asked,
      Pinned pinned,
      Place place,
      ToolRecord record,
      Supplier<ToolEnding> work) {
    Optional<Ended> ended = Optional.empty();
    String result = "";
    try {
      ToolEnding ending = work.get();
      ended = Compared.ended(ending);
      result = ending instanceof ToolEnding.Answered ? record.result() : "";
      return ending;
    } catch (RefusedException e) {
      ended = Compared.ended(e.refusal(), record);
      throw e;
    } finally {
      String json = result;
      ended.ifPresent(how ->
          places
              .shadows()
              .note(
                  now,
                  asked.caller(),
                  place,
                  asked.target(),
                  asked.arguments(),
                  !pinned.onlyReads(),
                  how,
                  clock.instant(),
                  json));
    }
  }

  private ToolEnding decided(
      State now,
      ToolAsked asked,
      Pinned pinned,
      ToolPlace place,
      Subject subject,
      ToolSend send,
      ToolRecord record,
      Cuttable cuttable) {
    if (asked.caller().shadow().isEmpty()) {
      return judged(now, asked, pinned, place, subject, send, record, cuttable);
    }
    judge.judgeShadow(now, asked, pinned, place, record);
    return pinned.onlyReads()
        ? judged(now, asked, pinned, place, subject, send, record, cuttable)
        : instead(asked, pinned, record);
  }

  /// Nothing is sent for a shadow's call with effects.
  private ToolEnding instead(ToolAsked asked, Pinned pinned, ToolRecord record) {
    Shadows.Instead instead =
        places
            .shadows()
            .instead(
                asked.caller().shadow().orElseThrow(),
                pinned.tool(),
                asked.target(),
                asked.arguments());
    record.instead(instead.how());
    ObjectNode result = instead.result();
    if (result == null) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.DENIED,
              "This run is a copy of a live one: what "
                  + asked.tool()
                  + " does must not happen, and the live run made no equal call."));
    }
    record.answered(CanonicalJson.text(result));
    return new ToolEnding.Answered(result);
  }

  private ToolEnding fetch(ToolAsked asked, TaskTerms terms, ToolSend send, ToolRecord record) {
    return flown(
        asked,
        record,
        (place, _, cuttable) ->
            switch (sight.find(state.get(), asked.caller(), asked.server(), asked.tool())) {
              case Sight.Found.Hidden(String why) -> hidden(asked, why, record);
              case Sight.Found.Seen(Pinned pinned) -> {
                if (!pinned.digest().equals(terms.pin())) {
                  yield hidden(asked, "its definition is another than when it was called", record);
                }
                record.effect(Effect.READ.word());
                checkChanges(asked, terms, record);
                loops.check(place.place());
                ToolSend.Sending sending =
                    ToolForwarding.sending(asked.arguments(), "", place.place(), record, cuttable);
                yield forwarding.fetch(pinned, terms, send, sending, record);
              }
            });
  }

  /// A copy neither ends nor answers what it did not begin.
  private static void checkChanges(ToolAsked asked, TaskTerms terms, ToolRecord record) {
    boolean reads = asked.method().equals("tasks/get") || asked.method().equals("tasks/result");
    if (!reads && !terms.changes(asked.caller())) {
      record.instead(Shadowing.REFUSED);
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.DENIED,
              "This run is a copy of a live one: it may not change what becomes of a task that"
                  + " another run has begun."));
    }
  }

  /// What is done while the call is shown and may be ended by a kill.
  @FunctionalInterface
  private interface Work {
    ToolEnding done(ToolPlace place, Subject subject, Cuttable cuttable);
  }

  private ToolEnding flown(ToolAsked asked, ToolRecord record, Work work) {
    ToolPlace place = place(asked, record);
    Subject subject = subject(asked, place.place());
    Cuttable cuttable = new Cuttable(Thread.currentThread());
    try (Flight flight =
        flights.open(inFlight(record, subject), () -> cuttable.cut(Cuttable.Why.KILLED))) {
      flight
          .cut()
          .ifPresent(kill -> {
            throw new RefusedException(stopping.of(kill));
          });
      try {
        return work.done(place, subject, cuttable);
      } catch (CutException e) {
        throw new RefusedException(stopping.of(flight, e.why()), e);
      }
    } finally {
      cuttable.done();
    }
  }

  private ToolEnding judged(
      State now,
      ToolAsked asked,
      Pinned pinned,
      ToolPlace place,
      Subject subject,
      ToolSend send,
      ToolRecord record,
      Cuttable cuttable) {
    return switch (judge.judge(now, asked, pinned, place, record, cuttable)) {
      case Judged.Pending(ToolEnding.Pending pending) -> {
        record.pends();
        yield pending;
      }
      case Judged.Permitted permitted -> {
        loops.check(place.place());
        String agent = asked.caller().agent().name();
        runs.calls(place.place().run(), agent, asked.target(), clock.instant());
        ToolEnding ending =
            forwarding.forward(subject, place, pinned, permitted, send, record, cuttable);
        if (record.cost() instanceof Cost.Known cost) {
          runs.spent(place.place().run(), cost);
        }
        learn(now, asked, place.place(), permitted.arguments(), ending, record);
        yield ending;
      }
    };
  }

  private void learn(
      State now,
      ToolAsked asked,
      Place place,
      ObjectNode arguments,
      ToolEnding ending,
      ToolRecord record) {
    if (ending instanceof ToolEnding.Answered(ObjectNode result)) {
      Step.ToolCalled step = Step.ToolCalled.of(clock.instant(), asked.target(), arguments, result);
      record.flags().addAll(loops.used(now, asked.caller(), place, step));
    }
  }

  private ToolPlace place(ToolAsked asked, ToolRecord record) {
    ToolPlace place =
        places.of(asked.caller(), asked.origin().trail(asked.tool(), asked.arguments()));
    record.place(place.place());
    place.why().ifPresent(why -> record.proposedBy(why.spanId(), why.found().word(), why.callId()));
    record.arguments(CanonicalJson.text(asked.arguments()));
    record.reason(asked.reason());
    return place;
  }

  private static ToolEnding hidden(ToolAsked asked, String why, ToolRecord record) {
    record.refused(
        Refusal.of(
            Refusal.Kind.DENIED,
            "There is no "
                + (asked.ofTool() ? "tool " : "")
                + asked.target()
                + " for this agent: "
                + why
                + "."));
    return new ToolEnding.NoSuchTool(asked.tool());
  }

  private static ToolEnding refused(Refusal refusal, ToolRecord record) {
    record.refused(refusal);
    return new ToolEnding.Refused(refusal.kind(), refusal.message());
  }

  private static InFlight inFlight(ToolRecord record, Subject subject) {
    return InFlight.begun(
        record.id(),
        InFlight.Kind.TOOL,
        subject,
        record.startedAt(),
        record.ofTool() ? "execute_tool " + record.tool() : record.method() + " " + record.tool());
  }

  private static Subject subject(ToolAsked asked, Place place) {
    return place.subject(asked.caller()).using(asked.target());
  }
}
