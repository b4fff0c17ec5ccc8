// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.JournalRecord.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceTest {
  private final Acceptance acceptance = new Acceptance();

  @Test
  void aGoodRequestKeepsItsVeryBytes() {
    byte[] body = request(span(16, 8), span(16, 8)).toByteArray();
    Accepted accepted = acceptance.accept(Signal.TRACES, OtlpEncoding.PROTOBUF, body);
    assertThat(accepted.payload()).isSameAs(body);
    assertThat(accepted.spans()).isEqualTo(2);
    assertThat(accepted.rejected()).isZero();
    assertThat(accepted.message()).isEmpty();
  }

  @Test
  void spansWithoutAnIdentityAreRefusedAloneAndNamed() {
    Span zero = span(16, 8).toBuilder().setSpanId(ByteString.copyFrom(new byte[8])).build();
    byte[] body =
        request(span(16, 8), span(15, 8), span(0, 8), span(16, 9), zero, span(16, 8)).toByteArray();
    Accepted accepted = acceptance.accept(Signal.TRACES, OtlpEncoding.PROTOBUF, body);
    assertThat(accepted.spans()).isEqualTo(2);
    assertThat(accepted.rejected()).isEqualTo(4);
    assertThat(accepted.message())
        .contains("4 spans were refused")
        .contains("spans[1] \"s\": trace id of 15 bytes where 16 are needed")
        .contains("spans[2] \"s\": no trace id")
        .endsWith("; ...");
    assertThat(OtlpRequests.traces(accepted.payload()).getResourceSpans(0).getScopeSpans(0))
        .extracting(ScopeSpans::getSpansCount)
        .isEqualTo(2);
  }

  @Test
  void anEmptyRequestIsAccepted() {
    assertThat(acceptance.accept(Signal.TRACES, OtlpEncoding.PROTOBUF, new byte[0]).spans())
        .isZero();
    assertThat(acceptance.accept(Signal.LOGS, OtlpEncoding.JSON, utf8("{}")).items()).isZero();
  }

  @Test
  void everyTruncationIsCalledMalformed() {
    byte[] body = request(span(16, 8)).toByteArray();
    for (int length = 1; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThatThrownBy(() -> acceptance.accept(Signal.TRACES, OtlpEncoding.PROTOBUF, cut))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED))
          .hasMessageContaining("byte");
    }
  }

  @Test
  void textThatIsNotUtf8IsRepairedAndWarnedOf() {
    byte[] body = request(span(16, 8).toBuilder().setName("ab").build()).toByteArray();
    byte[] broken = body.clone();
    int at = new String(body, StandardCharsets.ISO_8859_1).indexOf("ab");
    broken[at + 1] = (byte) 0xC3;
    Accepted accepted = acceptance.accept(Signal.TRACES, OtlpEncoding.PROTOBUF, broken);
    assertThat(accepted.rejected()).isZero();
    assertThat(accepted.message()).contains("1 bytes of text were not UTF-8");
    assertThat(OtlpRequests.traces(accepted.payload()).getResourceSpans(0).getScopeSpans(0))
        .extracting(scope -> scope.getSpans(0).getName())
        .isEqualTo("a?");
    assertThat(broken[at + 1]).as("the sender's array is not touched").isEqualTo((byte) 0xC3);
  }

  @Test
  void nestingHasALimitThatReadingKeepsToo() {
    assertThat(acceptance.accept(Signal.TRACES, OtlpEncoding.PROTOBUF, nested(90)).spans())
        .isEqualTo(1);
    OtlpRequests.traces(nested(90));
    assertThatThrownBy(() -> acceptance.accept(Signal.TRACES, OtlpEncoding.PROTOBUF, nested(150)))
        .hasMessageContaining("nested deeper");
  }

  @Test
  void jsonIsReadWithTheQuirksOfOtlp() {
    Span span =
        readJson(
            """
            {"unknown": {"a": [1]}, "resourceSpans": [{"scopeSpans": [{"spans": [{
              "traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "eee19b7ec3c1b174", "parentSpanId": "",
              "name": "x", "kind": 3, "startTimeUnixNano": "1544712660000000000", "endTimeUnixNano": 1544712661000000000,
              "droppedAttributesCount": 4294967295, "status": {"code": 2, "message": null}, "flags": 257,
              "attributes": [
                {"key": "s", "value": {"stringValue": "\\u00e9"}}, {"key": "i", "value": {"intValue": "-42"}},
                {"key": "j", "value": {"intValue": 42}}, {"key": "d", "value": {"doubleValue": "NaN"}},
                {"key": "e", "value": {"doubleValue": 1e3}}, {"key": "b", "value": {"boolValue": true}},
                {"key": "y", "value": {"bytesValue": "AQI="}}, {"key": "n", "value": {}},
                {"key": "a", "value": {"arrayValue": {"values": [{"intValue": "1"}, {}]}}},
                {"key": "k", "value": {"kvlistValue": {"values": [{"key": "z", "value": {"boolValue": false}}]}}}]}]}]}]}
            """);
    assertThat(HexFormat.of().formatHex(span.getTraceId().toByteArray()))
        .isEqualTo("5b8efff798038103d269b633813fc60c");
    assertThat(span.getParentSpanId()).isEqualTo(ByteString.EMPTY);
    assertThat(span.getKindValue()).isEqualTo(3);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(1544712660000000000L);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(1544712661000000000L);
    assertThat(Integer.toUnsignedLong(span.getDroppedAttributesCount())).isEqualTo(4294967295L);
    assertThat(span.getStatus().getCodeValue()).isEqualTo(2);
    assertThat(AnyJson.object(span.getAttributesList()))
        .isEqualTo(
            "{\"s\":\"\u00e9\",\"i\":-42,\"j\":42,\"d\":\"NaN\",\"e\":1000.0,\"b\":true,"
                + "\"y\":\"AQI=\",\"n\":null,\"a\":[1,null],\"k\":{\"z\":false}}");
  }

  @Test
  void anUnknownEnumValueIsKept() {
    assertThat(
            readJson(
                    "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":"
                        + "\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\","
                        + "\"kind\":77}]}]}]}")
                .getKindValue())
        .isEqualTo(77);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{} {}",
        "nothing",
        "{\"resourceSpans\": {}}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"traceId\":"
            + " \"W47/95gDgQPSabYzgT/GDA==\"}]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"startTimeUnixNano\":"
            + " \"soon\"}]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"name\": 7}]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"kind\": \"SIDEWAYS\"}]}]}]}",
        "{\"resourceSpans\": [{\"scopeSpans\": [{\"spans\": [{\"flags\": -1}]}]}]}"
      })
  void brokenJsonIsMalformedWithThePlace(String json) {
    assertThatThrownBy(() -> acceptance.accept(Signal.TRACES, OtlpEncoding.JSON, utf8(json)))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED))
        .hasMessageContaining("line ");
  }

  @Test
  void aLongChainOfBracketsIsMalformed() {
    String open = "{\"arrayValue\":{\"values\":[";
    String json =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"k\",\"value\":"
            + open.repeat(100_000);
    assertThatThrownBy(() -> acceptance.accept(Signal.TRACES, OtlpEncoding.JSON, utf8(json)))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void logsAndPointsAreCounted() {
    Accepted logs =
        acceptance.accept(
            Signal.LOGS,
            OtlpEncoding.JSON,
            utf8("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{}},{}]}]}]}"));
    assertThat(logs.items()).isEqualTo(2);
    assertThat(logs.spans()).isZero();
    assertThat(logs.payload())
        .isEqualTo(
            ExportLogsServiceRequest.newBuilder()
                .mergeFrom(OtlpRequests.logs(logs.payload()))
                .build()
                .toByteArray());
    Accepted points =
        acceptance.accept(
            Signal.METRICS,
            OtlpEncoding.JSON,
            utf8(
                "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"sum\":"
                    + "{\"dataPoints\":[{\"asInt\":\"-3\"},{\"asDouble\":2}]}},{\"name\":\"h\","
                    + "\"histogram\":{\"dataPoints\":[{\"count\":\"3\",\"bucketCounts\":[\"1\",2],"
                    + "\"explicitBounds\":[0.5]}]}}]}]}]}"));
    assertThat(points.items()).isEqualTo(3);
    ExportMetricsServiceRequest read = OtlpRequests.metrics(points.payload());
    assertThat(read.getResourceMetrics(0).getScopeMetrics(0).getMetrics(1).getHistogram())
        .extracting(histogram -> histogram.getDataPoints(0).getBucketCountsList())
        .isEqualTo(List.of(1L, 2L));
    assertThat(
            read.getResourceMetrics(0).getScopeMetrics(0).getMetrics(0).getSum().getDataPoints(0))
        .extracting(io.opentelemetry.proto.metrics.v1.NumberDataPoint::getAsInt)
        .isEqualTo(-3L);
  }

  private Span readJson(String json) {
    Accepted accepted = acceptance.accept(Signal.TRACES, OtlpEncoding.JSON, utf8(json));
    assertThat(accepted.rejected()).isZero();
    return OtlpRequests.traces(accepted.payload()).getResourceSpans(0).getScopeSpans(0).getSpans(0);
  }

  private static byte[] nested(int levels) {
    AnyValue value = AnyValue.newBuilder().setIntValue(1).build();
    for (int level = 0; level < levels; level++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    return request(
            span(16, 8).toBuilder()
                .addAttributes(KeyValue.newBuilder().setKey("deep").setValue(value))
                .build())
        .toByteArray();
  }

  private static Span span(int traceIdBytes, int spanIdBytes) {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(filled(traceIdBytes)))
        .setSpanId(ByteString.copyFrom(filled(spanIdBytes)))
        .setName("s")
        .build();
  }

  private static byte[] filled(int size) {
    byte[] id = new byte[size];
    Arrays.fill(id, (byte) 1);
    return id;
  }

  private static ExportTraceServiceRequest request(Span... spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
        .build();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
