// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Runs to fill a store with: 20 spans each, of twenty agents, spread over three days, in which a
/// conversation grows by a message with every model call; and one run of any length.
final class StoredRuns {
  static final int SPANS_IN_RUN = 20;
  private static final int AGENTS = 20;
  private static final int MODELS = 5;
  private static final int MESSAGE_BYTES = 120;
  private static final Duration SPREAD = Duration.ofHours(71);

  private final Random random = new Random();
  private final Talk talk = new Talk(random);
  private final Instant end;
  private final long runs;

  /// @param runs how many there will be, from the oldest to the newest
  /// @param end when the newest run begins
  StoredRuns(long runs, Instant end) {
    this.runs = runs;
    this.end = end;
  }

  /// The run of that number, from 1; the same number gives the same run.
  List<WireSpan> run(long number) {
    random.setSeed(number);
    Instant begin = end.minus(SPREAD.multipliedBy(runs - number).dividedBy(runs));
    String service = "agent-" + number % AGENTS;
    List<WireSpan> spans = new ArrayList<>(SPANS_IN_RUN);
    spans.add(agent(number, service, begin, Duration.ofSeconds(SPANS_IN_RUN)));
    List<String> said = new ArrayList<>();
    for (int place = 2; place <= SPANS_IN_RUN; place++) {
      Instant at = begin.plusSeconds(place - 1);
      if (place % 2 == 0) {
        said.add(talk.message("user", MESSAGE_BYTES));
        spans.add(modelCall(number, place, 1, service, at, said));
      } else {
        spans.add(toolCall(number, place, service, at));
      }
    }
    return spans;
  }

  /// A run of so many spans, in groups of 50 below a step each.
  List<WireSpan> longRun(long number, int length) {
    List<WireSpan> spans = new ArrayList<>(length);
    Instant begin = end.minusSeconds(length);
    spans.add(agent(number, "marathon", begin, Duration.ofSeconds(length)));
    List<String> said = new ArrayList<>();
    for (int place = 2; place <= length; place++) {
      if (place % 100 == 0) {
        said.clear();
      }
      said.add(talk.message("user", MESSAGE_BYTES));
      int parent = place <= 50 || place % 50 == 0 ? 1 : place / 50 * 50;
      spans.add(modelCall(number, place, parent, "marathon", begin.plusSeconds(place - 1), said));
    }
    return spans;
  }

  static String traceId(long number) {
    return new WireSpan(trace(number), id(number, 1), new byte[0], "", "", 0, 0, Map.of())
        .traceId();
  }

  private static byte[] trace(long number) {
    return ByteBuffer.allocate(16).putLong(0x5707ED).putLong(number).array();
  }

  private static byte[] id(long number, int place) {
    return ByteBuffer.allocate(8).putLong((number << 20) + place).array();
  }

  private static WireSpan agent(long number, String name, Instant begin, Duration lasting) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("gen_ai.operation.name", "invoke_agent");
    attributes.put("gen_ai.agent.name", name);
    attributes.put("gen_ai.conversation.id", "conversation-" + number);
    attributes.put("deployment.environment.name", "production");
    long start = nanos(begin);
    return new WireSpan(
        trace(number),
        id(number, 1),
        new byte[0],
        "invoke_agent " + name,
        name,
        start,
        start + lasting.toNanos(),
        attributes);
  }

  private WireSpan modelCall(
      long number, int place, int parent, String service, Instant at, List<String> said) {
    String model = number % MODELS == 0 ? "gpt-5-mini" : "gpt-5";
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("gen_ai.operation.name", "chat");
    attributes.put("gen_ai.provider.name", "openai");
    attributes.put("gen_ai.request.model", model);
    attributes.put("gen_ai.response.model", model);
    attributes.put("gen_ai.response.id", "chatcmpl-" + Long.toHexString(random.nextLong()));
    attributes.put("gen_ai.usage.input_tokens", (long) random.nextInt(9_000));
    attributes.put("gen_ai.usage.output_tokens", (long) random.nextInt(900));
    attributes.put("server.address", "api.example.com");
    attributes.put("gen_ai.input.messages", "[" + String.join(",", said) + "]");
    attributes.put("gen_ai.output.messages", "[" + talk.message("assistant", MESSAGE_BYTES) + "]");
    long start = nanos(at);
    return new WireSpan(
        trace(number),
        id(number, place),
        id(number, parent),
        "chat " + model,
        service,
        start,
        start + 900_000_000,
        attributes);
  }

  private WireSpan toolCall(long number, int place, String service, Instant at) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("gen_ai.operation.name", "execute_tool");
    attributes.put("gen_ai.tool.name", "search");
    attributes.put("gen_ai.tool.call.id", "call_" + Long.toHexString(random.nextLong()));
    attributes.put("gen_ai.tool.call.arguments", "{\"page\":" + random.nextInt() + "}");
    long start = nanos(at);
    return new WireSpan(
        trace(number),
        id(number, place),
        id(number, 1),
        "execute_tool search",
        service,
        start,
        start + 700_000_000,
        attributes);
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
