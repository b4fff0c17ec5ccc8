// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The same spans as an OTLP request and as one of Zipkin's.
final class Wire {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Wire() {}

  /// Protobuf; spans of one service stand together.
  static byte[] otlp(List<WireSpan> spans) {
    Map<String, ScopeSpans.Builder> byService = new LinkedHashMap<>();
    for (WireSpan span : spans) {
      byService.computeIfAbsent(span.service(), _ -> ScopeSpans.newBuilder()).addSpans(otlp(span));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    for (Map.Entry<String, ScopeSpans.Builder> each : byService.entrySet()) {
      ResourceSpans.Builder resource = request.addResourceSpansBuilder();
      resource.addScopeSpans(each.getValue());
      resource.getResourceBuilder().addAttributes(attribute("service.name", each.getKey()));
    }
    return request.build().toByteArray();
  }

  /// Zipkin's JSON, version 2.
  static byte[] zipkin(List<WireSpan> spans) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (WireSpan span : spans) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("traceId", span.traceId());
      fields.put("id", HexFormat.of().formatHex(span.id()));
      if (span.parent().length > 0) {
        fields.put("parentId", HexFormat.of().formatHex(span.parent()));
      }
      fields.put("name", span.name());
      fields.put("timestamp", span.startNanos() / 1_000);
      fields.put("duration", Math.max(1, (span.endNanos() - span.startNanos()) / 1_000));
      fields.put("localEndpoint", Map.of("serviceName", span.service()));
      Map<String, String> tags = new LinkedHashMap<>();
      span.attributes().forEach((key, value) -> tags.put(key, value.toString()));
      fields.put("tags", tags);
      all.add(fields);
    }
    return JSON.writeValueAsBytes(all);
  }

  private static Span otlp(WireSpan made) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(made.trace()))
            .setSpanId(ByteString.copyFrom(made.id()))
            .setParentSpanId(ByteString.copyFrom(made.parent()))
            .setName(made.name())
            .setKind(Span.SpanKind.SPAN_KIND_INTERNAL)
            .setStartTimeUnixNano(made.startNanos())
            .setEndTimeUnixNano(made.endNanos());
    made.attributes().forEach((key, value) -> span.addAttributes(attribute(key, value)));
    return span.build();
  }

  private static KeyValue attribute(String key, Object value) {
    AnyValue.Builder written = AnyValue.newBuilder();
    if (value instanceof Long number) {
      written.setIntValue(number);
    } else {
      written.setStringValue(value.toString());
    }
    return KeyValue.newBuilder().setKey(key).setValue(written).build();
  }
}
