// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.Root;
import dev.steward.gateway.record.Root.State;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Writes the span that stands for a run whose agent sends none. A status that is not set says that
/// the run is not over.
final class RootWriter {
  private static final JsonMapper JSON = JsonMapper.shared();

  private RootWriter() {}

  static Span write(CallRecord call, Root root, Instant endedAt) {
    Place place = Objects.requireNonNull(call.place(), "a run without a place");
    String agent = Objects.requireNonNullElse(call.agent(), "");
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(SpanWriter.hex(place.traceId()))
            .setSpanId(SpanWriter.hex(root.spanId()))
            .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
            .setName("invoke_agent " + agent)
            .setStartTimeUnixNano(SpanWriter.nanos(root.startedAt()))
            .setEndTimeUnixNano(SpanWriter.nanos(endedAt));
    Attributes attributes = new Attributes(span);
    attributes.put("gen_ai.operation.name", "invoke_agent");
    SpanWriter.identity(call.agent(), place, attributes);
    SpanWriter.trial(call.caller(), attributes);
    if (!root.opening().isEmpty()) {
      ArrayNode messages = JSON.createArrayNode();
      messages.addObject().put("role", "user").put("content", root.opening());
      attributes.put("gen_ai.input.messages", messages.toString());
    }
    if (root.state() == State.SAID) {
      attributes.put("gen_ai.output.messages", call.answered().messages());
    }
    status(call, root.state(), span);
    return span.build();
  }

  private static void status(CallRecord call, State state, Span.Builder span) {
    switch (state) {
      case OPEN -> {}
      case SAID -> span.setStatus(Status.newBuilder().setCode(StatusCode.STATUS_CODE_OK));
      case FAILED ->
          span.setStatus(
              Status.newBuilder()
                  .setCode(StatusCode.STATUS_CODE_ERROR)
                  .setMessage(SpanWriter.failure(call)));
    }
  }
}
