// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.trace.JournalRecord;
import dev.steward.trace.LateContent;
import dev.steward.trace.content.ContentReader;
import dev.steward.trace.dialect.Attributes;
import dev.steward.trace.dialect.DialectTable;
import dev.steward.trace.dialect.EventRule;
import dev.steward.trace.dialect.Understood;
import dev.steward.trace.form.Surroundings;
import dev.steward.trace.form.Wire;
import dev.steward.trace.otlp.AnyJson;
import dev.steward.trace.otlp.OtlpRequests;
import dev.steward.trace.reading.Facts.Unreadable;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.LogLine;
import dev.steward.trace.span.SpanKey;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the log records of a journal record. Every one becomes a log line; those that carry
/// messages or a judgement become content or an evaluation too, and the messages are then left out
/// of the line.
final class LogRecords {
  private static final String NO_BODY = "null";

  private final DialectTable table;
  private final ContentReader contents;
  private final Evaluations evaluations;

  LogRecords(DialectTable table, ContentReader contents, Evaluations evaluations) {
    this.table = table;
    this.contents = contents;
    this.evaluations = evaluations;
  }

  /// What is found on the way through one journal record.
  private record Found(
      List<LogLine> lines, List<LateContent> contents, List<Evaluation> evaluations) {}

  Facts read(JournalRecord record) {
    ExportLogsServiceRequest request = OtlpRequests.logs(record.payload());
    Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Unreadable> unreadable = new ArrayList<>();
    for (ResourceLogs resource : request.getResourceLogsList()) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        Surroundings around = Surroundings.of(resource.getResource(), scope.getScope());
        for (LogRecord wire : scope.getLogRecordsList()) {
          try {
            read(wire, around, record.received(), found);
          } catch (RuntimeException e) {
            unreadable.add(new Unreadable(0, e.toString(), alone(resource, scope, wire)));
          }
        }
      }
    }
    return new Facts(
        List.of(), found.evaluations(), found.contents(), found.lines(), List.of(), unreadable);
  }

  private void read(LogRecord wire, Surroundings around, Instant received, Found found) {
    Attributes attributes = Attributes.of(wire.getAttributesList());
    String event = event(wire, attributes);
    String traceId = Wire.id(wire.getTraceId());
    String spanId = Wire.id(wire.getSpanId());
    Instant at = at(wire, received);
    String body = AnyJson.text(wire.getBody());
    EventRule rule = table.event(event);
    if (rule != null && traceId != null && spanId != null) {
      Understood understood =
          table.understand(
              new Understood.Subject(event, around.scopeName(), attributes, around.resource()));
      Content content = contents.late(rule, understood, AnyJson.node(wire.getBody()));
      if (!content.equals(Content.NONE)) {
        found.contents().add(new LateContent(new SpanKey(traceId, spanId), content));
        body = NO_BODY;
      }
    }
    if (event.equals(Evaluations.EVENT)) {
      addEvaluation(found, attributes, traceId, spanId, at);
    }
    found
        .lines()
        .add(
            new LogLine(
                traceId,
                spanId,
                at,
                event,
                wire.getSeverityNumberValue(),
                body,
                attributes.remaining(),
                around.service()));
  }

  private static String event(LogRecord wire, Attributes attributes) {
    if (!wire.getEventName().isEmpty()) {
      return wire.getEventName();
    }
    String named = attributes.text("event.name");
    return named == null ? "" : named;
  }

  private static Instant at(LogRecord wire, Instant received) {
    if (wire.getTimeUnixNano() != 0) {
      return Wire.time(wire.getTimeUnixNano());
    }
    return wire.getObservedTimeUnixNano() == 0
        ? received
        : Wire.time(wire.getObservedTimeUnixNano());
  }

  private static byte[] alone(ResourceLogs resource, ScopeLogs scope, LogRecord wire) {
    ScopeLogs.Builder only = scope.toBuilder().clearLogRecords().addLogRecords(wire);
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(resource.toBuilder().clearScopeLogs().addScopeLogs(only))
        .build()
        .toByteArray();
  }

  /// One that names neither a trace nor a response stays a log line: nothing says whose run it
  /// judges.
  private void addEvaluation(
      Found found,
      Attributes attributes,
      @Nullable String traceId,
      @Nullable String spanId,
      Instant at) {
    Evaluation evaluation =
        traceId == null
            ? evaluations.ofEvent(attributes, "", null, at)
            : evaluations.ofEvent(attributes, traceId, spanId, at);
    if (evaluation != null && (evaluation.placed() || evaluation.responseId() != null)) {
      found.evaluations().add(evaluation);
    }
  }
}
