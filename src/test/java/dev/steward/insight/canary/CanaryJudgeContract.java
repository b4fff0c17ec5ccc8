// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import static dev.steward.trace.SpanDraft.NOON;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.domain.rollout.Arm;
import dev.steward.domain.rollout.Assigned;
import dev.steward.domain.rollout.Assignment;
import dev.steward.insight.watch.CanaryPlan;
import dev.steward.insight.watch.Guardrail;
import dev.steward.insight.watch.Measure;
import dev.steward.insight.watch.Unit;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.SpanStore;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Evaluation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the judge makes of runs in a span store.
public abstract class CanaryJudgeContract {
  private static final Assignment ASSIGNMENT = new Assignment("refunds/v2");

  private final SplittableRandom random = new SplittableRandom(11);
  private Instant now = NOON.plus(Duration.ofHours(4));
  private SpanStore store;
  private long next = 1;

  protected abstract SpanStore open(AgentDirectory agents, Silence silence, InstantSource clock);

  @BeforeEach
  void openStore() {
    store = open(_ -> Optional.empty(), Silence.DEFAULT, () -> now);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void aCanaryThatFailsMoreIsRolledBackAndAnEqualOneIsHeld() {
    write(600, 0.85, 0.55);
    CanaryDecision decision = judge(trial());
    assertThat(decision.verdict()).isEqualTo(new Verdict.RollBack(new Verdict.Cause.Evidence()));
    assertThat(decision.units()).isEqualTo(600);

    closeStore();
    openStore();
    assertThat(judge(trial())).isEqualTo(decision);
  }

  @Test
  void anEqualCanaryIsHeldUntilItsTimeIsOver() {
    write(400, 0.85, 0.85);
    assertThat(judge(trial()).verdict()).isEqualTo(new Verdict.Hold());
    now = NOON.plus(Duration.ofDays(8));
    assertThat(judge(trial()).verdict()).isEqualTo(new Verdict.Inconclusive());
  }

  @Test
  void lateOutcomesAreReadAgain() {
    List<Evaluation> outcomes = write(300, 0.9, 0.4);
    long first = next;
    // The same again, and of these nobody has told yet.
    BatchDraft spans = new BatchDraft();
    for (int i = 0; i < 300; i++) {
      conversation(i + 300, spans);
    }
    store.write(spans.build());
    assertThat(known()).isEqualTo(outcomes.size());

    BatchDraft late = new BatchDraft();
    for (long trace = first; trace < next; trace++) {
      late.evaluation(outcome(trace, "success"));
    }
    store.write(late.build());
    assertThat(known()).isEqualTo(600);
  }

  private int known() {
    int known = 0;
    for (Unit unit : new TracedUnits(store).units(trial(), now)) {
      known += unit.success().isPresent() ? 1 : 0;
    }
    return known;
  }

  @Test
  void theRunsOfAConversationAreOneUnitOfItsFirstRunsArm() {
    turn("c-1", "v2", 10, "success");
    turn("c-1", "v1", 20, "failure");
    turn("c-2", "v1", 30, "success");

    List<Unit> units = new TracedUnits(store).units(trial(), now);

    assertThat(units).hasSize(2);
    assertThat(units.getFirst().arm()).isEqualTo(Arm.CANARY);
    assertThat(units.getFirst().success()).contains(false);
    assertThat(units.getFirst().measures()).containsEntry(Measure.DURATION, 2.0);
    assertThat(units.getFirst().measures()).containsEntry(Measure.COST, 1.0);
    assertThat(units.getLast().arm()).isEqualTo(Arm.CONTROL);

    CanaryTrial byRun =
        trial(
            new CanaryTrial.UnitRule(
                false, Duration.ZERO, Duration.ZERO, CanaryTrial.Untold.LEFT_OUT));
    assertThat(new TracedUnits(store).units(byRun, now)).hasSize(3);
  }

  @Test
  void whatWasNotAssignedIsLeftOut() {
    turn("old", "v1", -600, "success");
    turn("old", "v1", 60, "success");
    turn("other", "v0", 60, "success");
    turn("assigned", "v1", 60, "success");

    assertThat(new TracedUnits(store).units(trial(), now)).hasSize(1);
  }

  @Test
  void whatNeverToldItsOutcomeIsAwaitedAndThenLeftOutOrCounted() {
    turn("c-1", "v1", 60, "");
    now = NOON.plusSeconds(120);
    assertThat(only(trial()).awaited()).isTrue();
    now = NOON.plusSeconds(7_200);
    assertThat(only(trial()).awaited()).isFalse();
    assertThat(only(trial()).success()).isEmpty();
    CanaryTrial failing =
        trial(
            new CanaryTrial.UnitRule(
                true, Duration.ZERO, Duration.ofMinutes(1), CanaryTrial.Untold.FAILURE));
    assertThat(only(failing).success()).contains(false);
  }

  @Test
  void refusedCallsAndQuestionsToPeopleAreEventsOfTheirUnit() {
    turn("c-1", "v2", 60, "success");
    long trace = next - 1;
    store.write(
        BatchDraft.of(
            span(SpanKind.TOOL, trace, 7)
                .under(1)
                .at(61)
                .byGateway()
                .attributes("{\"steward.decision\":\"deny\",\"steward.approval.id\":\"a-1\"}")));

    List<Guardrail> guardrails =
        List.of(
            new Guardrail.Events(Unit.Event.DENIAL), new Guardrail.Events(Unit.Event.ESCALATION));
    CanaryTrial usual = trial();
    CanaryTrial asked =
        new CanaryTrial(
            usual.agent(),
            usual.environment(),
            usual.control(),
            usual.candidate(),
            usual.startedAt(),
            usual.shares(),
            usual.unitRule(),
            usual.plan().with(guardrails));

    assertThat(only(asked).events())
        .containsExactlyInAnyOrder(Unit.Event.DENIAL, Unit.Event.ESCALATION);
    assertThat(only(usual).events()).isEmpty();
  }

  @Test
  void eachUnitHasTheShareThatWasInForceWhenItBegan() {
    turn("c-1", "v1", 60, "success");
    turn("c-2", "v2", 3_700, "success");
    turn("c-1", "v1", 3_800, "success");
    CanaryTrial usual = trial();
    CanaryTrial raised =
        new CanaryTrial(
            usual.agent(),
            usual.environment(),
            usual.control(),
            usual.candidate(),
            usual.startedAt(),
            List.of(
                new CanaryTrial.Share(NOON.plusSeconds(3_600), 0.25),
                new CanaryTrial.Share(NOON, 0.05)),
            usual.unitRule(),
            usual.plan());
    assertThat(new TracedUnits(store).units(raised, now))
        .extracting(Unit::share)
        .containsExactlyInAnyOrder(0.25, 0.05);
  }

  private CanaryDecision judge(CanaryTrial trial) {
    return new CanaryJudge(new TracedUnits(store), () -> now).judge(trial);
  }

  private Unit only(CanaryTrial trial) {
    List<Unit> units = new TracedUnits(store).units(trial, now);
    assertThat(units).hasSize(1);
    return units.getFirst();
  }

  private static CanaryTrial trial() {
    return trial(CanaryTrial.UnitRule.USUAL);
  }

  private static CanaryTrial trial(CanaryTrial.UnitRule rule) {
    return new CanaryTrial(
        "refunds",
        "production",
        "v1",
        "v2",
        NOON,
        List.of(new CanaryTrial.Share(NOON, 0.5)),
        rule,
        CanaryPlan.USUAL);
  }

  /// Conversations by their hash, each with an outcome by the rate of its arm.
  private List<Evaluation> write(int count, double control, double canary) {
    BatchDraft batch = new BatchDraft();
    List<Evaluation> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Arm arm = conversation(i, batch);
      double rate = arm == Arm.CANARY ? canary : control;
      outcomes.add(outcome(next - 1, random.nextDouble() < rate ? "success" : "failure"));
    }
    outcomes.forEach(batch::evaluation);
    store.write(batch.build());
    return outcomes;
  }

