// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Actor;
import dev.steward.control.event.Event;
import dev.steward.control.gate.Course;
import dev.steward.control.gate.Freshness;
import dev.steward.control.gate.Pinning;
import dev.steward.control.release.Move;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.release.CanaryTerms;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.Release;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Strategy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is decided about releases that are tried on a share of the conversations.
final class Trying {
  private final Matter matter;
  private final State state;
  private final Releasing releasing;

  Trying(Matter matter) {
    this.matter = matter;
    this.state = matter.state();
    this.releasing = new Releasing(matter);
  }

  /// The terms of a release that is to start, as they are written.
  ///
  /// @throws ApiException INVALID, or CONFLICT where there is nothing to compare with
  static Map<String, String> terms(State state, Command.StartRelease start) {
    boolean canary = start.strategy() == Strategy.CANARY;
    if (!canary && !start.terms().isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID,
          String.join(", ", start.terms().keySet()) + " is for the strategy canary only");
    }
    boolean shadow = start.strategy() == Strategy.SHADOW;
    boolean another = canary || shadow || start.strategy() == Strategy.BLUE_GREEN;
    if (another && !state.environments(start.agent()).containsKey(start.to())) {
      throw Releasing.conflict(
          "no version of "
              + start.agent()
              + " is in force in "
              + start.to()
              + (start.strategy() == Strategy.BLUE_GREEN
                  ? ", so there is nothing to switch from"
                  : ", so a " + start.strategy().word() + " has nothing to be compared with")
              + ": release it there directly");
    }
    if (shadow && !paid(state, start)) {
      throw Releasing.conflict(
          "no Budget pays for shadows of "
              + start.agent()
              + " in "
              + start.to()
              + ": declare one whose scope has 'shadow: true'");
    }
    return canary ? CanaryTerms.of(start.terms()).words() : Map.of();
  }

  /// Begins to try the release, or lets its version stand by, where that is its strategy.
  ///
  /// @return false where it takes over at once
  boolean begin(Release release) {
    Digest control = state.environments(release.agent()).get(release.to());
    if (control == null || !(release.canary() || release.blueGreen())) {
      return false;
    }
    if (release.blueGreen()) {
      matter.decided().add(new Event.BlueGreenBegan(release.id(), control));
      return true;
    }
    BigDecimal weight = release.canaryTerms().weight();
    matter.decided().add(new Event.CanaryBegan(release.id(), control, weight));
    return true;
  }

  /// Its version comes into force and proposes, until what it waits for now is there.
  void propose(ReleaseRecord record, Digest pins, Digest reason) {
    Release release = record.release();
    matter
        .decided()
        .add(new Event.VersionPutInForce(release.agent(), release.to(), release.version()));
    matter.decided().add(new Event.CopilotBegan(release.id()));
    Course course =
        Course.of(state, record.proposing(matter.now()), matter.now(), matter.proving());
    releasing.move(record, new ReleaseState.RollingOut(course.next().missing()), pins, reason);
  }

  /// What a shadow spends is never paid by the budgets of the live calls.
  private static boolean paid(State state, Command.StartRelease start) {
    return state
        .agent(start.agent())
        .filter(agent -> Pinning.paysForShadow(state, agent, start.to()))
        .isPresent();
  }

  /// Its version gets copies of live calls, until what it waits for now is there.
  void shadow(ReleaseRecord record, Digest pins, Digest reason) {
    matter.decided().add(new Event.ShadowBegan(record.release().id()));
    Course course =
        Course.of(state, record.shadowing(matter.now()), matter.now(), matter.proving());
    releasing.move(record, new ReleaseState.RollingOut(course.next().missing()), pins, reason);
  }

  void count(Command.CountShadow counts) {
    matter.needServer("compares copies of live calls");
    if (releasing.find(counts.id()).state().open()) {
      matter.decided().add(new Event.ShadowCompared(counts.id(), counts.sums()));
    }
  }

  void weigh(Command.WeighCanary weigh) {
    ReleaseRecord record = releasing.open(weigh.id());
    releasing.needDeploy(record);
    Matter.checkReason(weigh.reason(), "another weight");
    BigDecimal weight = CanaryTerms.weight(weigh.weight());
    Rollout rollout =
        record
            .tried()
            .orElseThrow(() ->
                Releasing.conflict(
                    "release "
                        + weigh.id()
                        + " is not being tried on a share of the conversations ("
                        + record.state().word()
                        + ")"));
    if (rollout.weight().compareTo(weight) == 0) {
      throw Releasing.conflict("its weight is " + CanaryTerms.percent(weight) + " already");
    }
    Digest reason = matter.seal(weigh.reason());
    if (record.state() instanceof ReleaseState.Held) {
      Instant end = rollout.startedAt().plus(record.release().canaryTerms().limit());
      if (!matter.now().isBefore(end)) {
        throw Releasing.conflict(
            "its time was over at " + end + ": promote it, roll it back, or release it anew");
      }
      releasing.resume(record, reason);
    }
    matter.decided().add(new Event.CanaryWeighed(weigh.id(), weight, reason));
  }

  void judge(Command.JudgeCanary judge) {
    matter.needServer("judges canaries");
    ReleaseRecord record = releasing.find(judge.id());
    Optional<Rollout> rollout = record.tried();
    boolean held =
        record.state() instanceof ReleaseState.Held && judge.verdict() == CanaryVerdict.ROLL_BACK;
    if (rollout.isEmpty() || !(held || record.state() instanceof ReleaseState.RollingOut)) {
      // A person was quicker.
      return;
    }
    Optional<Rollout.Judgement> before = rollout.get().judgement();
    boolean news =
        before.isEmpty()
            || !before.get().verdict().equals(judge.verdict().word())
            || !before.get().rule().equals(judge.rule())
            || Freshness.fades(state, record, matter.now());
    ReleaseRecord known = news ? record.judged(put(judge)) : record;
    String why = Matter.shortened(judge.why());
    switch (judge.verdict()) {
      case PROMOTE -> {
        if (record.state().missing().isEmpty()) {
          releasing.goOn(known, matter.seal(why));
        }
      }
      case ROLL_BACK -> back(record, "verdict", matter.seal(why));
      case INCONCLUSIVE -> {
        if (record.state().missing().isEmpty() || !byPerson(record)) {
          releasing.move(record, new ReleaseState.Held(), record.pins(), matter.seal(why));
        }
      }
      case HOLD -> {
        boolean wasGood =
            before.filter(said -> said.verdict().equals(CanaryVerdict.PROMOTE.word())).isPresent();
        if (wasGood && !record.state().missing().isEmpty() && !byPerson(record)) {
          releasing.move(record, new ReleaseState.RollingOut(), record.pins(), matter.seal(why));
        }
      }
    }
  }

  /// Whether it waits for what is missing since a person has promoted it, and not since its verdict
  /// was good: what is said later changes nothing then.
  private static boolean byPerson(ReleaseRecord record) {
    for (Move move : record.moves().reversed()) {
      boolean waits = move.into() instanceof ReleaseState.RollingOut && !move.missing().isEmpty();
      if (!waits) {
        return false;
      }
      if (!move.by().equals(Actor.SYSTEM)) {
        return true;
      }
    }
    return false;
  }

  private Rollout.Judgement put(Command.JudgeCanary judge) {
    Digest digest = matter.keep(judge.record());
    matter
        .decided()
        .add(
            new Event.CanaryJudged(
                judge.id(),
                judge.verdict().word(),
                judge.rule(),
                Matter.shortened(judge.why()),
                judge.units(),
                digest));
    return new Rollout.Judgement(
        matter.now(),
        judge.verdict().word(),
        judge.rule(),
        Matter.shortened(judge.why()),
        judge.units(),
        digest);
  }

  /// The version that is tried goes, and the one in force is so for all again.
  ///
  /// @param cause `person`, `alert` or `verdict`
  void back(ReleaseRecord record, String cause, Digest reason) {
    Release release = record.release();
    Digest control = record.tried().orElseThrow().control();
    releasing.move(record, new ReleaseState.RolledBack(), record.pins(), reason);
    matter
        .decided()
        .add(
            new Event.RolledBack(
                release.id(),
                release.agent(),
                release.to(),
                control,
                release.version(),
                cause,
                List.of(),
                reason));
  }
}
