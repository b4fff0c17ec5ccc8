// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.control.state.State;
import dev.steward.domain.Cost;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.loop.Loop;
import dev.steward.gateway.loop.LoopLimits;
import dev.steward.gateway.loop.Loops;
import dev.steward.gateway.loop.Step;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Stops a run that goes round.
public final class LoopStep {
  private final Loops loops;
  private final LimitsInForce limits = new LimitsInForce();

  public LoopStep(Loops loops) {
    this.loops = loops;
  }

  /// @throws RefusedException LOOP when the run is stopped, by this call or an earlier one
  void asked(State state, Caller caller, Place place, Asked asked, CallRecord record) {
    Instant now = record.startedAt();
    if (!converses(asked.operation())) {
      return;
    }
    check(place);
    Step step =
        new Step.Asked(
            now,
            record.id(),
            asked.messages().orElse(""),
            asked.operation() == Operation.RESPONSES
                ? asked.body().text("previous_response_id")
                : "");
    for (Loop loop : observe(state, caller, place, step)) {
      if (loop.stops()) {
        throw stopped(loop);
      }
      record.flag(loop.reason());
    }
  }

  /// @throws RefusedException LOOP when the run was stopped by an earlier call
  public void check(Place place) {
    Optional<Loop> earlier = loops.stopped(place.run());
    if (earlier.isPresent()) {
      throw stopped(earlier.get());
    }
  }

  /// Takes in what a tool has answered.
  ///
  /// @return what was noticed, for people; a run that is to stop does so with its next call
  public List<String> used(State state, Caller caller, Place place, Step.ToolCalled called) {
    List<String> noticed = new ArrayList<>();
    for (Loop loop : observe(state, caller, place, called)) {
      noticed.add(loop.reason());
    }
    return noticed;
  }

  /// Takes in what the model has answered.
  void answered(State state, CallRecord record, Cost cost, Instant now) {
    Caller caller = record.caller();
    Place place = record.place();
    if (caller == null || place == null || !converses(record.operation())) {
      return;
    }
    String id = record.answered().responseId();
    Step step = new Step.Answered(now, record.id(), record.turns(), id == null ? "" : id, cost);
    for (Loop loop : observe(state, caller, place, step)) {
      record.flag(loop.reason());
    }
  }

  private List<Loop> observe(State state, Caller caller, Place place, Step step) {
    LoopLimits now = limits.of(state, caller, place.workflow());
    return loops.observe(place.run(), caller.agent().name(), now, step);
  }

  private static boolean converses(Operation operation) {
    return operation.spends() && operation != Operation.EMBEDDINGS;
  }

  private static RefusedException stopped(Loop loop) {
    return new RefusedException(
        Refusal.of(
            Refusal.Kind.LOOP,
            "This run is stopped, since it goes round: it "
                + loop.reason()
                + ". Begin a new run, or "
                + loop.remedy()
                + "."));
  }
}
