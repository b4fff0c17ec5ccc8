// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import com.google.protobuf.ByteString;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.otlp.OtlpRequests;
import dev.steward.trace.span.SpanKey;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;

/// A request that holds one span of another request, as it was sent.
public final class OneSpan {
  private OneSpan() {}

  /// @throws IllegalArgumentException when the record has no such span
  public static byte[] of(JournalRecord record, SpanKey key) {
    ByteString trace = ByteString.copyFrom(HexFormat.of().parseHex(key.traceId()));
    ByteString id = ByteString.copyFrom(HexFormat.of().parseHex(key.spanId()));
    for (ResourceSpans resource : OtlpRequests.traces(record.payload()).getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (Span span : scope.getSpansList()) {
          if (span.getSpanId().equals(id) && span.getTraceId().equals(trace)) {
            return of(resource, scope, span);
          }
        }
      }
    }
    throw new IllegalArgumentException("the record holds no span " + key);
  }

  static byte[] of(ResourceSpans resource, ScopeSpans scope, Span span) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            resource.toBuilder()
                .clearScopeSpans()
                .addScopeSpans(scope.toBuilder().clearSpans().addSpans(span)))
        .build()
        .toByteArray();
  }
}
