// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.run.RunPage.RawSpan;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/// Spans as JSON, with all that their sender wrote.
final class RawSpans {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final int LENGTH_MAX = 200_000;

  private RawSpans() {}

  static RawSpan of(Span span) {
    Map<String, @Nullable Object> whole = new LinkedHashMap<>();
    whole.put("traceId", span.key().traceId());
    whole.put("spanId", span.key().spanId());
    whole.put("parentSpanId", span.parentSpanId());
    whole.put("name", span.name());
    whole.put("kind", span.kind());
    whole.put("status", span.status());
    whole.put("error", span.error());
    whole.put("startedAt", span.startedAt().toString());
    whole.put("endedAt", span.endedAt().toString());
    whole.put("input", trees(span.content().input()));
    whole.put("output", trees(span.content().output()));
    whole.put("instructions", tree(span.content().instructions()));
    whole.put("arguments", tree(span.content().arguments()));
    whole.put("result", tree(span.content().result()));
    whole.put("documents", tree(span.content().documents()));
    whole.put("attributes", tree(span.raw().attributesJson()));
    whole.put(
        "events",
        span.raw().events().stream()
            .map(event ->
                Map.of(
                    "name",
                    event.name(),
                    "at",
                    event.at().toString(),
                    "attributes",
                    tree(event.attributesJson())))
            .toList());
    whole.put("resource", tree(span.raw().resourceJson()));
    whole.put("scope", span.raw().scopeName() + " " + span.raw().scopeVersion());
    whole.put("dialect", span.raw().dialect());
    whole.values().removeIf(v -> v == null || (v instanceof List<?> list && list.isEmpty()));
    String json = JSON.writeValueAsString(whole);
    return new RawSpan(
        "s-" + span.key().spanId(),
        span.name(),
        Waterfall.kind(span.kind()),
        json.length() <= LENGTH_MAX
            ? json
            : json.substring(0, LENGTH_MAX) + "\n… cut here; GET /api/v1/runs/{id} has all of it");
  }

  private static List<JsonNode> trees(List<Message> messages) {
    List<JsonNode> trees = new ArrayList<>();
    messages.forEach(message -> trees.add(tree(message.json())));
    return trees;
  }

  private static @Nullable JsonNode tree(@Nullable Message message) {
    return message == null ? null : tree(message.json());
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      // kept as it was sent, so it is shown as it was sent
      return StringNode.valueOf(json);
    }
  }
}
