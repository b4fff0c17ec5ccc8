// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/// Requests of 100 spans of about 1 KB each: ten runs of an agent that asks a model and calls
/// tools. Every request has ids and times of its own; the same spans exist as OTLP and as Zipkin
/// JSON.
final class SpanSource {
  static final int SPANS = 100;
  static final int SPANS_IN_TRACE = 10;
  private static final int TEXT_BYTES = 770;
  private static final String WORDS =
      "the customer asks for a refund of order and the agent looks up what was paid ";

  private final AtomicLong requests;
  private final long lifetime;

  /// @param lifetime told apart in the ids, so that two sources never give the same span
  SpanSource(long lifetime) {
    this.lifetime = lifetime;
    this.requests = new AtomicLong();
  }

  /// One request.
  ///
  /// @param traces the ids of its traces, each with `SPANS_IN_TRACE` spans
  record Request(byte[] body, List<String> traces) {}

  Request otlp() {
    long number = requests.incrementAndGet();
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    List<String> traces = new ArrayList<>();
    for (int i = 0; i < SPANS; i++) {
      Made made = make(number, i);
      scope.addSpans(otlp(made));
      if (i % SPANS_IN_TRACE == 0) {
        traces.add(HexFormat.of().formatHex(made.trace()));
      }
    }
    ResourceSpans.Builder resource = ResourceSpans.newBuilder().addScopeSpans(scope);
    resource.getResourceBuilder().addAttributes(text("service.name", "refunds"));
    return new Request(
        ExportTraceServiceRequest.newBuilder().addResourceSpans(resource).build().toByteArray(),
        traces);
  }

  Request zipkin(JsonMapper json) {
    long number = requests.incrementAndGet();
    List<Map<String, Object>> spans = new ArrayList<>();
    for (int i = 0; i < SPANS; i++) {
      Made made = make(number, i);
      Map<String, Object> span = new java.util.LinkedHashMap<>();
      span.put("traceId", HexFormat.of().formatHex(made.trace()));
      span.put("id", HexFormat.of().formatHex(made.id()));
      if (made.parent().length > 0) {
        span.put("parentId", HexFormat.of().formatHex(made.parent()));
      }
      span.put("name", made.name());
      span.put("timestamp", made.start() / 1_000);
      span.put("duration", 1_000 + made.place());
      span.put("localEndpoint", Map.of("serviceName", "refunds"));
      span.put("tags", made.tags());
      spans.add(span);
    }
    return new Request(json.writeValueAsBytes(spans), List.of());
  }

  private record Made(
      byte[] trace,
      byte[] id,
      byte[] parent,
      int place,
      String name,
      long start,
      Map<String, String> tags) {}

  private Made make(long number, int index) {
    int place = index % SPANS_IN_TRACE;
    long traceNumber = number * (SPANS / SPANS_IN_TRACE) + index / SPANS_IN_TRACE;
    byte[] trace = ByteBuffer.allocate(16).putLong(lifetime).putLong(traceNumber).array();
    byte[] id = id(traceNumber, place);
    byte[] parent = place == 0 ? new byte[0] : id(traceNumber, 0);
    Instant now = Instant.now();
    long start = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    String name =
        place == 0
            ? "invoke_agent refunds"
            : place % 2 == 1 ? "chat gpt-5" : "execute_tool get_order";
    return new Made(trace, id, parent, place, name, start, tags(place, traceNumber));
  }

  private byte[] id(long traceNumber, int place) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.BIG_ENDIAN)
        .putLong((lifetime << 48) ^ (traceNumber * SPANS_IN_TRACE + place + 1))
        .array();
  }

  private static Map<String, String> tags(int place, long traceNumber) {
    String words = WORDS.repeat(TEXT_BYTES / WORDS.length());
    String said =
        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\""
            + words
            + traceNumber
            + "/"
            + place
            + "\"}]}]";
    if (place == 0) {
      return Map.of(
          "gen_ai.operation.name",
          "invoke_agent",
          "gen_ai.agent.name",
          "refunds",
          "gen_ai.conversation.id",
          "conversation-" + traceNumber,
          "gen_ai.input.messages",
          said);
    }
    if (place % 2 == 1) {
      return Map.of(
          "gen_ai.operation.name",
          "chat",
          "gen_ai.provider.name",
          "openai",
          "gen_ai.request.model",
          "gpt-5",
          "gen_ai.response.model",
          "gpt-5",
          "gen_ai.usage.input_tokens",
          "1200",
          "gen_ai.usage.output_tokens",
          "85",
          "gen_ai.input.messages",
          said);
    }
    return Map.of(
        "gen_ai.operation.name",
        "execute_tool",
        "gen_ai.tool.name",
        "get_order",
        "gen_ai.tool.call.id",
        "call-" + traceNumber + "-" + place,
        "gen_ai.tool.call.arguments",
        "{\"order\":\"" + traceNumber + "\",\"note\":\"" + words + "\"}");
  }

  private static Span otlp(Made made) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(made.trace()))
            .setSpanId(ByteString.copyFrom(made.id()))
            .setParentSpanId(ByteString.copyFrom(made.parent()))
            .setName(made.name())
            .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
            .setStartTimeUnixNano(made.start())
            .setEndTimeUnixNano(made.start() + 1_000_000L * (1 + made.place()));
    made.tags()
        .forEach((key, value) ->
            span.addAttributes(
                key.startsWith("gen_ai.usage.")
                    ? KeyValue.newBuilder()
                        .setKey(key)
                        .setValue(AnyValue.newBuilder().setIntValue(Long.parseLong(value)))
                        .build()
                    : text(key, value)));
    return span.build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
