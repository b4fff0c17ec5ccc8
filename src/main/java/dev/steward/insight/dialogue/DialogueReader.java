// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.dialogue;

import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.insight.dialogue.Dialogue.Heard;
import dev.steward.insight.dialogue.Dialogue.Part;
import dev.steward.insight.dialogue.Dialogue.Returned;
import dev.steward.insight.dialogue.Dialogue.Spoken;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the dialogue of a run together from its spans. Models are told the whole conversation in
/// each call, so that a message counts where it is first heard.
final class DialogueReader {
  /// Of all messages together.
  private static final int CHARS_MAX = 2_000_000;

  private static final String RESPONSE = "\"tool_call_response\"";
  private static final List<Message> NONE = List.of();

  private final @Nullable String root;
  private final List<Span> spans;
  private final Map<String, Span> byId = new HashMap<>();
  private final Map<String, MessageText.Asked> asked = new HashMap<>();
  private final Set<String> toolSpans = new HashSet<>();
  private final Set<Digest> heard = new HashSet<>();
  private final List<Timed> parts = new ArrayList<>();
  private long chars;
  private @Nullable Map<String, String> later;

  private record Timed(Instant at, Part part) {}

  DialogueReader(@Nullable String root, Collection<Span> all) {
    this.root = root;
    spans = all.stream().sorted(SpanTree.BY_START).toList();
    for (Span span : spans) {
      byId.put(span.key().spanId(), span);
      if (span.kind() == SpanKind.TOOL && span.tool() != null && span.tool().callId() != null) {
        toolSpans.add(span.tool().callId());
      }
    }
  }

  Dialogue read() {
    boolean models = spans.stream().anyMatch(span -> span.kind() == SpanKind.MODEL);
    boolean tools = spans.stream().anyMatch(span -> span.kind() == SpanKind.TOOL);
    for (Span span : spans) {
      switch (span.kind()) {
        case MODEL -> turn(span, !tools);
        case AGENT -> agent(span, models);
        case TOOL -> tool(span);
        case RETRIEVER -> heard(span, span.content().documents());
        case EMBEDDING, GUARDRAIL, EVALUATOR, STEP, OTHER -> {}
      }
      if (chars > CHARS_MAX) {
        return new Dialogue(List.of(), "more was said than " + CHARS_MAX + " characters");
      }
    }
    parts.sort(Comparator.comparing(Timed::at));
    return new Dialogue(parts.stream().map(Timed::part).toList(), "");
  }

  /// @param results whether what tools returned is told by the conversation alone
  private void turn(Span span, boolean results) {
    Content said = span.content();
    if (said.instructions() != null && heard.add(said.instructions().hash())) {
      hear(span, MessageText.ofParts(said.instructions()));
    }
    for (Message message : said.input()) {
      if (heard.add(message.hash())) {
        listen(span, MessageText.of(message), results);
      }
    }
    speak(span, said.output());
  }

  /// What a run's own span says counts where no call of a model tells it.
  private void agent(Span span, boolean models) {
    for (Message message : span.content().input()) {
      if (heard.add(message.hash())) {
        listen(span, MessageText.of(message), false);
      }
    }
    if (!models && !span.content().output().isEmpty()) {
      speak(span, span.content().output());
    }
  }

  private void listen(Span span, MessageText message, boolean results) {
    message.asked().forEach(call -> asked.putIfAbsent(call.id(), call));
    if (!message.role().equals("assistant")) {
      hear(span, message.text());
    }
    for (MessageText.Answered answer : message.answered()) {
      if (results && !toolSpans.contains(answer.id())) {
        MessageText.Asked call = asked.get(answer.id());
        String tool = call == null ? answer.tool() : call.tool();
        add(
            span.startedAt(),
            new Returned(
                span.key().spanId(),
                tool,
                call == null ? "" : call.arguments(),
                answer.result(),
                false),
            answer.result());
      } else {
        hear(span, MessageText.flat(answer.result()));
      }
    }
  }

  private void speak(Span span, List<Message> output) {
    StringBuilder text = new StringBuilder();
    boolean calls = false;
    for (Message message : output) {
      // What it says is heard again in the next call, where it is no source.
      heard.add(message.hash());
      MessageText said = MessageText.of(message);
      said.asked().forEach(call -> asked.putIfAbsent(call.id(), call));
      calls |= !said.asked().isEmpty();
      text.append(said.text());
    }
    String spoken = text.toString();
    add(
        span.endedAt(),
        new Spoken(span.key().spanId(), spoken, calls, own(span), !output.isEmpty()),
        spoken);
  }

  private void tool(Span span) {
    Message result = span.content().result();
    Message arguments = span.content().arguments();
    String returned = result == null ? toldLater(span) : result.json();
    add(
        span.endedAt(),
        new Returned(
            span.key().spanId(),
            span.tool() == null ? span.name() : span.tool().name(),
            arguments == null ? "" : arguments.json(),
            returned,
            span.status() == Span.Status.ERROR),
        returned);
  }

  /// A result that its own span does not hold, because it is empty or was not captured there, may
  /// stand in the conversation.
  private String toldLater(Span span) {
    String id = span.tool() == null ? null : span.tool().callId();
    if (id == null) {
      return "";
    }
    if (later == null) {
      later = new HashMap<>();
      Set<Digest> read = new HashSet<>();
      for (Span each : spans) {
        for (Message message : each.kind() == SpanKind.MODEL ? each.content().input() : NONE) {
          if (message.json().contains(RESPONSE) && read.add(message.hash())) {
            for (MessageText.Answered answer : MessageText.of(message).answered()) {
              later.put(answer.id(), answer.result());
            }
          }
        }
      }
    }
    return later.getOrDefault(id, "");
  }

  private void heard(Span span, @Nullable Message documents) {
    if (documents != null && heard.add(documents.hash())) {
      add(
          span.endedAt(),
          new Heard(span.key().spanId(), MessageText.flat(documents.json())),
          documents.json());
    }
  }

  private void hear(Span span, String text) {
    if (!text.isBlank()) {
      add(span.startedAt(), new Heard(span.key().spanId(), text), text);
    }
  }

  private void add(Instant at, Part part, String text) {
    chars += text.length();
    parts.add(new Timed(at, part));
  }

  /// Whether no other agent stands between the run's own span and this one.
  private boolean own(Span span) {
    Span above = span;
    for (int steps = 0; above != null && steps < byId.size(); steps++) {
      if (above.kind() == SpanKind.AGENT) {
        return root == null || above.key().spanId().equals(root) || outermost(above);
      }
      above = above.parentSpanId() == null ? null : byId.get(above.parentSpanId());
    }
    return true;
  }

  private boolean outermost(Span agent) {
    Span above = agent.parentSpanId() == null ? null : byId.get(agent.parentSpanId());
    for (int steps = 0; above != null && steps < byId.size(); steps++) {
      if (above.kind() == SpanKind.AGENT) {
        return false;
      }
      above = above.parentSpanId() == null ? null : byId.get(above.parentSpanId());
    }
    return true;
  }
}
