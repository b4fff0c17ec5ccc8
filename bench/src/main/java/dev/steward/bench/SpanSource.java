// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

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
    List<WireSpan> spans = made(requests.incrementAndGet());
    List<String> traces = new ArrayList<>();
    for (int i = 0; i < SPANS; i += SPANS_IN_TRACE) {
      traces.add(spans.get(i).traceId());
    }
    return new Request(Wire.otlp(spans), traces);
  }

  Request zipkin() {
    return new Request(Wire.zipkin(made(requests.incrementAndGet())), List.of());
  }

  private List<WireSpan> made(long number) {
    List<WireSpan> spans = new ArrayList<>();
    for (int i = 0; i < SPANS; i++) {
      spans.add(make(number, i));
    }
    return spans;
  }

  private WireSpan make(long number, int index) {
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
    long end = start + 1_000_000L * (1 + place);
    return new WireSpan(trace, id, parent, name, "refunds", start, end, tags(place, traceNumber));
  }

  private byte[] id(long traceNumber, int place) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.BIG_ENDIAN)
        .putLong((lifetime << 48) ^ (traceNumber * SPANS_IN_TRACE + place + 1))
        .array();
  }

  private static Map<String, Object> tags(int place, long traceNumber) {
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
          1200L,
          "gen_ai.usage.output_tokens",
          85L,
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
}
