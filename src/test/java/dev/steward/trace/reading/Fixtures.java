// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import com.google.protobuf.ByteString;
import dev.steward.domain.Cost;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.Sender;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Builds spans of the wire from cases and reads them.
public final class Fixtures {
  static final Instant RECEIVED = Instant.parse("2026-11-01T10:00:00Z");
  static final RecordReader READER =
      new RecordReader((_, response, request, usage, _) ->
          new Cost.Unknown(
              usage == null ? "no usage" : "price of " + (response == null ? request : response)));

  private Fixtures() {}

  static Facts read(JsonNode one) {
    return READER.read(record(request(one), Sender.UNKNOWN));
  }

  public static JournalRecord record(ExportTraceServiceRequest request, Sender sender) {
    return new JournalRecord(Signal.TRACES, 1, RECEIVED, sender, request.toByteArray());
  }

  public static ExportTraceServiceRequest request(JsonNode one) {
    Span.Builder span = span(one.path("name").asString("a span"));
    span.addAllAttributes(attributes(one.path("attributes")));
    for (JsonNode event : one.path("events")) {
      span.addEvents(
          Span.Event.newBuilder()
              .setName(event.path("name").asString())
              .addAllAttributes(attributes(event.path("attributes"))));
    }
    if (one.has("status")) {
      span.setStatus(
          Status.newBuilder()
              .setCodeValue(one.path("status").path("code").intValue())
              .setMessage(one.path("status").path("message").asString("")));
    }
    return request(
        span.build(), one.path("scope").asString("test"), attributes(one.path("resource")));
  }

  static Span.Builder span(String name) {
    return Span.newBuilder()
        .setTraceId(bytes("5b8efff798038103d269b633813fc60c"))
        .setSpanId(bytes("eee19b7ec3c1b174"))
        .setName(name)
        .setStartTimeUnixNano(1763700000000000000L)
        .setEndTimeUnixNano(1763700001500000000L);
  }

  public static ExportTraceServiceRequest request(
      Span span, String scope, List<KeyValue> resource) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAllAttributes(resource))
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .setScope(InstrumentationScope.newBuilder().setName(scope))
                        .addSpans(span)))
        .build();
  }

  static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }

  static List<KeyValue> attributes(JsonNode node) {
    List<KeyValue> attributes = new ArrayList<>();
    node.properties()
        .forEach(attribute ->
            attributes.add(
                KeyValue.newBuilder()
                    .setKey(attribute.getKey())
                    .setValue(value(attribute.getValue()))
                    .build()));
    return attributes;
  }

  static AnyValue value(JsonNode node) {
    AnyValue.Builder value = AnyValue.newBuilder();
    if (node.isString()) {
      value.setStringValue(node.stringValue());
    } else if (node.isBoolean()) {
      value.setBoolValue(node.booleanValue());
    } else if (node.isIntegralNumber()) {
      value.setIntValue(node.longValue());
    } else if (node.isNumber()) {
      value.setDoubleValue(node.doubleValue());
    } else if (node.isArray()) {
      ArrayValue.Builder list = ArrayValue.newBuilder();
      node.forEach(element -> list.addValues(value(element)));
      value.setArrayValue(list);
    } else if (node.isObject()) {
      value.setKvlistValue(KeyValueList.newBuilder().addAllValues(attributes(node)));
    }
    return value.build();
  }
}
