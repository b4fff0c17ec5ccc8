// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import static dev.steward.insight.canary.Units.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.rollout.Arm;
import dev.steward.insight.watch.CanaryPlan;
import dev.steward.insight.watch.Guardrail;
import dev.steward.insight.watch.Measure;
import dev.steward.insight.watch.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Recorded runs of one agent, split by trial as if they were of two versions. Of 35 tasks many
/// succeed in one trial and fail in the next: what gates here gates on noise.
class RecordedTrialsTest {
  private static final Path FILE = Path.of("../shared/data/trajectories/taubench_airline.jsonl");

  /// As eager as a plan can be, so that holding is not just a matter of too few units.
  private static final CanaryPlan EAGER =
      new CanaryPlan(
          CanaryPlan.Test.MIXTURE,
          0.05,
          0.05,
          0.1,
          0.03,
          0,
          List.of(
              new Guardrail.Events(Unit.Event.FAILURE),
              new Guardrail.Growth(Measure.STEPS, 0.1),
              new Guardrail.Tail(Measure.STEPS, 0.9)),
          20,
          Duration.ZERO,
          Duration.ofDays(7));

  private record Recorded(String task, int trial, boolean success, int steps) {}

  private final List<Recorded> runs = new ArrayList<>();

  @BeforeEach
  void read() throws IOException {
    Assumptions.assumeTrue(Files.exists(FILE), "skipped: ../shared/data is missing");
    for (String line : Files.readAllLines(FILE)) {
      JsonNode run = JsonMapper.shared().readTree(line);
      runs.add(
          new Recorded(
              run.path("task").asString(),
              run.path("trial").asInt(),
              run.path("reward").asDouble() == 1.0,
              run.path("steps").size()));
    }
    assertThat(runs).hasSize(140);
    // The file holds one trial after the other; versions in a canary answer at the same time.
    runs.sort(Comparator.comparing(Recorded::task).thenComparing(Recorded::trial));
  }

  @Test
  void theFirstTwoTrialsAgainstTheLastTwoNeverGate() {
    neverGates(trial -> trial >= 2);
    neverGates(trial -> trial < 2);
  }

  private void neverGates(IntPredicate canary) {
    for (CanaryPlan.Test test : CanaryPlan.Test.values()) {
      for (int order = 0; order < 50; order++) {
        List<Unit> units = units(canary, order);
        for (int seen = 20; seen <= units.size(); seen += 10) {
          Verdict verdict = decide(EAGER.with(test), units.subList(0, seen));
          assertThat(verdict).as(test + ", order " + order).isEqualTo(new Verdict.Hold());
        }
      }
    }
  }

  @Test
  void theSameRunsGateWhenMostSuccessesOfOneSideAreTakenAway() {
    List<Unit> units = new ArrayList<>();
    for (Unit unit : units(trial -> trial >= 2, 0)) {
      boolean spoilt = unit.arm() == Arm.CANARY && unit.id().hashCode() % 8 != 0;
      units.add(spoilt ? failing(unit) : unit);
    }
    assertThat(decide(EAGER, units)).isInstanceOf(Verdict.RollBack.class);
  }

  private static Verdict decide(CanaryPlan plan, List<Unit> units) {
    Instant now = START.plus(Duration.ofHours(1));
    return Deliberation.decide(plan, START, units, now).verdict();
  }

  /// In an order of its own for each number, task by task for 0.
  private List<Unit> units(IntPredicate canary, int order) {
    List<Recorded> shuffled = new ArrayList<>(runs);
    if (order > 0) {
      Collections.shuffle(shuffled, new Random(order));
    }
    List<Unit> units = new ArrayList<>();
    for (Recorded run : shuffled) {
      units.add(
          new Unit(
              "run-" + units.size(),
              canary.test(run.trial) ? Arm.CANARY : Arm.CONTROL,
              0.5,
              START.plusSeconds(units.size()),
              Optional.of(run.success),
              false,
              run.success ? Set.of() : Set.of(Unit.Event.FAILURE),
              Map.of(Measure.STEPS, (double) run.steps)));
    }
    return units;
  }

  private static Unit failing(Unit unit) {
    return new Unit(
        unit.id(),
        unit.arm(),
        unit.share(),
        unit.at(),
        Optional.of(false),
        false,
        Set.of(Unit.Event.FAILURE),
        unit.measures());
  }
}
