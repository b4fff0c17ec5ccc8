// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.domain.resource.AlertRule;
import dev.steward.insight.alert.ThresholdReading.Beyond;
import dev.steward.insight.alert.ThresholdReading.NotEnough;
import dev.steward.insight.alert.ThresholdReading.Said;
import dev.steward.insight.alert.ThresholdReading.Within;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Findings;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.sight.AgentSight;
import dev.steward.trace.EmptyTraces;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThresholdsTest {
  private static final Instant NOW = ControlFixture.START.plus(Duration.ofDays(1));

  @TempDir private Path folder;
  private final List<ActivityQuery> asked = new ArrayList<>();
  private ControlFixture fixture;
  private AgentActivity lookup = activity(0, 0, 0, 0, RunCost.NONE, null);

  @BeforeEach
  void open() {
    fixture = new ControlFixture(folder);
    fixture.apply(Yaml.documents(Yaml.ALL, Yaml.agent("lookup")));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aShareIsToldFromTheLeastNumberOfRunsOn() {
    rule("measure: errors, above: 0.1, window: 6h, runs: 20");
    lookup = activity(19, 0, 0, 19, RunCost.NONE, null);
    assertThat(said()).isEqualTo(new NotEnough("19 of at least 20 runs"));
    lookup = activity(20, 0, 0, 2, RunCost.NONE, null);
    assertThat(said()).isInstanceOf(Within.class);
    lookup = activity(20, 0, 0, 3, RunCost.NONE, null);
    assertThat(said()).isEqualTo(new Beyond(new BigDecimal("0.15")));
    assertThat(asked.getLast().from()).isEqualTo(NOW.minus(Duration.ofHours(6)));
    assertThat(asked.getLast().environment()).isNull();
  }

  @Test
  void successIsOfTheRunsWhoseOutcomeIsKnown() {
    rule("measure: success, below: 0.9, runs: 20");
    lookup = activity(500, 19, 0, 0, RunCost.NONE, null);
    assertThat(said()).isInstanceOf(NotEnough.class);
    lookup = activity(500, 20, 17, 0, RunCost.NONE, null);
    assertThat(said()).isEqualTo(new Beyond(new BigDecimal("0.85")));
    lookup = activity(500, 20, 18, 0, RunCost.NONE, null);
    assertThat(said()).isInstanceOf(Within.class);
  }

  @Test
  void howLongRunsTookIsOfThoseThatEnded() {
    rule("measure: duration, above: 30, runs: 2");
    lookup = activity(5, 0, 0, 0, RunCost.NONE, Duration.ofMillis(30_001));
    assertThat(said()).isEqualTo(new Beyond(new BigDecimal("30.001")));
    lookup = activity(5, 0, 0, 0, RunCost.NONE, null);
    assertThat(said()).as("none has ended").isInstanceOf(NotEnough.class);
  }

  @Test
  void aCostThatIsKnownInPartIsTooMuchOrNothingCanBeSaid() {
    rule("measure: cost, above: 10, runs: 1");
    lookup = activity(5, 0, 0, 0, new RunCost(new BigDecimal("9"), "USD", 4, 1), null);
    assertThat(said()).isEqualTo(new NotEnough("what some of its calls cost is not known"));
    lookup = activity(5, 0, 0, 0, new RunCost(new BigDecimal("11"), "USD", 4, 1), null);
    assertThat(said()).isEqualTo(new Beyond(new BigDecimal("11")));
    lookup = activity(5, 0, 0, 0, new RunCost(new BigDecimal("9"), "USD", 5, 0), null);
    assertThat(said()).isInstanceOf(Within.class);
  }

  @Test
  void anAgentThatDidNotRunHasTooLittleAndNoRunsAreACountAsWell() {
    rule("measure: errors, above: 0.1");
    assertThat(read().getFirst().said()).isInstanceOf(NotEnough.class);
    rule("measure: runs, below: 5");
    assertThat(said()).isEqualTo(new Beyond(BigDecimal.ZERO));
  }

  @Test
  void whatLiesBeyondIsAFindingWithItsNumbers() {
    rule("measure: errors, above: 0.1, severity: critical");
    lookup = activity(20, 0, 0, 3, RunCost.NONE, null);
    Finding finding = findings().getFirst();
    assertThat(findings()).hasSize(1);
    assertThat(finding.id()).isEqualTo("threshold/r/lookup");
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.title())
        .isEqualTo("The share of runs with errors of lookup is 15.0 %, above the limit of 10.0 %");
    assertThat(finding.why()).isEqualTo("Over 1h and 20 runs; the rule r asks for 20 at least.");
    assertThat(AlertRules.fires(rule(), finding, fixture.state())).isTrue();
  }

  @Test
  void rulesWithTheSameWindowAskOnce() {
    for (String name : List.of("a", "b", "c")) {
      rule(name, "measure: errors, above: 0.1, window: 6h", "");
    }
    rule("d", "measure: errors, above: 0.1, window: 6h", "environments: [staging], ");
    assertThat(read()).hasSize(4);
    assertThat(asked).hasSize(2);
  }

  @Test
  void whoSeesAPartIsToldNothingOfTheWholeAndNothingFalseOfThePart() {
    rule("measure: runs, below: 10");
    rule("s", "measure: runs, below: 10", "environments: [staging], ");
    lookup = activity(4, 0, 0, 0, RunCost.NONE, null);
    assertThat(heardIn("production")).isEmpty();
    assertThat(heardIn("staging")).containsExactly("threshold/s/lookup/staging");
    assertThat(heardIn("")).hasSize(2);
    lookup = activity(12, 0, 0, 0, RunCost.NONE, null);
    assertThat(heardIn("staging")).as("the reader's own traces have none").isEmpty();
  }

  @Test
  void whatIsReadIsKeptForAMomentUntilTheRulesAreOthers() {
    rule("measure: runs, below: 10");
    Thresholds thresholds = thresholds();
    thresholds.read();
    thresholds.read();
    assertThat(asked).hasSize(1);
    rule("measure: runs, below: 3");
    thresholds.read();
    assertThat(asked).hasSize(2);
  }

  /// @param environment that the reader sees, "" for all
  private List<String> heardIn(String environment) {
    AgentSight sight =
        AgentSight.of(
            (_, target) -> environment.isEmpty() || environment.equals(target.environment()),
            fixture.state());
    return new Findings(traces(), List.of(thresholds()), () -> NOW)
        .look(new EmptyTraces() {}).concerning(sight).stream().map(Finding::id).toList();
  }

  private Said said() {
    return read().getFirst().said();
  }

  private List<ThresholdReading> read() {
    asked.clear();
    return thresholds().read();
  }

  private List<Finding> findings() {
    return thresholds().look(new Lately(NOW, new EmptyTraces() {}, List.of(), List.of()));
  }

  private Thresholds thresholds() {
    return new Thresholds(fixture::state, traces(), () -> NOW);
  }

  private EmptyTraces traces() {
    return new EmptyTraces() {
      @Override
      public List<AgentActivity> activity(ActivityQuery query) {
        asked.add(query);
        return lookup.runs() == 0 ? List.of() : List.of(lookup);
      }
    };
  }

  private AlertRule rule() {
    return fixture.state().find(AlertRule.class, "r").orElseThrow();
  }

  private void rule(String threshold) {
    rule("r", threshold, "");
  }

  private void rule(String name, String threshold, String more) {
    fixture.apply(
        "apiVersion: steward/v1\nkind: AlertRule\nmetadata: {name: "
            + name
            + "}\nspec: {agents: [lookup], "
            + more
            + "threshold: {"
            + threshold
            + "}, routes: [on-call]}\n");
  }

  private static AgentActivity activity(
      long runs,
      long withOutcome,
      long successes,
      long errors,
      RunCost cost,
      @Nullable Duration p95) {
    return new AgentActivity(
        "lookup",
        true,
        Set.of(),
        Set.of("staging"),
        Set.of(),
        Set.of(),
        runs,
        0,
        withOutcome,
        successes,
        errors,
        cost,
        p95,
        NOW,
        NOW,
        List.of());
  }
}
