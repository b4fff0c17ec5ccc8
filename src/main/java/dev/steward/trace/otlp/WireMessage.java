// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.steward.trace.JournalRecord.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A message type of the protocol as a table of its fields, built once from the descriptors, so
/// that bytes can be checked and JSON rewritten without building objects.
final class WireMessage {
  private static final Set<String> ITEMS =
      Set.of(
          "Span",
          "LogRecord",
          "NumberDataPoint",
          "HistogramDataPoint",
          "ExponentialHistogramDataPoint",
          "SummaryDataPoint");
  private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

  private static final Map<String, WireMessage> BUILT = new HashMap<>();
  private static final WireMessage TRACES = of(ExportTraceServiceRequest.getDescriptor());
  private static final WireMessage LOGS = of(ExportLogsServiceRequest.getDescriptor());
  private static final WireMessage METRICS = of(ExportMetricsServiceRequest.getDescriptor());

  private final String name;
  private final boolean item;
  private final boolean span;
  private final @Nullable WireField[] byNumber;
  private final Map<String, WireField> byJsonName = new HashMap<>();

  private WireMessage(Descriptor descriptor) {
    name = descriptor.getName();
    item = ITEMS.contains(name);
    span = name.equals("Span");
    int highest = 0;
    for (FieldDescriptor field : descriptor.getFields()) {
      highest = Math.max(highest, field.getNumber());
    }
    byNumber = new WireField[highest + 1];
  }

  static WireMessage of(Signal signal) {
    return switch (signal) {
      case TRACES -> TRACES;
      case LOGS -> LOGS;
      case METRICS -> METRICS;
    };
  }

  private static WireMessage of(Descriptor descriptor) {
    WireMessage built = BUILT.get(descriptor.getFullName());
    if (built != null) {
      return built;
    }
    WireMessage message = new WireMessage(descriptor);
    BUILT.put(descriptor.getFullName(), message);
    for (FieldDescriptor field : descriptor.getFields()) {
      WireField wire =
          new WireField(
              field.getName(),
              field.getNumber(),
              field.getType(),
              field.isRepeated(),
              IDS.contains(field.getName()),
              field.getType() == FieldDescriptor.Type.MESSAGE ? of(field.getMessageType()) : null,
              field.getType() == FieldDescriptor.Type.ENUM ? field.getEnumType() : null);
      message.byNumber[field.getNumber()] = wire;
      message.byJsonName.put(field.getJsonName(), wire);
    }
    return message;
  }

  String name() {
    return name;
  }

  /// Whether the signal is counted in messages of this type.
  boolean item() {
    return item;
  }

  boolean span() {
    return span;
  }

  @Nullable WireField field(int number) {
    return number < byNumber.length ? byNumber[number] : null;
  }

  @Nullable WireField field(String jsonName) {
    return byJsonName.get(jsonName);
  }
}
