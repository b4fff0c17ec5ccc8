// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.command.Command;
import dev.steward.control.release.ReleaseRecord;
import dev.steward.control.release.Rollout;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Strategy;
import dev.steward.insight.finding.FakeTraces;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.watch.Unit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the watch makes of releases, on a real control ledger and a clock that stands still.
class CanaryWatchTest {
  private static final Map<String, String> TERMS =
      Map.of("weight", "50%", "accepted-loss", "20%", "guardrails", "error");

  @TempDir Path folder;
  private ControlFixture fixture;
  private List<Unit> units = List.of();
  private Duration later = Duration.ofHours(5);
  private boolean ready = true;
  private Digest first;
  private Digest second;

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.DANA, version(1)));
    fixture.submit(new Command.StartRelease("direct", "lookup", "staging", "", "better"));
    fixture.apply(version(2));
    first = inForce("staging");
    second = inForce("development");
    fixture.submit(
        new Command.StartRelease(
            "canary", "lookup", "staging", "", Strategy.CANARY, TERMS, "a new prompt"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aGoodOneIsPromoted() {
    units = new Units(3).success(0.9, 0.9).take(1_500);
    watch().look();

    assertThat(record().state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(inForce("staging")).isEqualTo(second);
    assertThat(last().rule()).isEqualTo("shown-good");
  }

  @Test
  void aBadOneIsRolledBackByItselfAndStateAtShowsTheOldWorld() {
    units = new Units(3).success(0.9, 0.5).take(30);
    CanaryWatch watch = watch();
    watch.look();
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut());
    State before = fixture.state();

    units = new Units(3).success(0.9, 0.5).take(400);
    watch.look();

    assertThat(record().state()).isEqualTo(new ReleaseState.RolledBack());
    assertThat(inForce("staging")).isEqualTo(first);
    assertThat(last().rule()).isEqualTo("success-worse");
    State then = fixture.control().stateAt(before.at());
    assertThat(then.releases().tried("lookup", "staging")).isPresent();
    assertThat(then).isEqualTo(before);
    assertThat(fixture.replayed(fixture.state().sequence())).isEqualTo(fixture.state());
  }

  @Test
  void aBreachedGuardrailRollsBackHoweverManySucceed() {
    units = new Units(4).success(0.9, 0.99).errors(0.6).take(300);
    watch().look();

    assertThat(record().state()).isEqualTo(new ReleaseState.RolledBack());
    assertThat(last().rule()).isEqualTo("guardrail-breached");
    assertThat(last().why()).contains("error units: e-value");
  }

  @Test
  void anInconclusiveOneIsHeldWhenItsTimeIsOver() {
    units = new Units(5).success(0.8, 0.8).take(60);
    CanaryWatch watch = watch();
    watch.look();
    assertThat(last().verdict()).isEqualTo("hold");
    later = Duration.ofDays(8);
    watch.look();

    assertThat(record().state()).isEqualTo(new ReleaseState.Held());
    assertThat(last().verdict()).isEqualTo("inconclusive");
    assertThat(inForce("staging")).isEqualTo(first);
  }

  @Test
  void oneThatIsHeldIsRolledBackTooAndNothingElse() {
    fixture.submit(new Command.HoldRelease("canary", "a visit"));
    units = new Units(3).success(0.9, 0.9).take(1_500);
    CanaryWatch watch = watch();
    watch.look();
    assertThat(record().state()).isEqualTo(new ReleaseState.Held());

    units = new Units(3).success(0.9, 0.5).take(400);
    watch.look();
    assertThat(record().state()).isEqualTo(new ReleaseState.RolledBack());
  }

  @Test
  void whatAPersonPromotesAfterItsTimeWaitsForItsGatesAndIsNotHeldAgain() {
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Gate
        metadata: {name: paid}
        spec: {environments: [staging], requires: budget}
        """);
    later = Duration.ofDays(8);
    CanaryWatch watch = watch();
    watch.look();
    assertThat(record().state()).isEqualTo(new ReleaseState.Held());
    fixture.submit(new Command.PromoteRelease("canary", "we want it"));
    watch.look();

    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut(List.of("paid")));
  }

  @Test
  void aGoodVerdictThatWaitsIsToldAnewBeforeAGateFindsItTooOld() {
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Gate
        metadata: {name: paid}
        spec: {environments: [staging], requires: budget}
        ---
        apiVersion: steward/v1
        kind: Gate
        metadata: {name: tried}
        spec: {environments: [staging], requires: canary, maxAge: 60s}
        """);
    units = new Units(3).success(0.9, 0.9).take(1_500);
    CanaryWatch watch = watch();
    watch.look();
    watch.look();
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut(List.of("paid")));
    assertThat(record().tried().orElseThrow().judgements()).hasSize(1);
    for (int i = 0; i < 40; i++) {
      fixture.now();
    }
    watch.look();

    assertThat(record().tried().orElseThrow().judgements())
        .extracting(Rollout.Judgement::verdict)
        .containsExactly("promote", "promote");
  }

  @Test
  void aBrokenAssignmentIsNeverPromoted() {
    units = new Units(6).success(0.9, 0.95).lost(0.4).take(2_000);
    watch().look();

    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut());
    assertThat(last().rule()).isEqualTo("assignment-broken");
  }

  @Test
  void aRestartInTheMiddleChangesNothing() {
    List<Unit> all = new Units(7).success(0.9, 0.6).take(400);
    units = all.subList(0, 40);
    watch().look();
    State before = fixture.state();
    fixture.restart();
    watch().look();
    assertThat(fixture.state()).isEqualTo(before);

    units = all;
    watch().look();
    assertThat(record().state()).isEqualTo(new ReleaseState.RolledBack());
  }

  @Test
  void judgesAgainAndAgainAndWritesOnlyWhatIsNew() {
    units = new Units(8).success(0.8, 0.8).take(60);
    CanaryWatch watch = watch();
    watch.look();
    long sequence = fixture.state().sequence();
    for (int i = 0; i < 5; i++) {
      watch.look();
    }
    assertThat(fixture.state().sequence()).isEqualTo(sequence);
    assertThat(watch.said(fixture.state(), "canary").orElseThrow().units()).isEqualTo(60);
  }

  @Test
  void waitsUntilAllRunsCanBeRead() {
    units = new Units(3).success(0.9, 0.5).take(400);
    ready = false;
    watch().look();
    assertThat(record().tried().orElseThrow().judgements()).isEmpty();
  }

  @Test
  void theLastWordIsReadFromTheLedgerWithNumbersAndCurves() {
    units = new Units(3).success(0.9, 0.5).take(400);
    watch().look();
    CanaryRecord said = watch().said(fixture.state(), "canary").orElseThrow();

    assertThat(said.verdict()).isEqualTo("roll-back");
    assertThat(said.success().orElseThrow().crossedAt()).isNotNull();
    assertThat(said.success().orElseThrow().interval()).isNotNull();
    assertThat(said.curve()).hasSizeGreaterThan(50);
    assertThat(said.terms()).containsEntry("weight", "50%");
    assertThat(CanaryRecord.read(said.json())).isEqualTo(said);
  }

  @Test
  void raisedWeightsAreSharesOfTheirTime() {
    fixture.submit(new Command.WeighCanary("canary", "80%", "more"));
    List<CanaryTrial> seen = new ArrayList<>();
    CanaryUnits noted =
        (trial, _) -> {
          seen.add(trial);
          return List.of();
        };
    new CanaryWatch(fixture.control(), noted, this::now, () -> true, Duration.ofSeconds(1)).look();
    CanaryTrial trial = seen.getFirst();

    assertThat(trial.control()).isEqualTo(first.hex().substring(0, 12));
    assertThat(trial.candidate()).isEqualTo(second.hex().substring(0, 12));
    assertThat(trial.shares()).extracting(CanaryTrial.Share::share).containsExactly(0.5, 0.8);
    assertThat(trial.plan().lossAccepted()).isEqualTo(0.2);
    assertThat(trial.plan().guardrails()).hasSize(1);
  }

  @Test
  void peopleFindWhatWasRolledBackAndWhatWaitsForThem() {
    assertThat(found()).isEmpty();
    units = new Units(6).success(0.9, 0.95).lost(0.4).take(2_000);
    watch().look();
    assertThat(found().getFirst().title()).contains("lookup in staging cannot be judged");

    units = List.of();
    later = Duration.ofDays(8);
    watch().look();
    Finding waits = found().getFirst();
    assertThat(waits.title()).contains("waits for a person");
    assertThat(waits.subject().environments()).containsExactly("staging");
    assertThat(waits.remedies())
        .anySatisfy(way -> assertThat(way.line()).contains("promote canary"));

    units = new Units(3).success(0.9, 0.5).take(400);
    later = Duration.ofHours(5);
    watch().look();
    assertThat(found().getFirst().title()).contains("was rolled back by itself");
    later = Duration.ofDays(12);
    assertThat(found()).isEmpty();
  }

  private List<Finding> found() {
    return new CanaryFindings(fixture::state)
        .look(new Lately(now(), new FakeTraces(), List.of(), List.of()));
  }

  private CanaryWatch watch() {
    return new CanaryWatch(
        fixture.control(), (_, _) -> units, this::now, () -> ready, Duration.ofSeconds(1));
  }

  private Instant now() {
    return ControlFixture.START.plus(later);
  }

  private ReleaseRecord record() {
    return fixture.state().releases().find("canary").orElseThrow();
  }

  private Rollout.Judgement last() {
    return record().tried().flatMap(Rollout::judgement).orElseThrow();
  }

  private Digest inForce(String environment) {
    return Objects.requireNonNull(fixture.state().environments("lookup").get(environment));
  }

  private static String version(int number) {
    return Yaml.agent("lookup", "version: {code: {build: " + number + "}}");
  }
}
