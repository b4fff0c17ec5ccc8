// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.gate.RollbackPlan;
import dev.steward.control.release.GateResult;
import dev.steward.control.release.Rollout;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.release.CanaryVerdict;
import dev.steward.domain.release.GateVerdict;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Strategy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A release that is tried on a share of the conversations, as control has it.
class CanaryReleasesTest extends CanaryStage {
  @Test
  void isTriedBesideTheVersionInForceAndDoesNotReplaceIt() {
    start(Map.of("weight", "25%"));

    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut());
    assertThat(inForce("staging")).isEqualTo(first);
    assertThat(rollout().control()).isEqualTo(first);
    assertThat(rollout().weight()).isEqualByComparingTo("0.25");
    assertThat(record().release().canaryTerms().limit()).hasDays(7);
    assertThat(fixture.state().releases().tried("lookup", "staging")).contains(record());
    assertThat(fixture.state().releases().tried("lookup", "development")).isEmpty();
  }

  @Test
  void needsSomethingToCompareWithAndTermsThatCanBeMet() {
    assertThatThrownBy(() ->
            fixture.submit(
                new Command.StartRelease(
                    "r", "refunds", "staging", "", Strategy.CANARY, Map.of(), "better")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("nothing to be compared with");
    for (Map.Entry<String, String> wrong :
        Map.of(
                "weight", "100%",
                "speed", "1",
                "limit", "10m",
                "guardrails", "beauty",
                "untold", "maybe",
                "accepted-loss", "3")
            .entrySet()) {
      assertThatThrownBy(() -> start(Map.of(wrong.getKey(), wrong.getValue())))
          .isInstanceOf(ApiException.class);
    }
    assertThatThrownBy(() ->
            fixture.submit(
                new Command.StartRelease(
                    "r",
                    "lookup",
                    "staging",
                    "",
                    Strategy.DIRECT,
                    Map.of("weight", "10%"),
                    "better")))
        .hasMessageContaining("canary only");
  }

  @Test
  void aGoodOneTakesOverAndTheLedgerSaysWhy() {
    start(Map.of());
    judge(CanaryVerdict.HOLD, "too-early");
    judge(CanaryVerdict.PROMOTE, "shown-good");

    assertThat(record().state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(inForce("staging")).isEqualTo(second);
    assertThat(fixture.state().releases().tried("lookup", "staging")).isEmpty();
    assertThat(rollout().judgements())
        .extracting(Rollout.Judgement::rule)
        .containsExactly("too-early", "shown-good");
    assertThat(fixture.state().record(rollout().judgements().getLast().record()))
        .isEqualTo("{\"rule\":\"shown-good\"}");
    assertThat(fixture.state().releases().placed("lookup", "staging").orElseThrow().version())
        .isEqualTo(second);
  }

  @Test
  void aBadOneIsRolledBackAndThePastStaysVisible() {
    start(Map.of());
    State before = fixture.state();
    judge(CanaryVerdict.ROLL_BACK, "guardrail-breached");

    assertThat(record().state()).isEqualTo(new ReleaseState.RolledBack());
    assertThat(inForce("staging")).isEqualTo(first);
    assertThat(fixture.state().releases().tried("lookup", "staging")).isEmpty();
    assertThat(fixture.control().stateAt(before.sequence()).releases().tried("lookup", "staging"))
        .isPresent();
    assertThat(fixture.replayed(before.sequence())).isEqualTo(before);
    // A verdict that comes later changes nothing.
    State after = fixture.state();
    judge(CanaryVerdict.PROMOTE, "shown-good");
    assertThat(fixture.state()).isEqualTo(after);
  }

  @Test
  void anInconclusiveOneIsHeldUntilAPersonDecides() {
    start(Map.of());
    judge(CanaryVerdict.INCONCLUSIVE, "time-over");
    assertThat(record().state()).isEqualTo(new ReleaseState.Held());
    assertThat(rollout().weight()).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(inForce("staging")).isEqualTo(first);

    fixture.submit(new Command.PromoteRelease("canary", "we want it"));
    assertThat(record().state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(inForce("staging")).isEqualTo(second);
  }

  @Test
  void anotherWeightLetsOneThatIsHeldGoOn() {
    start(Map.of());
    fixture.submit(new Command.HoldRelease("canary", "a visit"));
    assertThat(rollout().weight()).isEqualByComparingTo(BigDecimal.ZERO);
    fixture.submit(new Command.WeighCanary("canary", "40%", "go on"));

    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut());
    assertThat(rollout().weights())
        .extracting(step -> step.weight().toPlainString())
        .containsExactly("0.1", "0", "0.4");
    assertThatThrownBy(() -> fixture.submit(new Command.WeighCanary("canary", "40%", "again")))
        .hasMessageContaining("already");
    assertThatThrownBy(() -> fixture.submit(new Command.WeighCanary("canary", "0%", "none")))
        .hasMessageContaining("hold or promote");
    assertThatThrownBy(() -> fixture.submit(new Command.WeighCanary("direct", "10%", "again")))
        .hasMessageContaining("is over");
  }

  @Test
  void whoseTimeIsOverDoesNotGoOn() {
    start(Map.of("least-time", "0s", "limit", "5s"));
    fixture.submit(new Command.HoldRelease("canary", "a visit"));
    for (int i = 0; i < 5; i++) {
      fixture.now();
    }
    assertThatThrownBy(() -> fixture.submit(new Command.WeighCanary("canary", "40%", "go on")))
        .hasMessageContaining("its time was over");
  }

  @Test
  void aRollbackEndsItAndTouchesNothingElse() {
    start(Map.of());
    RollbackPlan plan = RollbackPlan.of(fixture.state(), "lookup", "staging", "");
    assertThat(plan.running()).isEqualTo(second);
    assertThat(plan.back().version()).isEqualTo(first);
    fixture.submit(
        new Command.RollBack("back", "lookup", "staging", first.hex(), false, "person", "worse"));

    assertThat(record().state()).isEqualTo(new ReleaseState.RolledBack());
    assertThat(inForce("staging")).isEqualTo(first);
    assertThat(fixture.state().releases().placements("lookup", "staging")).hasSize(1);
  }

  @Test
  void aPromotionWaitsForGatesThatClosedMeanwhile() {
    start(Map.of());
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Gate
        metadata: {name: paid}
        spec: {environments: [staging], requires: budget}
        """);
    judge(CanaryVerdict.PROMOTE, "shown-good");
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut(List.of("paid")));
    assertThat(inForce("staging")).isEqualTo(first);

    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Budget
        metadata: {name: all}
        spec: {window: day, limit: {cost: 10, currency: USD}}
        """);
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(record().state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(inForce("staging")).isEqualTo(second);
  }

  @Test
  void aGateForCanariesIsOpenedByAVerdictOnly() {
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Gate
        metadata: {name: tried}
        spec: {environments: [staging, canary], requires: canary, maxAge: 7d}
        """);
    fixture.submit(new Command.StartRelease("at-once", "lookup", "staging", "", "better"));
    assertThat(gate("at-once").verdict()).isEqualTo(GateVerdict.NOT_ENOUGH_DATA);
    fixture.submit(new Command.RefuseRelease("at-once", "a canary first"));

    start(Map.of());
    assertThat(gate("canary").verdict()).isEqualTo(GateVerdict.PASS);
    fixture.submit(new Command.PromoteRelease("canary", "I want it"));
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut(List.of("tried")));
    judge(CanaryVerdict.HOLD, "too-early");
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(inForce("staging")).isEqualTo(first);

    judge(CanaryVerdict.PROMOTE, "shown-good");
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(record().state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(gate("canary").evidence()).containsEntry("units", "200");

    // The next stage needs no canary of its own.
    fixture.submit(new Command.StartRelease("next", "lookup", "canary", "", "better"));
    assertThat(gate("next").verdict()).isEqualTo(GateVerdict.PASS);
    assertThat(inForce("canary")).isEqualTo(second);
  }

  @Test
  void aCanaryThatWasRolledBackLaterOpensNoGate() {
    fixture.apply(
        """
        apiVersion: steward/v1
        kind: Gate
        metadata: {name: tried}
        spec: {environments: [staging], requires: canary, maxAge: 7d}
        """);
    start(Map.of());
    judge(CanaryVerdict.PROMOTE, "shown-good");
    fixture.submit(new Command.JudgeRelease("canary"));
    assertThat(inForce("staging")).isEqualTo(second);
    fixture.submit(
        new Command.RollBack("back", "lookup", "staging", first.hex(), true, "person", "worse"));

    fixture.submit(new Command.StartRelease("again", "lookup", "staging", "", "it is good"));
    assertThat(gate("again").verdict()).isEqualTo(GateVerdict.NOT_ENOUGH_DATA);
    assertThat(inForce("staging")).isEqualTo(first);
  }

  private GateResult gate(String release) {
    return fixture.state().releases().find(release).orElseThrow().said("tried").orElseThrow();
  }

  @Test
  void onlyTheServerJudgesAndADeletedAgentIsTriedNoMore() {
    start(Map.of());
    assertThatThrownBy(() ->
            fixture
                .control()
                .submit(
                    new Command.JudgeCanary("canary", CanaryVerdict.PROMOTE, "r", "w", 1, "{}"),
                    Actor.token("t")))
        .hasMessageContaining("only the server");
    fixture.submit(new Command.DeleteResource("Agent", "lookup"));
    assertThat(fixture.state().releases().trials()).isEmpty();
    assertThat(record().state()).isEqualTo(new ReleaseState.Refused());
  }

  @Test
  void staysAsItIsOverARestartAndInASnapshot() {
    start(Map.of("guardrails", "error,cost+20%,duration@p90", "test", "safe-2x2"));
    judge(CanaryVerdict.HOLD, "too-early");
    fixture.submit(new Command.WeighCanary("canary", "12.5%", "more"));
    State before = fixture.state();
    State read =
        SnapshotCodec.read(
            SnapshotCodec.write(before),
            new dev.steward.control.shelf.Shelf(fixture.ledger::blob, fixture.people));
    assertThat(read).isEqualTo(before);
    assertThat(read.releases().tried("lookup", "staging")).isPresent();

    fixture.restart();
    assertThat(fixture.state()).isEqualTo(before);
    judge(CanaryVerdict.PROMOTE, "shown-good");
    assertThat(inForce("staging")).isEqualTo(second);
  }
}
