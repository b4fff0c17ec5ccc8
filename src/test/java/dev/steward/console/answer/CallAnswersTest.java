// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.answer;

import static dev.steward.trace.SpanDraft.id;
import static dev.steward.trace.SpanDraft.span;
import static dev.steward.trace.SpanDraft.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.answer.Answer.Evidence;
import dev.steward.console.conversation.RunSpans;
import dev.steward.console.conversation.ToolEffects;
import dev.steward.console.part.Mark.Tone;
import dev.steward.console.stage.Stage;
import dev.steward.console.view.CallBindings;
import dev.steward.console.view.CallBindings.Binding;
import dev.steward.console.view.LedgerReading;
import dev.steward.control.Yaml;
import dev.steward.domain.SpanKind;
import dev.steward.trace.RunCosts;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.evidence.CallVerdict;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a run's page says of its calls: who decided on them, and what binds them.
class CallAnswersTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String RUN = "/runs/" + trace(1);
  private static final String ALLOWED =
      "{\"steward.decision\":\"allow\",\"steward.rules\":[\"payments/small\"]}";
  private static final String DENIED =
      """
      {"steward.decision":"deny","steward.refusal":"denied","steward.rules":["payments/never"],\
      "steward.policy.reason":"eve is never paid"}\
      """;
  private static final String APPROVED =
      """
      {"steward.decision":"allow","steward.approval.id":"a-1","steward.rules":["payments/large"]}\
      """;
  private static final String ASKED =
      "{\"steward.decision\":\"require_approval\",\"steward.approval.id\":\"a-1\"}";
  private static final String PAYMENTS =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: payments}
      spec: {rules: [{name: small, tool: bank/pay, effect: allow}]}
      """;

  private final Stage stage = Stage.empty(InstantSource.fixed(NOW));
  private final List<Span> spans = new ArrayList<>();

  CallAnswersTest() {
    spans.add(span(SpanKind.AGENT, 1, 1).at(NOW.minusSeconds(900)).by("refunds").build());
  }

  private SpanDraft call(SpanKind kind, long number) {
    SpanDraft call = span(kind, 1, number).under(1).at(NOW.minusSeconds(900 - number));
    return kind == SpanKind.TOOL ? call.tool("bank", "pay", "call-" + number) : call;
  }

  private void passed(SpanKind kind, long number, String told) {
    spans.add(call(kind, number).byGateway().attributes(told).build());
  }

  private void told(SpanKind kind, long number) {
    spans.add(call(kind, number).build());
  }

  private Answer policy() {
    return answers(_ -> List.of()).get(1);
  }

  private Answer proof(CallBindings bindings) {
    return answers(bindings).get(3);
  }

  private List<Answer> answers(CallBindings bindings) {
    stage.write(spans);
    Run run = stage.store.run(trace(1)).orElseThrow();
    var tree = RunSpans.tree(run, stage.store.outline(trace(1)));
    return new Matter(
            run,
            tree,
            List.of(),
            stage.control.state(),
            new ToolEffects(Map.of()),
            new LedgerReading.Head(90, 90, "root", NOW, "checkpoint"),
            CallSample.of(run, tree, stage.store, bindings),
            RunCosts.of(stage.store, run),
            true)
        .answers();
  }

  private static List<String> words(Answer answer) {
    return answer.evidence().stream().map(Evidence::words).toList();
  }

  private static String href(Answer answer, String words) {
    return answer.evidence().stream()
        .filter(evidence -> evidence.words().contains(words))
        .map(evidence -> String.valueOf(evidence.href()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(words + " is not in " + words(answer)));
  }

  private static String step(long number) {
    return RUN + "?step=" + id(number) + "#s-" + id(number);
  }

  @Test
  void aRunWhoseCallsWereAllAllowedWasRightWithItsRule() {
    stage.control.apply(PAYMENTS);
    passed(SpanKind.MODEL, 2, "{\"steward.decision\":\"allow\"}");
    passed(SpanKind.TOOL, 3, ALLOWED);
    passed(SpanKind.RETRIEVER, 4, "{\"steward.decision\":\"allow\"}");

    Answer policy = policy();

    assertThat(policy.mark().tone()).isEqualTo(Tone.OK);
    assertThat(policy.mark().word()).isEqualTo("Yes, all 3 calls were allowed");
    assertThat(href(policy, "1 model call and 1 tool call and 1 retrieval allowed"))
        .isEqualTo(step(2));
    assertThat(policy.evidence()).hasSize(1);
  }

  @Test
  void theRuleThatAllowedTheFirstCallIsOneClickAway() {
    stage.control.apply(PAYMENTS);
    passed(SpanKind.TOOL, 3, ALLOWED);

    assertThat(href(policy(), "By rule payments/small")).isEqualTo("/policies/payments");
  }

  @Test
  void aDeniedToolCallIsHeldAndLeadsToItsStep() {
    passed(SpanKind.MODEL, 2, "{\"steward.decision\":\"allow\"}");
    spans.add(call(SpanKind.TOOL, 3).byGateway().attributes(DENIED).failed().build());

    Answer policy = policy();

    assertThat(policy.mark().tone()).isEqualTo(Tone.WARNING);
    assertThat(policy.mark().word()).isEqualTo("Held, 1 of 2 calls denied");
    assertThat(href(policy, "1 tool call denied: eve is never paid")).isEqualTo(step(3));
    assertThat(href(policy, "1 model call allowed")).isEqualTo(step(2));
  }

  @Test
  void aCallThatABudgetHeldSaysSo() {
    passed(SpanKind.MODEL, 2, "{\"steward.decision\":\"deny\",\"steward.refusal\":\"budget\"}");

    assertThat(words(policy())).containsExactly("1 model call denied: budget");
  }

  @Test
  void aCallThatPeopleApprovedCountsOnceHoweverOftenItAsked() {
    passed(SpanKind.TOOL, 2, ASKED);
    passed(SpanKind.TOOL, 3, ASKED);
    passed(SpanKind.TOOL, 4, APPROVED);

    Answer policy = policy();

    assertThat(policy.mark().tone()).isEqualTo(Tone.OK);
    assertThat(policy.mark().word()).isEqualTo("Yes, its one call was allowed");
    assertThat(href(policy, "1 tool call approved by a person")).isEqualTo(step(4));
  }

  @Test
  void aCallThatNobodyAnsweredWasHeld() {
    passed(SpanKind.TOOL, 2, ASKED);

    Answer policy = policy();

    assertThat(policy.mark().word()).isEqualTo("Held, 1 of 1 call got no answer");
    assertThat(href(policy, "1 tool call not made, since no person answered")).isEqualTo(step(2));
  }

  @Test
  void aMixedRunSaysWhichCallsNoPolicyDecided() {
    passed(SpanKind.MODEL, 2, "{\"steward.decision\":\"allow\"}");
    passed(SpanKind.TOOL, 3, ALLOWED);
    told(SpanKind.TOOL, 4);
    told(SpanKind.TOOL, 5);

    Answer policy = policy();

    assertThat(policy.mark().tone()).isEqualTo(Tone.UNKNOWN);
    assertThat(policy.mark().word()).isEqualTo("In part: 2 of 4 calls allowed");
    assertThat(href(policy, "No policy decided on 2 tool calls, told by its own process alone"))
        .isEqualTo(step(4));
  }

  @Test
  void aRunThatItsProcessAloneTellsOfIsUnknown() {
    told(SpanKind.MODEL, 2);
    told(SpanKind.TOOL, 3);

    Answer policy = policy();

    assertThat(policy.mark().word()).isEqualTo("Unknown");
    assertThat(words(policy))
        .containsExactly(
            "No policy decided this run: 1 model call and 1 tool call told by its own process"
                + " alone");
    assertThat(words(proof(_ -> List.of())))
        .contains("The steps were told by its own telemetry and are not on the ledger");
  }

  @Test
  void nobodyButTheGatewayCanSayThatACallWasAllowed() {
    spans.add(call(SpanKind.TOOL, 2).attributes(ALLOWED).build());

    assertThat(policy().mark().word()).isEqualTo("Unknown");
  }

  @Test
  void aProposalIsDecidedOnAndACallThatWasMadeOfItToo() {
    String proposals =
        """
        {"steward.decision":"allow","steward.proposals":"[\
        {\\"id\\":\\"call-3\\",\\"target\\":\\"local/pay\\",\\"decision\\":\\"allow\\",\\"heldBack\\":false},\
        {\\"id\\":\\"call-9\\",\\"target\\":\\"local/refund\\",\\"decision\\":\\"deny\\",\
        \\"rules\\":[\\"payments/never\\"],\\"reason\\":\\"no refunds\\",\\"heldBack\\":true}]"}\
        """;
    passed(SpanKind.MODEL, 2, proposals);
    spans.add(call(SpanKind.TOOL, 3).tool("pay", "call-3").build());

    Answer policy = policy();

    assertThat(policy.mark().word()).isEqualTo("Held, 1 of 3 calls denied");
    assertThat(href(policy, "1 tool call denied: no refunds")).isEqualTo(step(2));
    assertThat(words(policy)).contains("1 model call and 1 tool call allowed");
  }

  @Test
  void aCallOfAnAgentCountsAndAnAgentWithinTheProcessDoesNot() {
    spans.add(call(SpanKind.AGENT, 2).by("helper").build());
    passed(SpanKind.AGENT, 3, "{\"steward.agent.call\":\"post\",\"steward.decision\":\"allow\"}");

    assertThat(words(policy())).containsExactly("1 call of an agent allowed");
  }

  @Test
  void callsThatAreUnchangedAreProvenByTheirFirstAndLastEntry() {
    register();
    passed(SpanKind.MODEL, 2, "{\"steward.decision\":\"allow\"}");
    passed(SpanKind.TOOL, 3, ALLOWED);

    Answer proof = proof(bound(CallVerdict.UNCHANGED));

    assertThat(proof.mark().word()).isEqualTo("Yes, who ran and all 2 calls");
    assertThat(proof.mark().tone()).isEqualTo(Tone.OK);
    assertThat(href(proof, "2 calls are unchanged, the first bound by activity entry 0"))
        .isEqualTo("/ledger/activity/0");
    assertThat(href(proof, "The last is bound by activity entry 1"))
        .isEqualTo("/ledger/activity/1");
  }

  @Test
  void aCallThatWasChangedIsFoundOut() {
    register();
    passed(SpanKind.TOOL, 3, ALLOWED);

    Answer proof = proof(bound(CallVerdict.CHANGED));

    assertThat(proof.mark().tone()).isEqualTo(Tone.CRITICAL);
    assertThat(proof.mark().word()).isEqualTo("No, 1 call was changed since");
    assertThat(href(proof, "1 call says something else")).isEqualTo(step(3));
    assertThat(href(proof, "What it said is bound by activity entry 0"))
        .isEqualTo("/ledger/activity/0");
  }

  @Test
  void whatNoEntryBindsAndWhatTheProcessToldAreNotProven() {
    register();
    passed(SpanKind.MODEL, 2, "{\"steward.decision\":\"allow\"}");
    told(SpanKind.TOOL, 3);

    Answer part = proof(bound(CallVerdict.UNCHANGED));
    assertThat(part.mark().word()).isEqualTo("In part: who ran and 1 of 2 calls");
    assertThat(words(part))
        .contains("1 call was told by its own telemetry alone and not on the ledger");

    Answer unbound =
        proof(calls ->
            calls.stream()
                .map(c -> new Binding(c.key().spanId(), CallVerdict.UNBOUND, null))
                .toList());
    assertThat(unbound.mark().word()).isEqualTo("In part: 1 call is bound by no entry");
    assertThat(href(unbound, "1 call is bound by no entry")).isEqualTo(step(2));
  }

  @Test
  void ofManyCallsTheFirstAndTheLastAreCheckedAndThatIsSaid() {
    register();
    for (long number = 2; number < 62; number++) {
      passed(SpanKind.MODEL, number, "{\"steward.decision\":\"allow\"}");
    }
    List<Span> asked = new ArrayList<>();

    Answer proof =
        proof(calls -> {
          asked.addAll(calls);
          return bound(CallVerdict.UNCHANGED).of(calls);
        });

    assertThat(asked).hasSize(2 * CallSample.EACH_END);
    assertThat(asked.getLast().key().spanId()).isEqualTo(id(61));
    assertThat(proof.mark().word()).isEqualTo("In part: who ran and 20 of 60 calls");
    assertThat(words(proof))
        .anySatisfy(words ->
            assertThat(words)
                .startsWith("20 of 60 calls that passed the gateway were checked here")
                .contains("steward verify --run " + trace(1)));
  }

  @Test
  void aCallThatItsAgentToldTooIsCheckedByTheGatewaysWordAndShownAtTheAgents() {
    register();
    spans.add(call(SpanKind.MODEL, 2).model("gpt-5").answering("r-1").build());
    spans.add(
        call(SpanKind.MODEL, 3)
            .model("gpt-5")
            .answering("r-1")
            .byGateway()
            .attributes("{\"steward.decision\":\"allow\"}")
            .build());
    List<String> asked = new ArrayList<>();

    List<Answer> answers =
        answers(calls -> {
          calls.forEach(call -> asked.add(call.key().spanId()));
          return bound(CallVerdict.CHANGED).of(calls);
        });

    assertThat(answers.get(1).mark().word()).isEqualTo("Yes, its one call was allowed");
    assertThat(asked).containsExactly(id(3));
    assertThat(href(answers.get(3), "1 call says something else")).isEqualTo(step(2));
  }

  /// The version that ran is on the ledger.
  private void register() {
    stage.control.apply(Yaml.ALL);
    String version =
        stage.control.state().versions("refunds").getFirst().version().hex().substring(0, 12);
    spans.set(
        0,
        span(SpanKind.AGENT, 1, 1)
            .at(NOW.minusSeconds(900))
            .by("refunds")
            .version(version)
            .build());
  }

  /// Each call has an entry of its own.
  private static CallBindings bound(CallVerdict verdict) {
    return calls -> {
      List<Binding> bindings = new ArrayList<>();
      for (Span call : calls) {
        bindings.add(new Binding(call.key().spanId(), verdict, (long) bindings.size()));
      }
      return bindings;
    };
  }
}
