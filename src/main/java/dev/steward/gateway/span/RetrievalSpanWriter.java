// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.span;

import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.RetrievalRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.List;

/// Writes a call of a data source as one retrieval of the GenAI conventions. What was asked and
/// found is not in it: the gateway passes it on unread.
final class RetrievalSpanWriter {
  private static final String OPERATION = "retrieval";

  private RetrievalSpanWriter() {}

  static byte[] write(RetrievalRecord call, Instant endedAt) {
    Caller caller = call.caller();
    return SpanWriter.request(
        caller == null ? "unknown_caller" : caller.agent().name(), List.of(span(call, endedAt)));
  }

  private static Span span(RetrievalRecord call, Instant endedAt) {
    Span.Builder span =
        SpanWriter.begun(
            call.id(), call.place(), OPERATION + " " + call.source(), call.startedAt(), endedAt);
    Attributes attributes = new Attributes(span);
    attributes.put("gen_ai.operation.name", OPERATION);
    attributes.put("gen_ai.data_source.id", call.source());
    Caller caller = call.caller();
    SpanWriter.identity(caller == null ? null : caller.agent().name(), call.place(), attributes);
    SpanWriter.trial(caller, attributes);
    attributes.put("steward.chain", call.chain());
    attributes.put("steward.data.version", call.version());
    attributes.put("http.request.method", call.method());
    attributes.put("steward.decision", SpanWriter.decision(call.refusal()));
    attributes.put("steward.sent", call.isSent());
    if (call.refusal() != null) {
      attributes.put("steward.refusal", call.refusal().kind().word());
    }
    SpanEnding.put(call.refusal(), call.error(), call.status(), span, attributes);
    return span.build();
  }
}
