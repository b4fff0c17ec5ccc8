// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.format.JsonText;
import dev.steward.console.run.RunPage.RawSpan;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Span;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Spans as JSON, with all that their sender wrote, as they wrote it.
final class RawSpans {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LENGTH_MAX = 200_000;

  private final StringBuilder json = new StringBuilder("{");

  private RawSpans() {}

  /// @param open whether it is laid open
  static RawSpan of(Span span, boolean open) {
    String whole = new RawSpans().write(span);
    return new RawSpan(
        "s-" + span.key().spanId(),
        span.name(),
        Waterfall.kind(span.kind()),
        open,
        whole.length() <= LENGTH_MAX
            ? JsonText.laidOut(whole)
            : whole.substring(0, LENGTH_MAX) + "\n… cut here; GET /api/v1/runs/{id} has all of it");
  }

  private String write(Span span) {
    text("traceId", span.key().traceId());
    text("spanId", span.key().spanId());
    text("parentSpanId", span.parentSpanId());
    text("name", span.name());
    text("kind", span.kind().name());
    text("status", span.status().name());
    text("error", span.error());
    text("startedAt", span.startedAt().toString());
    text("endedAt", span.endedAt().toString());
    content(span.content());
    value("attributes", span.raw().attributesJson());
    list(
        "events",
        span.raw().events().stream()
            .map(event ->
                "{\"name\":%s,\"at\":\"%s\",\"attributes\":%s}"
                    .formatted(quoted(event.name()), event.at(), json(event.attributesJson())))
            .toList());
    list(
        "links",
        span.raw().links().stream()
            .map(link ->
                "{\"traceId\":\"%s\",\"spanId\":\"%s\",\"attributes\":%s}"
                    .formatted(
                        link.target().traceId(),
                        link.target().spanId(),
                        json(link.attributesJson())))
            .toList());
    value("resource", span.raw().resourceJson());
    text("scope", (span.raw().scopeName() + " " + span.raw().scopeVersion()).strip());
    text("dialect", span.raw().dialect());
    return json.append('}').toString();
  }

  private void content(Content content) {
    list("input", content.input().stream().map(m -> json(m.json())).toList());
    list("output", content.output().stream().map(m -> json(m.json())).toList());
    message("instructions", content.instructions());
    message("tools", content.tools());
    message("arguments", content.arguments());
    message("result", content.result());
    message("documents", content.documents());
  }

  private void text(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      member(name, quoted(value));
    }
  }

  private void value(String name, String value) {
    if (!value.equals("{}")) {
      member(name, json(value));
    }
  }

  private void message(String name, @Nullable Message message) {
    if (message != null) {
      member(name, json(message.json()));
    }
  }

  private void list(String name, List<String> values) {
    if (!values.isEmpty()) {
      member(name, values.stream().collect(Collectors.joining(",", "[", "]")));
    }
  }

  private void member(String name, String value) {
    json.append(json.length() == 1 ? "" : ",").append(quoted(name)).append(':').append(value);
  }

  /// What a sender wrote need not be JSON; it is then a string.
  private static String json(String written) {
    return JsonText.isJson(written) ? written : quoted(written);
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }
}
