// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.conduct;

import static dev.steward.insight.finding.FakeTraces.NOW;
import static dev.steward.insight.finding.FakeTraces.activity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.insight.finding.FakeTraces;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.trace.run.AgentActivity;
import dev.steward.trace.run.RunCost;
import dev.steward.trace.run.RunStatus;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentFindingsTest {
  private static final Instant YESTERDAY = NOW.minus(Duration.ofHours(25));

  private final FakeTraces traces = new FakeTraces();

  @Test
  void anAgentThatFailsMoreIsFoundWithItsNumbersAndSinceWhen() {
    traces.runs.add(FakeTraces.run("refunds", RunStatus.FAILED, 4, NOW.minusSeconds(7_200)));
    Lately lately =
        lately(
            List.of(activity("refunds", 100, 100, 60, 40, NOW)),
            List.of(activity("refunds", 800, 800, 776, 24, YESTERDAY)));

    Finding finding = only(new FailingAgents().look(lately));
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.title())
        .isEqualTo(
            "refunds fails more: 40.0 % of its outcomes were failures in the last 24 hours, 3.0 %"
                + " in the week before");
    assertThat(finding.why()).contains("of 100 runs").contains("of 800 in the week before");
    assertThat(finding.since()).isEqualTo(NOW.minusSeconds(7_200));
    assertThat(finding.evidence().getFirst().filters())
        .containsEntry("agent", "refunds")
        .containsEntry("outcome", "failure");
  }

  @Test
  void errorsAreComparedWhereNoOutcomeIsTold() {
    Lately lately =
        lately(
            List.of(activity("refunds", 100, 0, 0, 15, NOW)),
            List.of(activity("refunds", 800, 0, 0, 24, YESTERDAY)));
    Finding finding = only(new FailingAgents().look(lately));
    assertThat(finding.title()).startsWith("refunds has more errors: 15.0 %");
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void betterThanBeforeAndTooFewAreNoFindings() {
    assertThat(
            new FailingAgents()
                .look(
                    lately(
                        List.of(
                            activity("better", 100, 100, 99, 1, NOW),
                            activity("few", 6, 6, 0, 6, NOW)),
                        List.of(
                            activity("better", 800, 800, 400, 400, YESTERDAY),
                            activity("few", 800, 800, 776, 24, YESTERDAY)))))
        .isEmpty();
  }

  @Test
  void threeAbandonedRunsAreAWarningAndOneIsANote() {
    traces.runs.add(FakeTraces.run("notes", RunStatus.ABANDONED, 4, NOW.minusSeconds(90)));
    for (int i = 1; i <= 3; i++) {
      traces.runs.add(
          FakeTraces.run("refunds", RunStatus.ABANDONED, 4, NOW.minusSeconds(100L * i)));
    }
    List<Finding> found = new StrayRuns().look(lately(List.of(), List.of()));
    assertThat(found)
        .extracting(Finding::id)
        .containsExactly("abandoned/notes", "abandoned/refunds");
    assertThat(found)
        .extracting(Finding::severity)
        .containsExactly(Severity.NOTE, Severity.WARNING);
    assertThat(found.getLast().since()).isEqualTo(NOW.minusSeconds(300));
  }

  @Test
  void aRunAtWorkWithVeryManyStepsMayGoInCircles() {
    traces.runs.add(FakeTraces.run("coder", RunStatus.WORKING, 312, NOW.minusSeconds(600)));
    traces.runs.add(FakeTraces.run("refunds", RunStatus.WORKING, 12, NOW.minusSeconds(60)));
    assertThat(only(new StrayRuns().look(lately(List.of(), List.of()))).title())
        .isEqualTo("coder may go in circles: a run at work has made 312 steps");
  }

  @Test
  void senderThatNobodyRegisteredIsFound() {
    AgentActivity known = activity("refunds", 4, 0, 0, 0, NOW);
    AgentActivity stranger =
        new AgentActivity(
            "poc",
            false,
            Set.of("poc-service"),
            Set.of(),
            Set.of(),
            Set.of(),
            3,
            0,
            0,
            0,
            0,
            RunCost.NONE,
            null,
            NOW.minusSeconds(300),
            NOW,
            List.of());
    Finding finding = only(new Strangers().look(lately(List.of(known, stranger), List.of())));
    assertThat(finding.title()).isEqualTo("poc sends spans, and nobody has registered it");
    assertThat(finding.since()).isEqualTo(NOW.minusSeconds(300));
  }

  @Test
  void twiceTheUsualCostIsFoundAndUnknownCostIsANote() {
    Lately lately =
        lately(
            List.of(
                costing("refunds", 40, "30", 0),
                costing("claims", 40, "12", 0),
                costing("notes", 40, "1", 3)),
            List.of(
                costing("refunds", 280, "70", 0),
                costing("claims", 280, "70", 0),
                costing("notes", 280, "7", 0)));
    List<Finding> found = new Spending().look(lately);
    assertThat(found)
        .extracting(Finding::title)
        .containsExactly(
            "refunds cost 30 USD in the last 24 hours, 10 a day in the week before",
            "notes has 3 calls of unknown cost");
    assertThat(found.getLast().severity()).isEqualTo(Severity.NOTE);
  }

  @Test
  void onlyARegisteredAgentThatRanOftenAndStoppedIsSilent(@TempDir Path folder) {
    try (ControlFixture control = new ControlFixture(folder)) {
      Lately lately =
          lately(List.of(), List.of(activity("ghost", 700, 0, 0, 0, NOW.minusSeconds(90_000))));
      assertThat(new SilentAgents(control::state).look(lately)).isEmpty();
    }
  }

  @Test
  void aGovernedAgentThatCallsPastTheGatewayIsFound(@TempDir Path folder) {
    traces.runs.add(
        FakeTraces.run("refunds", RunStatus.FINISHED, 4, NOW.minusSeconds(90))
            .in(RunStatus.FINISHED, NOW)
            .past(2, 0));
    traces.runs.add(FakeTraces.run("refunds", RunStatus.FINISHED, 4, NOW.minusSeconds(60)));
    try (ControlFixture control = new ControlFixture(folder)) {
      Lately lately = lately(List.of(), List.of());
      UngovernedCalls source = new UngovernedCalls(control::state);
      assertThat(source.look(lately)).isEmpty();

      control.apply(Yaml.ALL);

      Finding finding = only(source.look(lately));
      assertThat(finding.title()).isEqualTo("refunds calls models past the gateway");
      assertThat(finding.why()).contains("2 model calls in 1 run ");
      assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(finding.since()).isEqualTo(NOW.minusSeconds(90));
    }
  }

  private static AgentActivity costing(String agent, long runs, String usd, int unknown) {
    AgentActivity plain = activity(agent, runs, 0, 0, 0, NOW);
    return new AgentActivity(
        agent,
        true,
        plain.services(),
        plain.environments(),
        plain.models(),
        plain.tools(),
        runs,
        0,
        0,
        0,
        0,
        new RunCost(new BigDecimal(usd), "USD", (int) runs, unknown),
        null,
        plain.firstSeen(),
        plain.lastSeen(),
        plain.runsPerSlice());
  }

  private Lately lately(List<AgentActivity> today, List<AgentActivity> before) {
    return new Lately(NOW, traces, today, before);
  }

  private static Finding only(List<Finding> found) {
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
