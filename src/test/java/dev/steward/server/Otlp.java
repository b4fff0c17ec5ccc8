// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Telemetry for tests.
public final class Otlp {
  private Otlp() {}

  public static String trace(long number) {
    return String.format(Locale.ROOT, "%032x", number);
  }

  public static String spanId(long number) {
    return String.format(Locale.ROOT, "%016x", number);
  }

  /// One run of an agent: an agent span with a model call and a tool call below it.
  public static ExportTraceServiceRequest run(long trace, String agent) {
    return request(
        List.of(
            span(trace, 1, 0, "invoke_agent " + agent)
                .addAttributes(text("gen_ai.operation.name", "invoke_agent"))
                .addAttributes(text("gen_ai.agent.name", agent)),
            span(trace, 2, 1, "chat gpt-4o")
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.provider.name", "openai"))
                .addAttributes(text("gen_ai.request.model", "gpt-4o"))
                .addAttributes(number("gen_ai.usage.input_tokens", 1000))
                .addAttributes(number("gen_ai.usage.output_tokens", 100))
                .addAttributes(
                    text(
                        "gen_ai.input.messages",
                        "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"the secret"
                            + " question\"}]}]")),
            span(trace, 3, 1, "execute_tool refund")
                .addAttributes(text("gen_ai.operation.name", "execute_tool"))
                .addAttributes(text("gen_ai.tool.name", "refund"))));
  }

  /// Sends it as an agent without a key does; the server must accept it.
  public static void send(TestServer server, ExportTraceServiceRequest request) {
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(request.toByteArray()))
                .build());
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
  }

  /// Many plain spans of one trace, all children of the first.
  public static ExportTraceServiceRequest spans(long trace, int count) {
    List<Span.Builder> spans = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      spans.add(span(trace, i, i == 1 ? 0 : 1, "step " + i));
    }
    return request(spans);
  }

  public static ExportTraceServiceRequest request(List<Span.Builder> spans) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    spans.forEach(scope::addSpans);
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .setResource(Resource.newBuilder().addAttributes(text("service.name", "test-service")))
        .addScopeSpans(scope);
    return request.build();
  }

  /// @param parent 0 for a root
  public static Span.Builder span(long trace, long id, long parent, String name) {
    long now = Instant.now().toEpochMilli() * 1_000_000L;
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(bytes(trace(trace)))
            .setSpanId(bytes(spanId(id)))
            .setName(name)
            .setKindValue(1)
            .setStartTimeUnixNano(now - 2_000_000_000L)
            .setEndTimeUnixNano(now - 1_000_000_000L);
    return parent == 0 ? span : span.setParentSpanId(bytes(spanId(parent)));
  }

  public static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  public static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
