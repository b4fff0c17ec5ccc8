// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import static dev.steward.insight.canary.Units.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.insight.sequential.Interval;
import dev.steward.insight.watch.CanaryPlan;
import dev.steward.insight.watch.CurvePoint;
import dev.steward.insight.watch.Guardrail;
import dev.steward.insight.watch.Measure;
import dev.steward.insight.watch.Reading;
import dev.steward.insight.watch.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliberationTest {
  private static final CanaryPlan PLAN = CanaryPlan.USUAL;
  private static final Instant NEXT_DAY = START.plus(Duration.ofDays(1));

  @Test
  void aGoodCanaryIsPromotedWithItsNumbers() {
    CanaryDecision decision = decide(new Units(1).success(0.9, 0.93).take(12_000));

    assertThat(decision.verdict()).isEqualTo(new Verdict.Promote());
    assertThat(decision.rule()).isEqualTo(Rule.SHOWN_GOOD);
    Reading success = decision.readings().getFirst();
    assertThat(success.interval().orElseThrow().lower()).isGreaterThan(-PLAN.lossAccepted());
    assertThat(success.control()).isBetween(0.88, 0.92);
    assertThat(success.controlUnits() + success.canaryUnits()).isEqualTo(decision.units());
    assertThat(decision.why()).contains("above the accepted -3.0 points");
  }

  @Test
  void aWorseCanaryIsRolledBackByTheEvidence() {
    for (CanaryPlan.Test test : CanaryPlan.Test.values()) {
      List<Unit> units = new Units(2).success(0.8, 0.6).take(2_000);
      CanaryDecision decision = Deliberation.decide(PLAN.with(test), START, units, NEXT_DAY);

      assertThat(decision.verdict()).isEqualTo(new Verdict.RollBack(new Verdict.Cause.Evidence()));
      assertThat(decision.rule()).isEqualTo(Rule.SUCCESS_WORSE);
      assertThat(decision.readings().getFirst().crossed().orElseThrow().units()).isLessThan(800);
    }
  }

  @Test
  void moreErrorsRollItBackByTheirGuardrail() {
    breached(new Units(3).errors(0.2), "error units");
  }

  @Test
  void moreCostThanAcceptedRollsItBack() {
    breached(new Units(4).cost(1.6), "mean cost");
  }

  @Test
  void aSlowerTailRollsItBack() {
    breached(new Units(5).slow(0.15), "tail of duration");
  }

  private static void breached(Units units, String guardrail) {
    CanaryDecision decision = decide(units.take(3_000));
    assertThat(decision.verdict())
        .isEqualTo(new Verdict.RollBack(new Verdict.Cause.Breach(guardrail)));
    assertThat(decision.rule()).isEqualTo(Rule.GUARDRAIL_BREACHED);
    assertThat(decision.why()).startsWith(guardrail + ": e-value");
  }

  @Test
  void whatIsBetterBreachesNothing() {
    CanaryDecision decision =
        decide(new Units(6).success(0.8, 0.9).errors(0.005).cost(0.5).take(6_000));
    assertThat(decision.readings().getFirst().logEvidence()).isNotPositive();
    assertThat(decision.verdict()).isEqualTo(new Verdict.Promote());
  }

  @Test
  void whatIsNotShownYetIsHeldAndInconclusiveWhenTheTimeIsOver() {
    List<Unit> units = new Units(7).take(600);
    CanaryDecision held = decide(units);
    assertThat(held.verdict()).isEqualTo(new Verdict.Hold());
    assertThat(held.verdict().closed()).isFalse();
    assertThat(held.rule()).isEqualTo(Rule.SUCCESS_NOT_SHOWN);

    CanaryDecision late = Deliberation.decide(PLAN, START, units, START.plus(PLAN.limit()));
    assertThat(late.verdict()).isEqualTo(new Verdict.Inconclusive());
    assertThat(late.rule()).isEqualTo(Rule.TIME_OVER);
    assertThat(late.why()).contains("after 7 days").contains("must be above -3.0 points");
  }

  @Test
  void whatIsEvidentIsRolledBackEvenWhenTheTimeIsOver() {
    List<Unit> units = new Units(2).success(0.8, 0.6).take(2_000);
    assertThat(Deliberation.decide(PLAN, START, units, START.plus(PLAN.limit())).rule())
        .isEqualTo(Rule.SUCCESS_WORSE);
  }

  @Test
  void nothingSeenIsHeld() {
    CanaryDecision decision = decide(List.of());
    assertThat(decision.rule()).isEqualTo(Rule.TOO_EARLY);
    assertThat(decision.curve()).isEmpty();
    assertThat(decision.readings().getFirst().interval()).isEmpty();
  }

  @Test
  void aGoodCanaryWaitsForThePlansTime() {
    List<Unit> units = new Units(1).success(0.9, 0.93).take(12_000);
    assertThat(Deliberation.decide(PLAN, START, units, START.plusSeconds(60)).rule())
        .isEqualTo(Rule.TOO_EARLY);
  }

  @Test
  void lostUnitsBreakTheAssignmentAndHoldWhatWouldBePromoted() {
    CanaryDecision decision = decide(new Units(8).success(0.9, 0.95).lost(0.2).take(12_000));
    assertThat(decision.verdict()).isEqualTo(new Verdict.Hold());
    assertThat(decision.rule()).isEqualTo(Rule.ASSIGNMENT_BROKEN);
    assertThat(decision.assignmentP()).isLessThan(0.001);
  }

  @Test
  void outcomesThatOneArmKeepsBackHoldWhatWouldBePromoted() {
    CanaryDecision decision = decide(new Units(9).success(0.9, 0.95).told(0.8).take(12_000));
    assertThat(decision.verdict()).isEqualTo(new Verdict.Hold());
    assertThat(decision.rule()).isEqualTo(Rule.OUTCOMES_UNEVEN);
  }

  @Test
  void unknownCostIsNeverShownToBeWithinItsBound() {
    List<Unit> units =
        new Units(1)
            .success(0.9, 0.93).take(12_000).stream().map(DeliberationTest::unpriced).toList();
    CanaryDecision decision = decide(units);
    assertThat(decision.verdict()).isEqualTo(new Verdict.Hold());
    assertThat(decision.rule()).isEqualTo(Rule.GROWTH_NOT_SHOWN);
    assertThat(decision.why()).contains("mean cost");
  }

  private static Unit unpriced(Unit unit) {
    return new Unit(
        unit.id(),
        unit.arm(),
        unit.share(),
        unit.at(),
        unit.success(),
        unit.awaited(),
        unit.events(),
        java.util.Map.of());
  }

  @Test
  void aSmallShareOfTheTrafficIsJudgedAsWell() {
    assertThat(decide(new Units(10).share(0.1).success(0.8, 0.5).take(4_000)).rule())
        .isEqualTo(Rule.SUCCESS_WORSE);
    assertThat(decide(new Units(10).share(0.05).take(4_000)).verdict())
        .isEqualTo(new Verdict.Hold());
  }

  @Test
  void theCurveIsShortAndEndsNearTheLastUnit() {
    CanaryDecision decision = decide(new Units(1).success(0.9, 0.93).take(12_000));
    List<CurvePoint> curve = decision.curve();
    assertThat(curve.size()).isBetween(50, 120);
    assertThat(curve.getLast().units()).isGreaterThan(11_500);
    assertThat(curve).extracting(CurvePoint::units).isSorted();
    Interval last = curve.getLast().interval().orElseThrow();
    assertThat(last.contains(curve.getLast().difference())).isTrue();
    assertThat(curve.getLast().logEvidence())
        .containsKeys("success", "assignment", "error units", "mean cost", "tail of duration");
  }

  @Test
  void aPlanThatContradictsItselfIsRefused() {
    assertThatThrownBy(() ->
            PLAN.with(
                List.of(
                    new Guardrail.Growth(Measure.COST, 0.1),
                    new Guardrail.Growth(Measure.COST, 0.2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mean cost");
  }

  private static CanaryDecision decide(List<Unit> units) {
    return Deliberation.decide(PLAN, START, units, NEXT_DAY);
  }
}