  private Arm conversation(int number, BatchDraft batch) {
    String id = "conversation-" + number;
    Assigned who = new Assigned(Assigned.Kind.CONVERSATION, id);
    Arm arm = ASSIGNMENT.arm(who, 0.5);
    turn(id, arm == Arm.CANARY ? "v2" : "v1", 1 + number, batch);
    return arm;
  }

  private void turn(String conversation, String version, long second, String outcome) {
    BatchDraft batch = new BatchDraft();
    long trace = turn(conversation, version, second, batch);
    store.write(batch.build());
    if (!outcome.isEmpty()) {
      store.write(new BatchDraft().evaluation(outcome(trace, outcome)).build());
    }
  }

  /// @return its trace
  private long turn(String conversation, String version, long second, BatchDraft batch) {
    long trace = next++;
    SpanDraft root =
        span(SpanKind.AGENT, trace, 1)
            .by("refunds")
            .version(version)
            .environment("production")
            .conversation(conversation)
            .at(second);
    SpanDraft model =
        span(SpanKind.MODEL, trace, 2).under(1).at(second).model("gpt-5").usage(10, 5).cost("0.5");
    batch.spans(root, model);
    return trace;
  }

  private static Evaluation outcome(long trace, String label) {
    Instant at = NOON.plus(Duration.ofHours(1));
    return new Evaluation(trace(trace), null, null, "outcome", label, null, null, true, "dana", at);
  }
}
