// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchmarkTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant END = Instant.parse("2026-11-21T10:00:00Z");

  private static final String TAU =
      """
      {"task":"tau-7","trial":2,"model":"gpt-4o","env":"tau-bench airline","reward":0.0,
       "outcome":"failure","expected_actions":[],"user_instruction":"be rude","steps":[
       {"role":"system","content":"Policy."},
       {"role":"user","content":"Hi"},
       {"role":"assistant","content":null,"tool_calls":[
         {"id":"c1","name":"look","args":{"id":7}},{"id":null,"name":"book","args":{}}]},
       {"role":"tool","content":"{\\"seats\\":2}","tool":"look","tool_call_id":"c1"},
       {"role":"tool","content":"Error: no seat","tool":"book","tool_call_id":null},
       {"role":"assistant","content":"Sorry."}]}\
      """;

  private static final String DOJO =
      """
      {"run":"runs/m/slack/t1/direct/i1.json","suite":"slack","user_task":"t1",
       "model":"gpt-4o-2024-05-13-repeat_user_prompt","injection_task":"i1","attack":"direct",
       "injections":{"x":"do evil"},"utility":false,"injection_executed":true,"duration_s":8.0,
       "steps":[{"role":"user","content":"Read"},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c","name":"read","args":{}}]},
        {"role":"tool","content":"","tool":"read","tool_call_id":"c","error":"ValueError: no"},
        {"role":"user","content":"Read"},
        {"role":"assistant","content":"Done"}]}\
      """;

  private static final String GROUP =
      """
      {"run":"w/1","split":"Algorithm-Generated","question":"Q?","question_id":"q1","level":"2",
       "expected":"6","outcome":"failure","mistake_agent":"B","mistake_step":3,
       "mistake_reason":"wrong file","system_prompt":{"A":"You are A"},
       "steps":[{"agent":"A","role":"assistant","content":"Task"},
        {"agent":"A","role":"assistant","content":"```python\\nprint(1)\\n```"},
        {"agent":"Computer_terminal","role":"user","content":"exitcode: 1 (execution failed)\\nX"},
        {"agent":"B","role":"user","content":"I say six"},
        {"agent":"B","role":"user","content":"Done"}]}\
      """;

  private static final String ORCHESTRATED =
      """
      {"run":"w/2","split":"Hand-Crafted","question":"Q?","question_id":"q2","level":null,
       "expected":"6","outcome":"failure","mistake_agent":"WebSurfer","mistake_step":3,
       "mistake_reason":"clicked wrong","system_prompt":null,
       "steps":[{"agent":"human","role":"human","content":"Q?"},
        {"agent":"Orchestrator (thought)","role":"x","content":"Plan"},
        {"agent":"Orchestrator (-> WebSurfer)","role":"x","content":"Search it"},
        {"agent":"WebSurfer","role":"WebSurfer","content":"I clicked"},
        {"agent":"Orchestrator (thought)","role":"x","content":"Fine"}]}\
      """;

  @Test
  void aDialogueWithToolsBecomesChatsAndToolsUnderTheAgent() {
    SpanTree tree = tree(Benchmark.TAU_BENCH, TAU);
    Span root = tree.root();
    assertThat(root.getName()).isEqualTo("invoke_agent airline");
    assertThat(SpanTree.text(root, "gen_ai.agent.name")).isEqualTo("airline");
    assertThat(SpanTree.text(root, "gen_ai.conversation.id")).isEqualTo("tau-7/trial-2");
    assertThat(SpanTree.text(root, "steward.task.id")).isEqualTo("tau-7");
    assertThat(tree.children(root))
        .containsExactly("chat gpt-4o", "execute_tool look", "execute_tool book", "chat gpt-4o");
    assertThat(tree.operation("chat")).allMatch(s -> s.getKindValue() == 3);
  }

  @Test
  void aChatCarriesWhatWasSaidBeforeAndWhatTheModelSaid() {
    List<Span> chats = tree(Benchmark.TAU_BENCH, TAU).operation("chat");
    assertThat(json(chats.getFirst(), "gen_ai.input.messages"))
        .isEqualTo(
            JSON.readTree(
                "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi\"}]}]"));
    assertThat(json(chats.getFirst(), "gen_ai.output.messages").get(0).path("parts"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"type":"tool_call","id":"c1","name":"look","arguments":{"id":7}},
                 {"type":"tool_call","id":"step-2-call-1","name":"book","arguments":{}}]\
                """));
    assertThat(json(chats.getFirst(), "gen_ai.system_instructions").get(0).path("content"))
        .isEqualTo(JSON.readTree("\"Policy.\""));
    assertThat(json(chats.getLast(), "gen_ai.input.messages").size()).isEqualTo(4);
    assertThat(json(chats.getLast(), "gen_ai.input.messages").get(3).path("parts").get(0))
        .isEqualTo(
            JSON.readTree(
                """
                {"type":"tool_call_response","id":"step-2-call-1","response":"Error: no seat"}\
                """));
  }

  @Test
  void aToolCarriesItsCallAndItsFailure() {
    List<Span> tools = tree(Benchmark.TAU_BENCH, TAU).operation("execute_tool");
    assertThat(SpanTree.text(tools.get(0), "gen_ai.tool.call.id")).isEqualTo("c1");
    assertThat(SpanTree.text(tools.get(0), "gen_ai.tool.call.arguments")).isEqualTo("{\"id\":7}");
    assertThat(SpanTree.text(tools.get(0), "gen_ai.tool.call.result")).isEqualTo("{\"seats\":2}");
    assertThat(tools.get(0).getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
    assertThat(SpanTree.text(tools.get(1), "error.type")).isEqualTo("tool_error");
    assertThat(tools.get(1).getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(tools.get(1).getStatus().getMessage()).isEqualTo("Error: no seat");
  }

  @Test
  void theOutcomeIsAnEvaluationOfTheRun() {
    Span.Event outcome = tree(Benchmark.TAU_BENCH, TAU).root().getEvents(0);
    assertThat(outcome.getName()).isEqualTo("gen_ai.evaluation.result");
    assertThat(SpanTree.text(outcome.getAttributesList(), "gen_ai.evaluation.name"))
        .isEqualTo("outcome");
    assertThat(SpanTree.text(outcome.getAttributesList(), "gen_ai.evaluation.score.label"))
        .isEqualTo("failure");
    assertThat(outcome.getAttributesList())
        .anySatisfy(a -> {
          assertThat(a.getKey()).isEqualTo("gen_ai.evaluation.score.value");
          assertThat(a.getValue().hasDoubleValue()).isTrue();
        });
  }

  @Test
  void anAttackedRunSaysWhetherTheAttackSucceeded() {
    SpanTree tree = tree(Benchmark.AGENTDOJO, DOJO);
    assertThat(labels(tree.root())).containsExactly("outcome failure", "injection executed");
    assertThat(SpanTree.text(tree.root(), "steward.task.id")).isEqualTo("slack/t1");
    assertThat(SpanTree.text(tree.root(), "steward.import.defence"))
        .isEqualTo("repeat_user_prompt");
    assertThat(tree.children(tree.root()))
        .containsExactly("chat gpt-4o-2024-05-13", "execute_tool read", "chat gpt-4o-2024-05-13");
    Span tool = tree.operation("execute_tool").getFirst();
    assertThat(SpanTree.text(tool, "error.type")).isEqualTo("ValueError");
    assertThat(SpanTree.text(tool, "gen_ai.tool.call.result")).isEqualTo("ValueError: no");
  }

  @Test
  void aRecordedDurationIsKeptAndTheTimesAreSaidToBeMade() {
    SpanTree tree = tree(Benchmark.AGENTDOJO, DOJO);
    Span root = tree.root();
    assertThat(root.getEndTimeUnixNano() - root.getStartTimeUnixNano()).isEqualTo(8_000_000_000L);
    assertThat(root.getEndTimeUnixNano()).isEqualTo(END.getEpochSecond() * 1_000_000_000L);
    assertThat(tree.all())
        .allMatch(span ->
            span.getAttributesList().stream()
                .anyMatch(a ->
                    a.getKey().equals("steward.import.synthetic_time")
                        && a.getValue().getBoolValue()))
        .allMatch(span -> span.getStartTimeUnixNano() <= span.getEndTimeUnixNano())
        .allMatch(span -> span.getStartTimeUnixNano() >= root.getStartTimeUnixNano())
        .allMatch(span -> span.getEndTimeUnixNano() <= root.getEndTimeUnixNano());
  }

  @Test
  void inAGroupEverySpeakerHasAnInvocationLinkedToTheStepBefore() {
    SpanTree tree = tree(Benchmark.WHOWHEN, GROUP);
    assertThat(tree.root().getName()).isEqualTo("invoke_agent group-chat");
    assertThat(tree.children(tree.root())).containsExactly("invoke_agent A", "invoke_agent B");
    Span a = named(tree, "invoke_agent A");
    Span b = named(tree, "invoke_agent B");
    assertThat(tree.children(a)).containsExactly("chat", "execute_tool Computer_terminal");
    assertThat(tree.children(b)).containsExactly("chat", "chat");
    Span terminal = named(tree, "execute_tool Computer_terminal");
    assertThat(b.getLinks(0).getSpanId()).isEqualTo(terminal.getSpanId());
    assertThat(SpanTree.text(terminal, "error.type")).isEqualTo("exit_code_1");
    assertThat(json(terminal, "gen_ai.tool.call.arguments").path("code").asString())
        .isEqualTo("print(1)\n");
    Span first = tree.operation("chat").getFirst();
    assertThat(json(first, "gen_ai.system_instructions").get(0).path("content").asString())
        .isEqualTo("You are A");
  }

  @Test
  void theDecisiveMistakeStandsAtItsStep() {
    SpanTree tree = tree(Benchmark.WHOWHEN, GROUP);
    Span guilty =
        tree.operation("chat").stream()
            .filter(span -> SpanTree.text(span, "gen_ai.output.messages").contains("I say six"))
            .findFirst()
            .orElseThrow();
    assertThat(labels(guilty)).containsExactly("decisive mistake B");
    assertThat(labels(tree.root())).containsExactly("outcome failure");
  }

  @Test
  void anOrchestratorSpeaksForItselfAndSendsOthersOff() {
    SpanTree tree = tree(Benchmark.WHOWHEN, ORCHESTRATED);
    assertThat(tree.root().getName()).isEqualTo("invoke_agent Orchestrator");
    assertThat(tree.children(tree.root()))
        .containsExactly("chat", "chat", "invoke_agent WebSurfer", "chat");
    Span surfer = named(tree, "invoke_agent WebSurfer");
    assertThat(surfer.getLinksCount()).isEqualTo(1);
    Span its =
        tree.operation("chat").stream()
            .filter(span -> span.getParentSpanId().equals(surfer.getSpanId()))
            .findFirst()
            .orElseThrow();
    assertThat(json(its, "gen_ai.input.messages").size()).isEqualTo(1);
    assertThat(SpanTree.text(its, "gen_ai.input.messages")).contains("Search it");
    assertThat(SpanTree.text(tree.root(), "gen_ai.input.messages")).contains("Q?");
  }

  @Test
  void theSameRunAlwaysHasTheSameIdsAndAnotherRunOthers() {
    List<Span> one = tree(Benchmark.TAU_BENCH, TAU).all();
    List<Span> again =
        SpanTree.spans(Benchmark.TAU_BENCH.spans(JSON.readTree(TAU), END.plusSeconds(5)));
    List<Span> other = tree(Benchmark.TAU_BENCH, TAU.replace("\"trial\":2", "\"trial\":3")).all();
    assertThat(again.stream().map(Span::getSpanId))
        .isEqualTo(one.stream().map(Span::getSpanId).toList());
    assertThat(again.getFirst().getTraceId()).isEqualTo(one.getFirst().getTraceId());
    assertThat(other.getFirst().getTraceId()).isNotEqualTo(one.getFirst().getTraceId());
    assertThat(one.stream().map(Span::getSpanId).distinct()).hasSize(one.size());
    assertThat(one).allMatch(s -> s.getTraceId().size() == 16 && s.getSpanId().size() == 8);
  }

  @Test
  void noTokenIsInvented() {
    for (SpanTree tree :
        List.of(
            tree(Benchmark.TAU_BENCH, TAU),
            tree(Benchmark.AGENTDOJO, DOJO),
            tree(Benchmark.WHOWHEN, GROUP))) {
      assertThat(tree.all())
          .allMatch(
              s -> s.getAttributesList().stream().noneMatch(a -> a.getKey().contains("usage")));
    }
  }

  @Test
  void aRunWithoutAStepIsStillARun() {
    SpanTree tree =
        tree(Benchmark.AGENTDOJO, DOJO.substring(0, DOJO.indexOf("\"steps\"")) + "\"steps\":[]}");
    assertThat(tree.all()).hasSize(1);
    assertThat(labels(tree.root())).contains("outcome failure");
  }

  @Test
  void refusesWhatIsNoSuchRun() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tree(Benchmark.TAU_BENCH, DOJO))
        .withMessageContaining("`task`");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tree(Benchmark.AGENTDOJO, GROUP))
        .withMessageContaining("`suite`");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tree(Benchmark.WHOWHEN, TAU))
        .withMessageContaining("`run`");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> tree(Benchmark.TAU_BENCH, TAU.replace("\"role\":\"user\"", "\"role\":\"cat\"")))
        .withMessageContaining("unknown role cat");
  }

  private static SpanTree tree(Benchmark benchmark, String run) {
    return new SpanTree(benchmark.spans(JSON.readTree(run), END));
  }

  private static Span named(SpanTree tree, String name) {
    return tree.all().stream().filter(s -> s.getName().equals(name)).findFirst().orElseThrow();
  }

  private static JsonNode json(Span span, String key) {
    return JSON.readTree(SpanTree.text(span, key));
  }

  private static List<String> labels(Span span) {
    return span.getEventsList().stream()
        .map(e ->
            SpanTree.text(e.getAttributesList(), "gen_ai.evaluation.name")
                + " "
                + SpanTree.text(e.getAttributesList(), "gen_ai.evaluation.score.label"))
        .toList();
  }
}
