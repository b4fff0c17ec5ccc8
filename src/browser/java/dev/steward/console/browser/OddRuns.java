// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import com.google.protobuf.ByteString;
import dev.steward.server.Otlp;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Traces that a page must bear: very long, failed, from a stranger, still open, hostile.
final class OddRuns {
  static final long LONG = 0xa001;
  static final long FAILED = 0xa002;
  static final long STRANGER = 0xa003;
  static final long OPEN = 0xa004;
  static final long HOSTILE = 0xa005;

  static final int LONG_SPANS = 10_000;
  static final String SCRIPT =
      "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
  static final String LONG_WORD = "Donaudampfschifffahrtsgesellschaft".repeat(12);
  static final String RIGHT_TO_LEFT = "مرحبا، أين طلبي رقم 4711؟ שלום עולם";
  static final String EMOJI = "👩‍👩‍👧‍👦🏳️‍🌈🧾💸";

  private static final long MILLI = 1_000_000L;
  private static final JsonMapper JSON = JsonMapper.shared();

  private OddRuns() {}

  static List<Span.Builder> longRun() {
    List<Span.Builder> spans = new ArrayList<>(LONG_SPANS);
    long start = now() - 3_600_000L * MILLI;
    spans.add(agent(LONG, 1, 0, "migrator").setStartTimeUnixNano(start));
    for (int i = 2; i <= LONG_SPANS; i++) {
      long at = start + i * 300L * MILLI;
      Span.Builder span =
          i % 2 == 0
              ? model(LONG, i, 1, "Move table " + i, "Table " + i + " is next.")
              : tool(LONG, i, 1, "move_table", "{\"table\":" + i + "}", "{\"moved\":true}");
      spans.add(span.setStartTimeUnixNano(at).setEndTimeUnixNano(at + 250 * MILLI));
    }
    spans.getFirst().setEndTimeUnixNano(start + (LONG_SPANS + 2) * 300L * MILLI);
    return spans;
  }

  static List<Span.Builder> failed() {
    Span.Builder call =
        tool(FAILED, 3, 1, "ship_parcel", "{\"order\":\"A-1009\",\"carrier\":\"dhl\"}", "");
    call.setStatus(error("503 Service Unavailable: the carrier did not answer within 30 s"));
    return List.of(
        agent(FAILED, 1, 0, "shipping").setStatus(error("gave up after the carrier failed")),
        model(FAILED, 2, 1, "Send order A-1009 today", "I will book the parcel."),
        call);
  }

  static List<Span.Builder> stranger() {
    return List.of(
        agent(STRANGER, 1, 0, "shadow-bot"),
        model(STRANGER, 2, 1, "Summarise the board minutes", "The board met on Tuesday."));
  }

  /// Its root has not ended, so it has not arrived.
  static List<Span.Builder> open() {
    return List.of(
        model(OPEN, 2, 1, "Check claim C-77", "Reading the photos.")
            .addAttributes(Otlp.text("gen_ai.agent.name", "night-shift")),
        tool(OPEN, 3, 1, "photo_report", "{\"claim\":\"C-77\"}", "{\"damage\":\"dent\"}"));
  }

  static List<Span.Builder> hostile() {
    return List.of(
        agent(HOSTILE, 1, 0, "<b>bold</b>" + EMOJI + LONG_WORD.substring(0, 120)),
        model(
            HOSTILE,
            2,
            1,
            SCRIPT + " " + LONG_WORD + " " + RIGHT_TO_LEFT + " " + EMOJI,
            RIGHT_TO_LEFT + "\n\u202Egnp.exe\u202C\n" + "z".repeat(3_000)),
        tool(
                HOSTILE,
                3,
                1,
                LONG_WORD.substring(0, 200),
                "{\"html\":" + JSON.writeValueAsString(SCRIPT) + ",\"not\":\"closed\"",
                "\u0000\u0007 " + LONG_WORD)
            .addAttributes(Otlp.text("blob", "x".repeat(2 << 20)))
            .setStatus(error(SCRIPT + LONG_WORD)));
  }

  /// One more short run of an agent, to arrive while a page is open.
  static List<Span.Builder> late(long trace, String agent) {
    return List.of(
        agent(trace, 1, 0, agent), model(trace, 2, 1, "Late question " + trace, "Late answer."));
  }

  static Span.Builder agent(long trace, long id, long parent, String name) {
    return span(trace, id, parent, "invoke_agent " + name)
        .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
        .addAttributes(Otlp.text("gen_ai.agent.name", name));
  }

  static Span.Builder model(long trace, long id, long parent, String asked, String said) {
    return span(trace, id, parent, "chat gpt-4o")
        .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
        .addAttributes(Otlp.text("gen_ai.provider.name", "openai"))
        .addAttributes(Otlp.text("gen_ai.request.model", "gpt-4o"))
        .addAttributes(Otlp.number("gen_ai.usage.input_tokens", 1_200))
        .addAttributes(Otlp.number("gen_ai.usage.output_tokens", 80))
        .addAttributes(Otlp.text("gen_ai.input.messages", message("user", asked)))
        .addAttributes(Otlp.text("gen_ai.output.messages", message("assistant", said)));
  }

  static Span.Builder tool(
      long trace, long id, long parent, String name, String arguments, String result) {
    return span(trace, id, parent, "execute_tool " + name)
        .addAttributes(Otlp.text("gen_ai.operation.name", "execute_tool"))
        .addAttributes(Otlp.text("gen_ai.tool.name", name))
        .addAttributes(Otlp.text("gen_ai.tool.call.id", "call-" + id))
        .addAttributes(Otlp.text("gen_ai.tool.call.arguments", arguments))
        .addAttributes(Otlp.text("gen_ai.tool.call.result", result));
  }

  /// Each begins a little behind the one before, and the root ends last.
  private static Span.Builder span(long trace, long id, long parent, String name) {
    Span.Builder span = Otlp.span(trace, id, parent, name);
    long start = span.getStartTimeUnixNano();
    long end = span.getEndTimeUnixNano();
    return parent == 0
        ? span
        : span.setStartTimeUnixNano(start + id * 100 * MILLI)
            .setEndTimeUnixNano(end - 400 * MILLI + id * 100 * MILLI);
  }

  /// A record that was accepted as a span and cannot be read as one.
  static byte[] unreadable() {
    return ByteString.copyFromUtf8("\u0001 not a request").toByteArray();
  }

  private static String message(String role, String words) {
    return "[{\"role\":\"%s\",\"parts\":[{\"type\":\"text\",\"content\":%s}]}]"
        .formatted(role, JSON.writeValueAsString(words));
  }

  private static Status error(String words) {
    return Status.newBuilder()
        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
        .setMessage(words)
        .build();
  }

  private static long now() {
    return System.currentTimeMillis() * MILLI;
  }
}
