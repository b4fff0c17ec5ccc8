// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// There and back again: texts, calls of tools, their arguments and ids stay what they were.
class TranslationPropertyTest {
  private static final Target CLAUDE = new Target("claude", 4096);
  private static final Target GPT = new Target("gpt", 4096);

  /// One step of a conversation: the user says something, the assistant answers and calls tools,
  /// whose results follow.
  record Step(String said, String answered, List<Called> calls) {}

  /// One call of a tool and its result.
  record Called(String id, String name, ObjectNode arguments, String result) {}

  @Property(tries = 200)
  void aChatComesBackAsItWas(@ForAll("conversations") List<Step> steps) {
    ObjectNode chat = chat(steps);
    byte[] messages = sent("chat", Case.bytes(chat), CLAUDE);
    byte[] back = sent("messages", messages, GPT);
    assertThat(told(Fields.JSON.readTree(back))).isEqualTo(told(chat));
  }

  @Property(tries = 200)
  void anAnswerComesBackAsItWas(@ForAll("steps") Step step) {
    ObjectNode completion = Fields.JSON.createObjectNode().put("id", "x").put("model", "gpt");
    ObjectNode choice = completion.putArray("choices").addObject().put("finish_reason", "stop");
    choice.set("message", assistant(step));
    byte[] message = new MessagesAnswers().whole(200, Case.bytes(completion)).body();
    byte[] back = new ChatAnswers(1, false).whole(200, message).body();
    JsonNode got = Fields.JSON.readTree(back).path("choices").path(0).path("message");
    assertThat(turn(got)).isEqualTo(turn(assistant(step)));
  }

  /// However the upstream cuts its texts and arguments, the caller gets all of it in order.
  @Property(tries = 200)
  void aStreamComesBackAsItWas(@ForAll("steps") Step step, @ForAll("pieces") List<Integer> pieces) {
    Answers.Stream there = new MessagesAnswers().stream();
    Answers.Stream back = new ChatAnswers(1, false).stream();
    StringBuilder out = new StringBuilder();
    for (ObjectNode chunk : chunks(step, pieces)) {
      out.append(through(there.event("", Case.bytes(chunk)), back));
    }
    out.append(through(there.end(), back));
    out.append(new String(back.end(), StandardCharsets.UTF_8));
    assertThat(out.toString()).endsWith("data: [DONE]\n\n");
    assertThat(turn(joined(Case.events(out.toString().getBytes(StandardCharsets.UTF_8)))))
        .isEqualTo(turn(assistant(step)));
  }

  private static String through(byte[] events, Answers.Stream back) {
    StringBuilder out = new StringBuilder();
    for (JsonNode event : Case.events(events)) {
      byte[] got = back.event(event.path("event").stringValue(), Case.bytes(event.path("data")));
      out.append(new String(got, StandardCharsets.UTF_8));
    }
    return out.toString();
  }

  private static byte[] sent(String from, byte[] body, Target target) {
    Translation translation = Case.translate(from, body, target);
    assertThat(translation).isInstanceOf(Translation.Translated.class);
    return ((Translation.Translated) translation).request();
  }

  private static ObjectNode chat(List<Step> steps) {
    ObjectNode chat = Fields.JSON.createObjectNode().put("model", "m");
    ArrayNode messages = chat.putArray("messages");
    messages.addObject().put("role", "system").put("content", "Rules");
    int call = 0;
    for (Step step : steps) {
      messages.addObject().put("role", "user").put("content", step.said());
      messages.add(assistant(step));
      for (Called called : step.calls()) {
        ObjectNode result = messages.addObject().put("role", "tool");
        result.put("tool_call_id", called.id()).put("content", called.result());
        call++;
      }
    }
    messages.addObject().put("role", "user").put("content", "Last of " + call);
    return chat;
  }

  private static ObjectNode assistant(Step step) {
    ObjectNode message = Fields.JSON.createObjectNode().put("role", "assistant");
    message.put("content", step.answered());
    if (!step.calls().isEmpty()) {
      ArrayNode calls = message.putArray("tool_calls");
      for (Called called : step.calls()) {
        ObjectNode call = calls.addObject().put("id", called.id()).put("type", "function");
        call.putObject("function")
            .put("name", called.name())
            .put("arguments", called.arguments().toString());
      }
    }
    return message;
  }

