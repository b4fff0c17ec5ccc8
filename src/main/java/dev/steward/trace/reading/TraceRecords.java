// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.domain.Digest;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.dialect.Attributes;
import dev.steward.trace.form.SpanForm;
import dev.steward.trace.form.Surroundings;
import dev.steward.trace.form.Wire;
import dev.steward.trace.otlp.OtlpRequests;
import dev.steward.trace.reading.Facts.Unreadable;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.Teller;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Reads the spans of a journal record. A span that cannot be read does not cost its neighbours.
final class TraceRecords {
  private final SpanForm form;
  private final Evaluations evaluations;

  TraceRecords(SpanForm form, Evaluations evaluations) {
    this.form = form;
    this.evaluations = evaluations;
  }

  Facts read(JournalRecord record) {
    ExportTraceServiceRequest request = OtlpRequests.traces(record.payload());
    List<Span> spans = new ArrayList<>(record.spans());
    List<Evaluation> judged = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    Iterator<ByteBuffer> bytes = ownBytes(request, record).iterator();
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        Surroundings around = Surroundings.of(resource.getResource(), scope.getScope());
        for (io.opentelemetry.proto.trace.v1.Span wire : scope.getSpansList()) {
          try {
            Digest digest =
                around.digest(bytes.hasNext() ? bytes.next() : ByteBuffer.wrap(wire.toByteArray()));
            Span span = form.read(wire, around, record, digest);
            List<Evaluation> ofSpan = judgements(wire, span);
            spans.add(span);
            judged.addAll(ofSpan);
          } catch (RuntimeException e) {
            unreadable.add(new Unreadable(1, e.toString(), OneSpan.of(resource, scope, wire)));
          }
        }
      }
    }
    return new Facts(spans, judged, List.of(), List.of(), List.of(), unreadable);
  }

  /// The bytes of the spans as they lie in the record where these are what would be written again:
  /// our own gateway wrote them. Others may write fields in another order.
  private static List<ByteBuffer> ownBytes(
      ExportTraceServiceRequest request, JournalRecord record) {
    for (ResourceSpans resource : request.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        if (!scope.getScope().getName().equals(Teller.SCOPE)) {
          return List.of();
        }
      }
    }
    return SpanBytes.of(record.payload());
  }

  private List<Evaluation> judgements(io.opentelemetry.proto.trace.v1.Span wire, Span span) {
    List<Evaluation> found =
        new ArrayList<>(
            evaluations.ofAttributes(
                Attributes.of(wire.getAttributesList()),
                span.key().traceId(),
                span.key().spanId(),
                span.endedAt()));
    for (io.opentelemetry.proto.trace.v1.Span.Event event : wire.getEventsList()) {
      if (event.getName().equals(Evaluations.EVENT)) {
        Evaluation evaluation =
            evaluations.ofEvent(
                Attributes.of(event.getAttributesList()),
                span.key().traceId(),
                span.key().spanId(),
                Wire.time(event.getTimeUnixNano()));
        if (evaluation != null) {
          found.add(span.teller().gateway() ? evaluation.saidBy("gateway") : evaluation);
        }
      }
    }
    return found;
  }
}
