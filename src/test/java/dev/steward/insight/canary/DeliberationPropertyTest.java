// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import static dev.steward.insight.canary.Units.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.rollout.Arm;
import dev.steward.insight.watch.CanaryPlan;
import dev.steward.insight.watch.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class DeliberationPropertyTest {
  private static final CanaryPlan PLAN = CanaryPlan.USUAL.with(List.of());
  private static final Instant NOW = START.plus(Duration.ofDays(1));

  @Property(tries = 60)
  void whatIsRolledBackStaysRolledBackWhateverComesLater(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 500) int more) {
    List<Unit> units = new Units(seed).success(0.9, 0.6).errors(0.2).take(600);
    Verdict before = Deliberation.decide(CanaryPlan.USUAL, START, units, NOW).verdict();
    List<Unit> longer = new ArrayList<>(units);
    longer.addAll(new Units(seed + 1).success(0.5, 1).errors(0).take(more));

    if (before instanceof Verdict.RollBack) {
      assertThat(Deliberation.decide(CanaryPlan.USUAL, START, longer, NOW).verdict())
          .isInstanceOf(Verdict.RollBack.class);
    }
  }

  @Property(tries = 60)
  void aFailureMoreOfTheCanaryNeverHelpsIt(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.7, max = 0.95) double control,
      @ForAll @DoubleRange(min = 0.5, max = 0.95) double canary,
      @ForAll @IntRange(min = 0, max = 2_999) int place) {
    List<Unit> units = new Units(seed).success(control, canary).take(3_000);
    List<Unit> worse = new ArrayList<>(units);
    int at = place;
    while (at > 0 && units.get(at).arm() != Arm.CANARY) {
      at--;
    }
    worse.set(at, failing(units.get(at)));

    assertThat(rank(worse)).isLessThanOrEqualTo(rank(units));
  }

  @Property(tries = 40)
  void theSameUnitsGiveTheSameDecision(@ForAll long seed) {
    List<Unit> units = new Units(seed).take(400);
    assertThat(Deliberation.decide(CanaryPlan.USUAL, START, units, NOW))
        .isEqualTo(Deliberation.decide(CanaryPlan.USUAL, START, List.copyOf(units), NOW));
  }

  private static int rank(List<Unit> units) {
    return switch (Deliberation.decide(PLAN, START, units, NOW).verdict()) {
      case Verdict.RollBack _ -> 0;
      case Verdict.Hold _, Verdict.Inconclusive _ -> 1;
      case Verdict.Promote _ -> 2;
    };
  }

  private static Unit failing(Unit unit) {
    return new Unit(
        unit.id(),
        unit.arm(),
        unit.share(),
        unit.at(),
        Optional.of(false),
        false,
        Set.of(),
        Map.of());
  }
}