  /// The chunks of a stream, cut at lengths that are given in turn.
  private static List<ObjectNode> chunks(Step step, List<Integer> pieces) {
    List<ObjectNode> chunks = new ArrayList<>();
    int turn = 0;
    for (int at = 0; at < step.answered().length(); ) {
      int end = Math.min(step.answered().length(), at + pieces.get(turn++ % pieces.size()));
      if (end < step.answered().length() && Character.isLowSurrogate(step.answered().charAt(end))) {
        end++;
      }
      chunk(chunks, "").put("content", step.answered().substring(at, end));
      at = end;
    }
    for (int i = 0; i < step.calls().size(); i++) {
      Called called = step.calls().get(i);
      ObjectNode first = chunk(chunks, "").putArray("tool_calls").addObject().put("index", i);
      first.put("id", called.id()).putObject("function").put("name", called.name());
      String arguments = called.arguments().toString();
      for (int at = 0; at < arguments.length(); ) {
        int end = Math.min(arguments.length(), at + pieces.get(turn++ % pieces.size()));
        if (end < arguments.length() && Character.isLowSurrogate(arguments.charAt(end))) {
          end++;
        }
        ObjectNode more = chunk(chunks, "").putArray("tool_calls").addObject().put("index", i);
        more.putObject("function").put("arguments", arguments.substring(at, end));
        at = end;
      }
    }
    chunk(chunks, "stop");
    return chunks;
  }

  private static ObjectNode chunk(List<ObjectNode> chunks, String finish) {
    ObjectNode chunk = Fields.JSON.createObjectNode().put("id", "x").put("model", "m");
    ObjectNode choice = chunk.putArray("choices").addObject();
    if (!finish.isEmpty()) {
      choice.put("finish_reason", finish);
    }
    chunks.add(chunk);
    return choice.putObject("delta");
  }

  /// The message that chunks add up to.
  private static ObjectNode joined(ArrayNode events) {
    StringBuilder text = new StringBuilder();
    List<ObjectNode> calls = new ArrayList<>();
    List<StringBuilder> arguments = new ArrayList<>();
    for (JsonNode event : events) {
      JsonNode delta = event.path("data").path("choices").path(0).path("delta");
      text.append(delta.path("content").stringValue(""));
      for (JsonNode call : delta.path("tool_calls")) {
        int index = call.path("index").intValue();
        if (index == calls.size()) {
          calls.add(((ObjectNode) call).deepCopy());
          arguments.add(new StringBuilder());
        }
        arguments.get(index).append(call.path("function").path("arguments").stringValue(""));
      }
    }
    ObjectNode message = Fields.JSON.createObjectNode().put("role", "assistant");
    message.put("content", text.toString());
    for (int i = 0; i < calls.size(); i++) {
      ((ObjectNode) calls.get(i).path("function")).put("arguments", arguments.get(i).toString());
      message.withArray("/tool_calls").add(calls.get(i));
    }
    return message;
  }

  private static List<List<Object>> told(JsonNode request) {
    List<List<Object>> turns = new ArrayList<>();
    for (JsonNode message : request.path("messages")) {
      turns.add(turn(message));
    }
    return turns;
  }

  /// What a message says, whatever its form.
  private static List<Object> turn(JsonNode message) {
    List<Object> said = new ArrayList<>();
    said.add(message.path("role").stringValue());
    said.add(message.path("content").stringValue(""));
    said.add(message.path("tool_call_id").stringValue(""));
    for (JsonNode call : message.path("tool_calls")) {
      said.add(call.path("id").stringValue());
      said.add(call.path("function").path("name").stringValue());
      said.add(Fields.JSON.readTree(call.path("function").path("arguments").stringValue()));
    }
    return said;
  }

  @Provide
  Arbitrary<List<Step>> conversations() {
    return steps().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<Integer>> pieces() {
    return Arbitraries.integers().between(1, 9).list().ofMinSize(1).ofMaxSize(5);
  }

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(texts(), texts(), calls().list().ofMaxSize(3))
        .as((said, answered, calls) -> new Step(said, answered, numbered(calls)));
  }

  private static List<Called> numbered(List<Called> calls) {
    List<Called> numbered = new ArrayList<>();
    for (Called call : calls) {
      numbered.add(
          new Called(
              call.id() + "_" + numbered.size(), call.name(), call.arguments(), call.result()));
    }
    return numbered;
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("aZ 09\n\t\"\\{}:,<>&\u0000\u001f\u00e9\u2028\u4e2d")
        .ofMinLength(1)
        .ofMaxLength(30)
        .map(text -> text + "\ud83d\ude00");
  }

  private static Arbitrary<Called> calls() {
    Arbitrary<String> ids = Arbitraries.strings().alpha().numeric().withChars("_-").ofMinLength(1);
    Arbitrary<ObjectNode> arguments =
        Combinators.combine(
                texts(), Arbitraries.bigDecimals().ofScale(12), Arbitraries.integers(), texts())
            .as(TranslationPropertyTest::arguments);
    return Combinators.combine(ids, ids, arguments, texts()).as(Called::new);
  }

  private static ObjectNode arguments(String key, BigDecimal exact, Integer whole, String text) {
    ObjectNode node = Fields.JSON.createObjectNode().put(key, text).put("exact", exact);
    node.putObject("deep").putArray("list").add(whole).addNull().add(true).add(1e300);
    return node;
  }
}
