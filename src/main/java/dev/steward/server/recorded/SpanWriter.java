// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import com.google.protobuf.ByteString;
import dev.steward.domain.Digest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Writes one span of a recorded run. Its ids are made of the run's key and its place in the run
/// alone, so that a second import sends the same spans again.
final class SpanWriter {
  private final Span.Builder span = Span.newBuilder();

  SpanWriter(RecordedRun run, String place, String operation, String name) {
    span.setTraceId(traceId(run))
        .setSpanId(spanId(run, place))
        .setName(name.isEmpty() ? operation : operation + " " + name)
        .setKind(Span.SpanKind.SPAN_KIND_INTERNAL);
    with("gen_ai.operation.name", operation);
    with("gen_ai.conversation.id", run.conversation());
    with("steward.task.id", run.task());
    span.addAttributes(
        attribute(
            "steward.import.synthetic_time", AnyValue.newBuilder().setBoolValue(true).build()));
  }

  static ByteString traceId(RecordedRun run) {
    return hash(run.benchmark().word() + "\n" + run.key(), 16);
  }

  static ByteString spanId(RecordedRun run, String place) {
    return hash(run.benchmark().word() + "\n" + run.key() + "\n" + place, 8);
  }

  private static ByteString hash(String text, int bytes) {
    return ByteString.copyFrom(Digest.of("steward import\n" + text).bytes(), 0, bytes);
  }

  SpanWriter kind(Span.SpanKind kind) {
    span.setKind(kind);
    return this;
  }

  SpanWriter parent(ByteString parent) {
    span.setParentSpanId(parent);
    return this;
  }

  SpanWriter time(Instant start, Instant end) {
    span.setStartTimeUnixNano(nanos(start)).setEndTimeUnixNano(nanos(end));
    return this;
  }

  /// Leaves out what is not known.
  SpanWriter with(String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      span.addAttributes(attribute(key, AnyValue.newBuilder().setStringValue(value).build()));
    }
    return this;
  }

  SpanWriter step(int index) {
    span.addAttributes(
        attribute("steward.import.step", AnyValue.newBuilder().setIntValue(index).build()));
    return this;
  }

  SpanWriter failed(String type, String message) {
    with("error.type", type);
    span.setStatus(
        Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage(message));
    return this;
  }

  SpanWriter handedOnBy(ByteString traceId, ByteString spanId) {
    span.addLinks(
        Span.Link.newBuilder()
            .setTraceId(traceId)
            .setSpanId(spanId)
            .addAttributes(
                attribute(
                    "steward.link", AnyValue.newBuilder().setStringValue("hand-off").build())));
    return this;
  }

  SpanWriter judged(RecordedRun.Judgement judgement, Instant at) {
    Span.Event.Builder event =
        Span.Event.newBuilder()
            .setName("gen_ai.evaluation.result")
            .setTimeUnixNano(nanos(at))
            .addAttributes(text("gen_ai.evaluation.name", judgement.name()))
            .addAttributes(text("gen_ai.evaluation.score.label", judgement.label()));
    Double score = judgement.score();
    if (score != null) {
      event.addAttributes(
          attribute(
              "gen_ai.evaluation.score.value",
              AnyValue.newBuilder().setDoubleValue(score).build()));
    }
    if (!judgement.explanation().isEmpty()) {
      event.addAttributes(text("gen_ai.evaluation.explanation", judgement.explanation()));
    }
    span.addEvents(event);
    return this;
  }

  Span.Builder builder() {
    return span;
  }

  ByteString id() {
    return span.getSpanId();
  }

  static KeyValue text(String key, String value) {
    return attribute(key, AnyValue.newBuilder().setStringValue(value).build());
  }

  private static KeyValue attribute(String key, AnyValue value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }
}
