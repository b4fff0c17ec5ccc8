// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.gateway.framing.Framing;
import dev.steward.gateway.part.UnreadableException;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.ruling.Ruling;
import dev.steward.gateway.wire.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What recorded answers do not have: calls that come in turns, twice, too late or too long.
class AnswerCallsTest {
  private final List<Proposed> seen = new ArrayList<>();

  /// Holds back every call of a tool whose name begins with `bad`.
  private final Judge judge =
      call -> {
        seen.add(call);
        return call.name().startsWith("bad")
            ? new Ruling.HoldBack("no " + call.name())
            : new Ruling.Pass();
      };

  private String stream(Operation operation, String... events) {
    return stream(operation, judge, events);
  }

  private static String stream(Operation operation, Judge judge, String... events) {
    AnswerCalls.Stream stream = AnswerCalls.stream(operation, Framing.SSE, judge);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String event : events) {
      out.writeBytes(stream.take(utf8(event)));
    }
    out.writeBytes(stream.end());
    return out.toString(StandardCharsets.UTF_8);
  }

  private String whole(Operation operation, String body) {
    return new String(AnswerCalls.whole(operation, utf8(body), judge), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String chat(String delta) {
    return chat(delta, "null");
  }

  private static String chat(String delta, String finish) {
    return "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
        .formatted(delta, finish);
  }

  private static String piece(String members) {
    return chat("{\"tool_calls\":[{" + members + "}]}");
  }

  private static String call(int index, String id, String name, String arguments) {
    return "\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}"
        .formatted(index, id, name, arguments.replace("\"", "\\\""));
  }

  private static String more(int index, String arguments) {
    return "\"index\":%d,\"function\":{\"arguments\":\"%s\"}"
        .formatted(index, arguments.replace("\"", "\\\""));
  }

  @Test
  void putsCallsTogetherThatComeInTurns() {
    String said =
        stream(
            Operation.CHAT,
            piece(call(0, "a", "good", "{\"x\"")),
            piece(call(1, "b", "bad", "")),
            piece(more(0, ":1}")),
            piece(more(1, "{}")),
            chat("{}", "\"tool_calls\""));
    assertThat(seen)
        .containsExactly(
            new Proposed("a", "good", "{\"x\":1}", Proposed.Form.JSON),
            new Proposed("b", "bad", "{}", Proposed.Form.JSON));
    assertThat(said).contains("\"a\"", "no bad").doesNotContain("\"b\"");
  }

  @Test
  void givesNobodyWhatComesWhenACallWasJudged() {
    String said =
        stream(
            Operation.CHAT,
            piece(call(0, "a", "good", "{\"x\":1}")),
            piece(call(1, "b", "good", "{}")),
            piece(more(0, ",\"x\":2}")),
            chat("{}", "\"tool_calls\""));
    assertThat(seen.getFirst().arguments()).isEqualTo("{\"x\":1}");
    assertThat(said).doesNotContain("\\\"x\\\":2");
  }

  @Test
  void tellsCallsApartThatShareTheirIndexOrHaveNone() {
    stream(
        Operation.CHAT,
        piece(call(0, "a", "one", "{}")),
        piece(call(0, "b", "two", "{}")),
        piece("\"id\":\"c\",\"function\":{\"name\":\"three\",\"arguments\":\"{\\\"x\"}"),
        piece("\"function\":{\"arguments\":\"\\\":3}\"}"),
        piece("\"id\":\"\",\"function\":{\"name\":\"four\",\"arguments\":\"{}\"}"),
        piece("\"id\":\"\",\"function\":{\"name\":\"five\",\"arguments\":\"{}\"}"),
        "data: [DONE]\n\n");
    assertThat(seen)
        .extracting(Proposed::name)
        .containsExactly("one", "two", "three", "four", "five");
    assertThat(seen.get(2).arguments()).isEqualTo("{\"x\":3}");
  }

  @Test
  void holdsBackTheOldFormOfACall() {
    String said =
        stream(
            Operation.CHAT,
            chat("{\"function_call\":{\"name\":\"bad\",\"arguments\":\"\"}}"),
            chat("{\"function_call\":{\"arguments\":\"{}\"}}"),
            chat("{}", "\"function_call\""));
    assertThat(said).contains("no bad", "\"stop\"").doesNotContain("function_call");
    assertThat(
            whole(
                Operation.CHAT,
                "{\"choices\":[{\"message\":{\"content\":null,\"function_call\":{\"name\":\"bad\",\"arguments\":\"{}\"}},\"finish_reason\":\"function_call\"}]}"))
        .isEqualTo(
            "{\"choices\":[{\"message\":{\"content\":\"no bad\"},\"finish_reason\":\"stop\"}]}");
  }

  @Test
  void keepsAnswersOfOneCallApart() {
    String two =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{%s}]}},{\"index\":1,\"delta\":{\"tool_calls\":[{%s}]}}]}\n\n"
            .formatted(call(0, "a", "bad", "{}"), call(0, "b", "good", "{}"));
    String said =
        stream(
            Operation.CHAT,
            two,
            "data: {\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n",
            "data:"
                + " {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n");
    assertThat(said)
        .contains("{\"index\":0,\"delta\":{\"content\":\"no bad\"}}", "\"id\":\"b\"")
        .contains("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}")
        .contains("{\"index\":1,\"delta\":{},\"finish_reason\":\"tool_calls\"}");
  }

  @Test
  void saysTwoRefusalsInOnePlace() {
    assertThat(
            whole(
                Operation.CHAT,
                "{\"choices\":[{\"message\":{\"content\":\"Hm.\",\"tool_calls\":[{%s},{%s}]},\"finish_reason\":\"tool_calls\"}]}"
                    .formatted(call(0, "a", "bad1", "{}"), call(1, "b", "bad2", "{}"))))
        .isEqualTo(
            "{\"choices\":[{\"message\":{\"content\":\"Hm.\\n\\nno bad1\\n\\nno"
                + " bad2\"},\"finish_reason\":\"stop\"}]}");
  }

  @Test
  void judgesWhatIsLeftWhenTheProviderEndsWithoutAWord() {
    assertThat(stream(Operation.CHAT, piece(call(0, "a", "bad", "{"))))
        .contains("no bad")
        .doesNotContain("\"a\"");
    assertThat(seen.getFirst().arguments()).isEqualTo("{");
  }

  @Test
  void takesTheArgumentsOfATextAsText() {
    stream(
        Operation.CHAT,
        piece(
            "\"index\":0,\"id\":\"a\",\"type\":\"custom\",\"custom\":{\"name\":\"sql\",\"input\":\"drop"
                + " \"}"),
        piece("\"index\":0,\"custom\":{\"input\":\"table\"}"),
        chat("{}", "\"tool_calls\""));
    assertThat(seen).containsExactly(new Proposed("a", "sql", "drop table", Proposed.Form.TEXT));
  }

  @Test
  void changesArguments() {
    Judge changing = call -> new Ruling.Change("{\"x\":2}");
    assertThat(
            stream(
                Operation.CHAT,
                changing,
                piece(call(0, "a", "good", "{\"x\"")),
                piece(more(0, ":1}")),
                chat("{}", "\"tool_calls\"")))
        .contains("\"arguments\":\"{\\\"x\\\":2}\"")
        .doesNotContain(":1}");
    assertThat(
            stream(
                Operation.MESSAGES,
                changing,
                event(
                    "content_block_start",
                    "\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"good\",\"input\":{}}"),
                event(
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"x\\\":1}\"}"),
                event("content_block_stop", "\"index\":0"),
                event("message_delta", "\"delta\":{\"stop_reason\":\"tool_use\"}")))
        .contains("\"partial_json\":\"{\\\"x\\\":2}\"", "\"tool_use\"}}")
        .doesNotContain(":1}");
  }

  private static String event(String type, String members) {
    return "event: %1$s\ndata: {\"type\":\"%1$s\"%2$s%3$s}\n\n"
        .formatted(type, members.isEmpty() ? "" : ",", members);
  }

  @Test
  void keepsBlocksInTheirPlaceAndPingsComing() {
    AnswerCalls.Stream stream = AnswerCalls.stream(Operation.MESSAGES, Framing.SSE, judge);
    String begin =
        event(
            "content_block_start",
            "\"index\":3,\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"bad\",\"input\":{}}");
    assertThat(stream.take(utf8(begin))).isEmpty();
    assertThat(stream.take(utf8(event("ping", "")))).asString().contains("ping");
    String said =
        new String(
            stream.take(utf8(event("content_block_stop", "\"index\":3"))), StandardCharsets.UTF_8);
    assertThat(said)
        .isEqualTo(
            event(
                    "content_block_start",
                    "\"index\":3,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
                + event(
                    "content_block_delta",
                    "\"index\":3,\"delta\":{\"type\":\"text_delta\",\"text\":\"no bad\"}")
                + event("content_block_stop", "\"index\":3"));
  }

  @Test
  void givesNobodyHalfACallOfAnAnswerThatFailed() {
    String said =
        stream(
            Operation.MESSAGES,
            event(
                "content_block_start",
                "\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"good\",\"input\":{}}"),
            event("error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}"));
    assertThat(said)
        .isEqualTo(
            event("error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}"));
    assertThat(seen).isEmpty();
    assertThat(
            stream(
                Operation.CHAT,
                piece(call(0, "a", "good", "{")),
                "data: {\"error\":{\"message\":\"busy\"}}\n\n"))
        .isEqualTo("data: {\"error\":{\"message\":\"busy\"}}\n\n");
  }

  @Test
  void holdsBackACallThatTellsTwoStories() {
    String added =
        event(
            "response.output_item.added",
            "\"output_index\":0,\"item\":{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"a\",\"name\":\"good\",\"arguments\":\"\"}");
    String delta =
        event(
            "response.function_call_arguments.delta",
            "\"output_index\":0,\"delta\":\"{\\\"x\\\":1}\"");
    stream(
        Operation.RESPONSES,
        added,
        delta,
        event(
            "response.output_item.done",
            "\"output_index\":0,\"item\":{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"a\",\"name\":\"good\",\"arguments\":\"{\\\"x\\\":9}\"}"));
    assertThat(seen.getFirst().form()).isEqualTo(Proposed.Form.PIECES);
    stream(
        Operation.RESPONSES,
        added,
        delta,
        event(
            "response.output_item.done",
            "\"output_index\":0,\"item\":{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"a\",\"name\":\"good\",\"arguments\":\"{"
                + " \\\"x\\\": 1 }\"}"));
    assertThat(seen.getLast().form()).isEqualTo(Proposed.Form.JSON);
  }

  @Test
  void countsEventsOnWhereARefusalHasMoreOfThem() {
    String said =
        stream(
            Operation.RESPONSES,
            event(
                "response.output_item.added",
                "\"sequence_number\":2,\"output_index\":0,\"item\":{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"a\",\"name\":\"bad\",\"arguments\":\"\"}"),
            event(
                "response.output_item.done",
                "\"sequence_number\":3,\"output_index\":0,\"item\":{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"a\",\"name\":\"bad\",\"arguments\":\"{}\"}"),
            event(
                "response.completed",
                "\"sequence_number\":4,\"response\":{\"output\":[{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"a\",\"name\":\"bad\",\"arguments\":\"{}\"}]}"));
    List<Integer> numbers = new ArrayList<>();
    java.util.regex.Matcher found =
        java.util.regex.Pattern.compile("\"sequence_number\":(\\d+)").matcher(said);
    while (found.find()) {
      numbers.add(Integer.valueOf(found.group(1)));
    }
    assertThat(numbers).containsExactly(2, 3, 4, 5, 6, 7, 8);
    assertThat(seen).hasSize(1);
    assertThat(said).doesNotContain("function_call").contains("\"id\":\"msg_1\"");
  }

  @Test
  void holdsBackActionsThatTheProviderDefines() {
    String said =
        new String(
            AnswerCalls.whole(
                Operation.RESPONSES,
                utf8(
                    "{\"output\":[{\"type\":\"reasoning\",\"id\":\"rs_1\",\"encrypted_content\":\"gA\\u003d=\"},{\"type\":\"local_shell_call\",\"id\":\"lsh_1\",\"call_id\":\"a\",\"action\":{\"type\":\"exec\",\"command\":[\"rm\"]}}]}"),
                call -> {
                  seen.add(call);
                  return new Ruling.HoldBack("no");
                }),
            StandardCharsets.UTF_8);
    assertThat(seen)
        .containsExactly(
            new Proposed(
                "a",
                "local_shell",
                "{\"type\":\"exec\",\"command\":[\"rm\"]}",
                Proposed.Form.ACTION));
    assertThat(said)
        .contains("{\"type\":\"reasoning\",\"id\":\"rs_1\",\"encrypted_content\":\"gA\\u003d=\"}")
        .doesNotContain("local_shell_call");
  }

  @Test
  void keepsWhatSignsAThought() {
    assertThat(
            whole(
                Operation.GENERATE,
                "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"bad\",\"args\":{}},\"thoughtSignature\":\"ab\\/c=\"}]}}]}"))
        .isEqualTo(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"thoughtSignature\":\"ab\\/c=\",\"text\":\"no"
                + " bad\"}]}}]}");
  }

  @Test
  void holdsBackAllPiecesOfACallThatTheClientPutsTogether() {
    String said =
        stream(
            Operation.STREAM_GENERATE,
            part("{\"functionCall\":{\"name\":\"bad\",\"willContinue\":true}}"),
            part(
                "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.x\"}],\"willContinue\":true}}"),
            part("{\"functionCall\":{}}"),
            part("{\"text\":\"end\"}"));
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().form()).isEqualTo(Proposed.Form.PIECES);
    assertThat(said).contains("no bad", "end").doesNotContain("functionCall");
  }

  private static String part(String part) {
    return "data: {\"candidates\":[{\"content\":{\"parts\":[" + part + "]}}]}\n\n";
  }

  @Test
  void judgesElementsOfAnArrayThatComesBitByBit() {
    String body =
        """
        [{"candidates":[{"content":{"parts":[{"text":"a ] \\" }"}]}}]}
        ,\r
        {"candidates":[{"content":{"parts":[{"functionCall":{"name":"bad"}}]}}]}]\
        """;
    for (int size = 1; size < 9; size++) {
      AnswerCalls.Stream stream =
          AnswerCalls.stream(Operation.STREAM_GENERATE, Framing.WHOLE, judge);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int at = 0; at < body.length(); at += size) {
        out.writeBytes(stream.take(utf8(body.substring(at, Math.min(body.length(), at + size)))));
      }
      out.writeBytes(stream.end());
      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualTo(body.replace("\"functionCall\":{\"name\":\"bad\"}", "\"text\":\"no bad\""));
    }
  }

  @Test
  void holdsBackACallThatHasNoEnd() {
    String much = "x".repeat(1 << 20);
    AnswerCalls.Stream stream = AnswerCalls.stream(Operation.CHAT, Framing.SSE, judge);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(stream.take(utf8(piece(call(0, "a", "bad", "{\"x\":\"")))));
    for (int i = 0; i < 20; i++) {
      out.writeBytes(stream.take(utf8(piece(more(0, much)))));
    }
    assertThat(out.size()).isLessThan(1 << 10);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("no bad");
    assertThat(seen.getFirst().form()).isEqualTo(Proposed.Form.PIECES);
  }

  @Test
  void findsCallsWhoseArgumentsNoUsualReaderTakes() {
    for (String odd : List.of("[".repeat(700) + "]".repeat(700), "9".repeat(5_000), "NaN")) {
      String said =
          whole(
              Operation.GENERATE,
              "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"bad\",\"args\":{\"x\":"
                  + odd
                  + "}}}]}}]}");
      assertThat(said).contains("no bad").doesNotContain("functionCall");
    }
  }

  @Test
  void passesNothingInWhichCallsCannotBeFound() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    String body =
        "{\"content\":[{\"type\":\"tool_use\",\"name\":\"bad\",\"input\":{\"x\":" + deep + "}}]}";
    assertThatThrownBy(() -> whole(Operation.MESSAGES, body))
        .isInstanceOf(UnreadableException.class);
    assertThatThrownBy(() -> stream(Operation.CHAT, "data: {\"tool_calls\":[\n\n"))
        .isInstanceOf(UnreadableException.class);
    assertThat(whole(Operation.MESSAGES, "<html>busy</html>")).isEqualTo("<html>busy</html>");
  }
}
