// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.state.State;
import dev.steward.domain.SpanKind;
import dev.steward.domain.decision.Tier;
import dev.steward.insight.replay.RecordedCalls.Limits;
import dev.steward.insight.replay.RecordedCalls.Reading;
import dev.steward.policy.Calls;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import dev.steward.policy.preview.Preview;
import dev.steward.trace.AgentDirectory;
import dev.steward.trace.BatchDraft;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.tail.InMemorySpanStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedCallsTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(ControlFixture.START.plus(Duration.ofHours(6)));

  private static final AgentDirectory NOBODY = _ -> Optional.empty();

  @TempDir Path folder;
  private ControlFixture control;
  private InMemorySpanStore store;

  @BeforeEach
  void open() {
    control = new ControlFixture(folder);
    store = new InMemorySpanStore(NOBODY, Silence.DEFAULT, CLOCK);
  }

  @AfterEach
  void close() {
    control.close();
  }

  @Test
  void aCallHasTheLabelsThatItsAgentHadThen() {
    control.apply(agent("first"));
    Instant then = control.now();
    control.apply(agent("second"));
    store.write(BatchDraft.of(run(1, then), refund(1, 2, then, "{\"amount\": 1}")));
    assertThat(calls().getFirst().call().caller().labels()).containsEntry("stage", "first");
    assertThat(control.state().agent("refunds").orElseThrow().metadata().labels())
        .containsEntry("stage", "second");
  }

  @Test
  void argumentsAreWhatWasRecordedExactly() {
    store.write(BatchDraft.of(run(1, at(0)), refund(1, 2, at(1), "{\"amount\": 12.50}")));
    RecordedCall call = calls().getFirst();
    assertThat(call.call().target()).isEqualTo("payments/refund");
    assertThat((BigDecimal) call.call().arguments().get("amount")).isEqualByComparingTo("12.5");
    assertThat(call.argumentsKnown()).isTrue();
  }

  @Test
  void aCallSeesWhatItsRunHadDoneBefore() {
    store.write(
        BatchDraft.of(
            run(1, at(0)),
            SpanDraft.span(SpanKind.MODEL, 1, 2).under(1).at(at(1)).model("m").cost("0.25"),
            refund(1, 3, at(2), "{}"),
            refund(1, 4, at(3), "{}")));
    List<RecordedCall> calls = calls();
    assertThat(calls.get(0).facts().run().steps()).isEqualTo(1);
    assertThat(calls.get(0).facts().run().tools()).isEmpty();
    assertThat(calls.get(1).facts().run().steps()).isEqualTo(2);
    assertThat(calls.get(1).facts().run().tools()).isEqualTo(Set.of("payments/refund"));
    assertThat(calls.get(1).facts().run().spent().toString()).contains("0.25");
  }

  @Test
  void aCallThatAgentAndGatewayTellOfIsOneAndTheGatewaysWordCounts() {
    store.write(
        BatchDraft.of(
            run(1, at(0)),
            SpanDraft.span(SpanKind.TOOL, 1, 2)
                .under(1)
                .at(at(1))
                .by("refunds")
                .tool("refund", "c"),
            SpanDraft.span(SpanKind.TOOL, 1, 3)
                .under(2)
                .at(at(1))
                .by("refunds")
                .tool("payments", "refund", "c")
                .attributes("{\"steward.decision\":\"deny\",\"steward.unattributed\":true}")
                .byGateway()));
    List<RecordedCall> calls = calls();
    assertThat(calls).hasSize(1);
    assertThat(calls.getFirst().call().server()).isEqualTo("payments");
    assertThat(calls.getFirst().call().attributed()).isFalse();
  }

  @Test
  void whatIsLeftOutIsSaid() {
    for (int trace = 1; trace <= 5; trace++) {
      store.write(
          BatchDraft.of(run(trace, at(60L * trace)), refund(trace, 2, at(60L * trace), "{}")));
    }
    List<RecordedCall> found = new ArrayList<>();
    Reading reading = reading(new Limits(10, 3, Duration.ofSeconds(5)), found);
    assertThat(found).hasSize(3);
    assertThat(reading.calls()).isEqualTo(3);
    assertThat(reading.cut()).contains("3 calls");
    assertThat(reading.since()).isEqualTo(at(180));
    found.clear();
    assertThat(reading(new Limits(2, 100, Duration.ofSeconds(5)), found).cut())
        .contains("2 traces");
    assertThat(found).hasSize(2);
    found.clear();
    assertThat(reading(Limits.USUAL, found).cut()).isEmpty();
    assertThat(found).hasSize(5);
  }

  @Test
  void aCallWithoutArgumentsIsDecidedOnOnlyWhereNobodyAsksForThem() {
    store.write(
        BatchDraft.of(
            run(1, at(0)),
            SpanDraft.span(SpanKind.TOOL, 1, 2)
                .under(1)
                .at(at(1))
                .by("refunds")
                .tool("payments", "refund", null)));
    assertThat(previewed("args.amount > 5").undecided()).isEqualTo(1);
    assertThat(previewed("args.amount > 5").changes()).isEmpty();
    Preview.Result<String> decided = previewed("run.steps < 5");
    assertThat(decided.undecided()).isZero();
    assertThat(decided.newly(Tier.DENY)).isEqualTo(1);
  }

  private Preview.Result<String> previewed(String when) {
    PolicySet now =
        PolicySet.of(
            List.of(Calls.policy("now", Calls.rule("payments/refund", Tier.ALLOW, ""))),
            Tools.NONE);
    PolicySet next =
        PolicySet.of(
            List.of(
                Calls.policy(
                    "next",
                    Calls.rule("payments/refund", Tier.ALLOW, ""),
                    Calls.rule("payments/refund", Tier.DENY, when))),
            Tools.NONE);
    Preview<String> preview = new Preview<>(now, next, 3);
    for (RecordedCall call : calls()) {
      preview.add(call.call(), call.facts(), call.argumentsKnown(), call.run().id(), "here");
    }
    return preview.result();
  }

  private List<RecordedCall> calls() {
    List<RecordedCall> found = new ArrayList<>();
    reading(Limits.USUAL, found);
    return found;
  }

  private Reading reading(Limits limits, List<RecordedCall> found) {
    State state = control.state();
    return new RecordedCalls(store, state, CLOCK, limits)
        .each(ControlFixture.START.minus(Duration.ofDays(1)), found::add);
  }

  private static Instant at(long seconds) {
    return ControlFixture.START.plusSeconds(seconds);
  }

  private static SpanDraft run(long trace, Instant at) {
    return SpanDraft.span(SpanKind.AGENT, trace, 1).at(at).by("refunds");
  }

  private static SpanDraft refund(long trace, long id, Instant at, String arguments) {
    return SpanDraft.span(SpanKind.TOOL, trace, id)
        .under(1)
        .at(at)
        .by("refunds")
        .tool("payments", "refund", null)
        .says(new Content(List.of(), List.of(), null, null, Message.of(arguments), null, null));
  }

  private static String agent(String stage) {
    return """
    apiVersion: steward/v1
    kind: Person
    metadata: {name: ana}
    spec: {displayName: Ana, grants: [{role: admin}]}
    ---
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: refunds, labels: {stage: %s}}
    spec:
      owner: ana
      purpose: pays money back
      risk: high
    """
        .formatted(stage);
  }
}
