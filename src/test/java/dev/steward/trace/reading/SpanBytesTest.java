// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanBytesTest {
  private static Span span(String text) {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(new byte[] {1, 2, 3}))
        .setName("chat " + text.length())
        .setStartTimeUnixNano(1_700_000_000_000_000_000L)
        .addAttributes(attribute("gen_ai.input.messages", text))
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("gen_ai.usage.cost")
                .setValue(AnyValue.newBuilder().setDoubleValue(0.1)))
        .build();
  }

  private static KeyValue attribute(String key, String text) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(text))
        .build();
  }

  private static ResourceSpans of(String service, ScopeSpans... scopes) {
    return ResourceSpans.newBuilder()
        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", service)))
        .addAllScopeSpans(List.of(scopes))
        .build();
  }

  private static ScopeSpans scope(Span... spans) {
    return ScopeSpans.newBuilder()
        .setScope(InstrumentationScope.newBuilder().setName("steward.gateway"))
        .addAllSpans(List.of(spans))
        .setSchemaUrl("https://example.com")
        .build();
  }

  @Test
  void whatWeWroteIsWhatWouldBeWrittenAgain() {
    List<Span> spans =
        List.of(span(""), span("hello"), span("ÄÖÜ 😀".repeat(5_000)), span("x".repeat(300)));
    byte[] request =
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(of("a", scope(spans.get(0), spans.get(1)), scope()))
            .addResourceSpans(of("b", scope(spans.get(2)), scope(spans.get(3))))
            .build()
            .toByteArray();

    List<ByteString> found = new ArrayList<>();
    SpanBytes.of(request).forEach(bytes -> found.add(ByteString.copyFrom(bytes)));

    List<ByteString> written = new ArrayList<>();
    spans.forEach(each -> written.add(each.toByteString()));
    assertThat(found).isEqualTo(written);
  }

  @Test
  void nothingLiesInNothing() {
    assertThat(SpanBytes.of(new byte[0])).isEmpty();
  }

  @Test
  void aFieldOfTheSameNumberAndAnotherTypeIsNoSpan() {
    assertThat(SpanBytes.of(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0})).isEmpty();
  }
}
