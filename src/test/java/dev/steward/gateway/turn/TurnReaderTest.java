// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.turn.Turn.Call;
import dev.steward.gateway.turn.Turn.Result;
import dev.steward.gateway.turn.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class TurnReaderTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// The same conversation as each dialect writes it: a question, two calls at once, two answers.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          chat      | [{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"get","arguments":"{\\"a\\":1, \\"b\\":[2]}"}},{"id":"c2","type":"function","function":{"name":"put","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"sent"},{"role":"tool","tool_call_id":"c2","content":"done"}]
          responses | [{"role":"user","content":[{"type":"input_text","text":"Hi"}]},{"type":"reasoning","id":"rs_1","summary":[]},{"type":"function_call","call_id":"c1","name":"get","arguments":"{\\"b\\":[2],\\"a\\":1}"},{"type":"function_call","call_id":"c2","name":"put","arguments":""},{"type":"function_call_output","call_id":"c1","output":"sent"},{"type":"function_call_output","call_id":"c2","output":"done"}]
          anthropic | [{"role":"user","content":[{"type":"text","text":"Hi"}]},{"role":"assistant","content":[{"type":"thinking","thinking":"so","signature":"x"},{"type":"tool_use","id":"c1","name":"get","input":{"b":[2],"a":1}},{"type":"tool_use","id":"c2","name":"put","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"sent"},{"type":"tool_result","tool_use_id":"c2","content":"done"}]}]
          gemini    | [{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"functionCall":{"id":"c1","name":"get","args":{"a":1.0,"b":[2]}}},{"functionCall":{"id":"c2","name":"put","args":{}}}]},{"role":"user","parts":[{"functionResponse":{"id":"c1","name":"get","response":"sent"}},{"functionResponse":{"id":"c2","name":"put","response":"done"}}]}]
          bedrock   | [{"role":"user","content":[{"text":"Hi"}]},{"role":"assistant","content":[{"toolUse":{"toolUseId":"c1","name":"get","input":{"a":1,"b":[2]}}},{"toolUse":{"toolUseId":"c2","name":"put","input":{}}}]},{"role":"user","content":[{"toolResult":{"toolUseId":"c1","content":"sent"}},{"toolResult":{"toolUseId":"c2","content":"done"}}]}]
          genai     | [{"role":"user","parts":[{"type":"text","text":"Hi"}]},{"role":"assistant","parts":[{"type":"tool_call","id":"c1","name":"get","arguments":{"a":1,"b":[2]}},{"type":"tool_call","id":"c2","name":"put","arguments":{}}]},{"role":"tool","parts":[{"type":"tool_call_response","id":"c1","response":"sent"},{"type":"tool_call_response","id":"c2","result":"done"}]}]
          """)
  void everyDialectTellsTheSameCallsAndAnswers(String dialect, String messages) {
    List<Turn> turns = TurnReader.read(messages);
    List<Call> calls = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    for (Turn turn : turns) {
      calls.addAll(turn.calls());
      results.addAll(turn.results());
    }

    assertThat(turns.getFirst().role()).as(dialect).isEqualTo(Role.USER);
    assertThat(calls)
        .containsExactly(
            new Call("c1", "get", Fingerprint.arguments(JSON.readTree("{\"a\":1,\"b\":[2]}"))),
            new Call("c2", "put", Fingerprint.arguments(JSON.readTree("{}"))));
    assertThat(results)
        .containsExactly(
            new Result("c1", Fingerprint.answer(JSON.readTree("\"sent\""))),
            new Result("c2", Fingerprint.answer(JSON.readTree("\"done\""))));
    for (Turn turn : turns.subList(1, turns.size())) {
      assertThat(turn.role()).isIn(Role.ASSISTANT, Role.TOOL);
      assertThat(turn.words()).isEqualTo(Fingerprint.NONE);
    }
  }

  @Test
  void theOldFunctionCallsOfChatAreRead() {
    List<Turn> turns =
        TurnReader.read(
            """
            [{"role":"assistant","content":null,"function_call":{"name":"get","arguments":"{}"}},
             {"role":"function","name":"get","content":"sent"}]
            """);

    assertThat(turns.get(0).calls()).extracting(Call::tool).containsExactly("get");
    assertThat(turns.get(1).results().getFirst().id())
        .isEqualTo(turns.get(0).calls().getFirst().id());
  }

  @Test
  void aTextAloneIsWhatTheUserSays() {
    assertThat(TurnReader.read("\"Hi\""))
        .containsExactly(new Turn(Role.USER, Fingerprint.of("Hi"), List.of(), List.of()));
  }

  @Test
  void aMarkForTheCacheChangesNothing() {
    String plain = "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}]";
    String marked = plain.replace("\"Hi\"", "\"Hi\",\"cache_control\":{\"type\":\"ephemeral\"}");

    assertThat(TurnReader.read(marked)).isEqualTo(TurnReader.read(plain));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[{", "3", "null", "[1, null, []]", "{\"role\": 5}", "[{\"role\":\"tool\"}]"})
  void whatIsNoMessageIsReadWithoutHarm(String messages) {
    for (Turn turn : TurnReader.read(messages)) {
      assertThat(turn.calls()).isEmpty();
    }
  }

  @Test
  void answersDifferByMoreThanTheTime() {
    assertThat(answer("12 mails at 2026-11-21T09:00:00+01:00"))
        .isEqualTo(answer("12 mails at 2026-11-21 09:05:17.003"))
        .isNotEqualTo(answer("13 mails at 2026-11-21T09:00:00+01:00"))
        .isNotEqualTo(answer("12 mails at"));
    assertThat(answer("leaves 2026-11-21")).isNotEqualTo(answer("leaves 2026-11-22"));
  }

  private static long answer(String text) {
    return Fingerprint.answer(JSON.getNodeFactory().stringNode(text));
  }
}
