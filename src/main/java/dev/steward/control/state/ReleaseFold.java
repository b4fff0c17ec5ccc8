// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.access.Actor;
import dev.steward.control.event.Event;
import dev.steward.control.release.Agreement;
import dev.steward.control.release.CheckReport;
import dev.steward.control.release.GateResult;
import dev.steward.control.release.JudgedGate;
import dev.steward.control.release.Move;
import dev.steward.control.release.Placement;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Releases;
import dev.steward.control.release.Rollout;
import dev.steward.domain.release.GateVerdict;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Stage;
import dev.steward.domain.release.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the events of releases make of them.
final class ReleaseFold {
  private ReleaseFold() {}

  /// @param event one of releases; any other changes nothing
  static Releases add(Releases before, Event event, Instant at, Actor by) {
    if (event instanceof Event.ReleaseStarted started) {
      return before.started(started(started, at, by));
    }
    if (event instanceof Event.GateJudged judged) {
      return before.judged(judged.release(), new JudgedGate(result(judged), at));
    }
    if (event instanceof Event.ReleaseAgreed agreed) {
      return before.agreed(
          agreed.release(), new Agreement(agreed.person(), agreed.pins(), at, by, agreed.reason()));
    }
    if (event instanceof Event.ReleaseMoved moved) {
      return moved(before, moved, at, by);
    }
    if (event instanceof Event.CanaryBegan began) {
      return before.begun(began.release(), began.control(), began.weight(), at);
    }
    if (event instanceof Event.CopilotBegan(String release)) {
      return before.proposing(release, at, by);
    }
    if (event instanceof Event.BlueGreenBegan began) {
      return before.paired(began.release(), began.control(), at);
    }
    if (event instanceof Event.ShadowBegan(String release)) {
      return before.shadowing(release, at);
    }
    if (event instanceof Event.ShadowCompared compared) {
      return before.compared(compared.release(), compared.sums());
    }
    if (event instanceof Event.Switched switched) {
      return before.switched(switched.release(), switched.version(), switched.cut(), at, by);
    }
    if (event instanceof Event.CanaryWeighed weighed) {
      return before.weighed(weighed.release(), weighed.weight(), at);
    }
    if (event instanceof Event.CanaryJudged said) {
      return before.judged(
          said.release(),
          new Rollout.Judgement(
              at, said.verdict(), said.rule(), said.why(), said.units(), said.record()));
    }
    if (event instanceof Event.RolledBack back) {
      return before.rolledBack(back.agent(), back.environment(), back.version(), at, by);
    }
    if (event instanceof Event.CheckReported told) {
      return before.reported(
          new CheckReport(
              told.agent(), told.version(), told.check(), told.passed(), told.note(), at, by));
    }
    return before;
  }

  private static ReleaseRecord started(Event.ReleaseStarted event, Instant at, Actor by) {
    return new ReleaseRecord(
        new Release(
            event.id(),
            event.agent(),
            event.version(),
            event.from(),
            event.to(),
            Stage.of(event.stage()).orElseThrow(),
            Strategy.of(event.strategy()).orElseThrow(),
            event.terms()),
        event.pins(),
        List.of(new Move(ReleaseState.WaitingForGates.WORD, List.of(), at, by, event.reason())),
        List.of(),
        List.of(),
        null,
        null,
        null,
        null);
  }

  private static GateResult result(Event.GateJudged event) {
    return new GateResult(
        event.gate(),
        event.requires(),
        GateVerdict.of(event.verdict()).orElse(GateVerdict.NOT_ENOUGH_DATA),
        event.why(),
        event.evidence());
  }

  private static Releases moved(Releases before, Event.ReleaseMoved event, Instant at, Actor by) {
    Releases next =
        before.moved(
            event.release(),
            new Move(event.state(), event.missing(), at, by, event.reason()),
            event.pins());
    Optional<ReleaseRecord> release = next.find(event.release());
    if (release.isEmpty() || !event.state().equals(ReleaseState.Promoted.WORD)) {
      return next;
    }
    Release promoted = release.get().release();
    return next.placed(
        new Placement(
            promoted.agent(),
            promoted.to(),
            promoted.version(),
            promoted.id(),
            event.pins(),
            at,
            by,
            false));
  }
}
