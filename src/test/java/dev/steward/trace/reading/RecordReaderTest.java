// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.SpanKind;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.LateContent;
import dev.steward.trace.Sender;
import dev.steward.trace.otlp.Acceptance;
import dev.steward.trace.otlp.OtlpEncoding;
import dev.steward.trace.otlp.OtlpRequests;
import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.LogLine;
import dev.steward.trace.span.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {
  private static final String IDS =
      "\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\"";

  @Test
  void whatTheKeyProvedIsKeptBesideWhatTheAttributesClaim() {
    Sender sender = new Sender("refunds", "production", "sha-1", "run-9", "returns", "task-3");
    ExportTraceServiceRequest request =
        Fixtures.request(
            Fixtures.span("invoke_agent impostor")
                .addAttributes(attribute("gen_ai.operation.name", "invoke_agent"))
                .addAttributes(attribute("gen_ai.agent.name", "impostor"))
                .addAttributes(attribute("steward.run.id", "other"))
                .addAttributes(attribute("steward.task.id", "other"))
                .addAttributes(attribute("gen_ai.conversation.id", "c1"))
                .build(),
            "test",
            List.of(
                attribute("deployment.environment.name", "development"),
                attribute("agent.version", "claimed")));
    Span span = only(Fixtures.READER.read(Fixtures.record(request, sender)));
    assertThat(span.origin().sender()).isEqualTo("refunds");
    assertThat(span.origin().agent()).isEqualTo("impostor");
    assertThat(span.origin().environment()).isEqualTo("production");
    assertThat(span.origin().version()).isEqualTo("claimed");
    assertThat(span.origin().run()).isEqualTo("run-9");
    assertThat(span.origin().workflow()).isEqualTo("returns");
    assertThat(span.origin().task()).isEqualTo("task-3");
    assertThat(span.origin().conversation()).isEqualTo("c1");
    assertThat(span.received()).isEqualTo(Fixtures.RECEIVED);
  }

  @Test
  void aSpanWithoutANameIsItsSendersAndOfItsVersion() {
    Sender sender = new Sender("refunds", "production", "sha-1", null, null, null);
    Span unnamed = sent(sender);
    Span named = sent(sender, attribute("gen_ai.agent.name", "refunds"));
    Span inner = sent(sender, attribute("gen_ai.agent.name", "fact-check"));

    assertThat(unnamed.origin().agent()).isEqualTo("refunds");
    assertThat(unnamed.origin().version()).isEqualTo("sha-1");
    assertThat(named.origin()).isEqualTo(unnamed.origin());
    assertThat(inner.origin().agent()).isEqualTo("fact-check");
    assertThat(inner.origin().version()).isNull();
    assertThat(inner.origin().sender()).isEqualTo("refunds");
    assertThat(inner.agentName()).isEqualTo("fact-check");
  }

  @Test
  void aWorkflowThatTheSpanNamesStandsAboveTheHeader() {
    Sender sender = new Sender(null, null, null, null, "of the header", null);

    assertThat(sent(sender).origin().workflow()).isEqualTo("of the header");
    assertThat(sent(sender, attribute("gen_ai.workflow.name", "own")).origin().workflow())
        .isEqualTo("own");
  }

  private static Span sent(Sender sender, KeyValue... more) {
    ExportTraceServiceRequest request =
        Fixtures.request(
            Fixtures.span("invoke_agent")
                .addAttributes(attribute("gen_ai.operation.name", "invoke_agent"))
                .addAllAttributes(List.of(more))
                .build(),
            "test",
            List.of());
    return only(Fixtures.READER.read(Fixtures.record(request, sender)));
  }

  @Test
  void oneSpanThatCannotBeReadDoesNotCostItsNeighbours() {
    RecordReader reader =
        new RecordReader((_, _, model, _, _) -> {
          if ("bad".equals(model)) {
            throw new IllegalStateException("the price of bad is broken");
          }
          return new Cost.Unknown("none");
        });
    ExportTraceServiceRequest.Builder request = request("good").toBuilder();
    request
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .addSpans(request("bad").getResourceSpans(0).getScopeSpans(0).getSpans(0))
        .addSpans(request("good").getResourceSpans(0).getScopeSpans(0).getSpans(0));
    Facts facts =
        reader.read(
            new JournalRecord(
                Signal.TRACES,
                3,
                Fixtures.RECEIVED,
                Sender.UNKNOWN,
                request.build().toByteArray()));
    assertThat(facts.spans()).hasSize(2);
    assertThat(facts.unreadable()).hasSize(1);
    Facts.Unreadable letter = facts.unreadable().getFirst();
    assertThat(letter.spans()).isEqualTo(1);
    assertThat(letter.reason()).contains("the price of bad is broken");
    assertThat(OtlpRequests.traces(letter.payload())).isEqualTo(request("bad"));
  }

  @Test
  void aPayloadThatIsNoRequestIsUnreadableAsAWhole() {
    Facts facts =
        Fixtures.READER.read(
            new JournalRecord(
                Signal.TRACES, 4, Fixtures.RECEIVED, Sender.UNKNOWN, new byte[] {1, 2, 3}));
    assertThat(facts.spans()).isEmpty();
    assertThat(facts.unreadable()).hasSize(1);
    assertThat(facts.unreadable().getFirst().spans()).isEqualTo(4);
  }

  @Test
  void strangeTimesAndIdsAreAccepted() {
    Span span =
        only(
            read(
                Fixtures.span("odd")
                    .setStartTimeUnixNano(4102444800000000000L)
                    .setEndTimeUnixNano(0)
                    .setParentSpanId(Fixtures.bytes("eee19b7ec3c1b174"))
                    .setKindValue(99)
                    .build()));
    assertThat(span.startedAt()).isEqualTo(Instant.parse("2100-01-01T00:00:00Z"));
    assertThat(span.endedAt()).isEqualTo(Instant.EPOCH);
    assertThat(span.duration()).isZero();
    assertThat(span.parentSpanId()).isEqualTo(span.key().spanId());
    assertThat(span.raw().otelKind()).isEqualTo(99);
    assertThat(
            only(read(
                    Fixtures.span("zero")
                        .setParentSpanId(Fixtures.bytes("0000000000000000"))
                        .build()))
                .parentSpanId())
        .isNull();
    assertThat(only(read(Fixtures.span("far").setStartTimeUnixNano(-1).build())).startedAt())
        .isAfter(Instant.parse("2554-01-01T00:00:00Z"));
  }

  @Test
  void aHugeAttributeIsKept() {
    String huge = "x".repeat(1 << 20);
    Span span = only(read(Fixtures.span("big").addAttributes(attribute("huge", huge)).build()));
    assertThat(span.raw().attributesJson()).hasSize(huge.length() + "{\"huge\":\"\"}".length());
  }

  @Test
  void theSameBytesHaveTheSameDigestAndOthersDoNot() {
    Span first = only(read(Fixtures.span("a").build()));
    assertThat(only(read(Fixtures.span("a").build())).digest()).isEqualTo(first.digest());
    assertThat(only(read(Fixtures.span("b").build())).digest()).isNotEqualTo(first.digest());
    ExportTraceServiceRequest elsewhere =
        Fixtures.request(
            Fixtures.span("a").build(), "test", List.of(attribute("service.name", "other")));
    assertThat(only(Fixtures.READER.read(Fixtures.record(elsewhere, Sender.UNKNOWN))).digest())
        .isNotEqualTo(first.digest());
  }

  /// A name that we give to who is proven is nobody's to take.
  @ParameterizedTest
  @CsvSource({
    "quality-bot,quality-bot",
    "person:dana,sender",
    "token:t-1,sender",
    "system:steward,sender",
    "gateway,sender",
    "customer via token:t-1,sender"
  })
  void whoJudgedIsNeverTakenForSomebodyProven(String named, String by) {
    String prefix = "evaluations.0.evaluation.";
    Facts facts =
        read(
            Fixtures.span("judged")
                .addAttributes(attribute(prefix + "name", "helpful"))
                .addAttributes(attribute(prefix + "label", "yes"))
                .addAttributes(attribute(prefix + "identifier", named))
                .build());
    assertThat(facts.evaluations()).extracting(Evaluation::by).containsExactly(by);
  }

  @Test
  void aLargeBlobLiesBesideItsMessage() {
    String base64 = "QUJD".repeat(4 << 10);
    String messages =
        "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":"
            + "\"data:image/png;base64,%s\"}},{\"type\":\"text\",\"text\":\"what?\"}]}]";
    Span span = only(read(chat("gen_ai.input.messages", messages.formatted(base64))));
    assertThat(span.content().blobs()).hasSize(1);
    assertThat(span.content().blobs().getFirst().json()).isEqualTo('"' + base64 + '"');
    assertThat(span.content().input().getFirst().json())
        .isEqualTo(
            "{\"parts\":[{\"bytes\":12288,\"mime_type\":\"image/png\",\"modality\":\"image\","
                + "\"ref\":\"sha256:"
                + span.content().blobs().getFirst().hash().hex()
                + "\",\"type\":\"blob\"},{\"content\":\"what?\",\"type\":\"text\"}],"
                + "\"role\":\"user\"}");
    Span small = only(read(chat("gen_ai.input.messages", messages.formatted("QUJD"))));
    assertThat(small.content().blobs()).isEmpty();
    assertThat(small.content().input().getFirst().json()).contains("\"content\":\"QUJD\"");
  }

  @Test
  void anAnswerHasTheSameHashWhenItIsSentBackAsInput() {
    Span asked =
        only(
            read(
                chat(
                    "gen_ai.output.messages",
                    "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"c\",\"name\":"
                        + "\"f\",\"arguments\":\"{\\\"b\\\":1,\\\"a\\\":2}\"}],\"finish_reason\":\"tool_call\"}]")));
    Span next =
        only(
            read(
                chat(
                    "gen_ai.input.messages",
                    "[{\"parts\":[{\"name\":\"f\",\"arguments\":{\"a\":2,\"b\":1},\"id\":\"c\",\"type\":"
                        + "\"tool_call\"}],\"role\":\"assistant\"}]")));
    assertThat(next.content().input()).isEqualTo(asked.content().output());
    assertThat(Objects.requireNonNull(asked.model()).finishReasons()).containsExactly("tool_call");
  }

  @Test
  void logRecordsBecomeLinesAndContentAndJudgements() {
    Facts facts =
        logs(
            "{\"eventName\":\"gen_ai.user.message\",\"timeUnixNano\":\"1000000000\","
                + IDS
                + ",\"body\":{\"kvlistValue\":{\"values\":[{\"key\":\"content\",\"value\":"
                + "{\"stringValue\":\"hi\"}}]}}}",
            "{\"attributes\":[{\"key\":\"event.name\",\"value\":{\"stringValue\":\"gen_ai.choice\"}}],"
                + IDS
                + ",\"body\":{\"kvlistValue\":{\"values\":[{\"key\":\"message\",\"value\":{\"kvlistValue\":"
                + "{\"values\":[{\"key\":\"content\",\"value\":{\"stringValue\":\"ho\"}}]}}}]}}}",
            "{\"eventName\":\"gen_ai.client.inference.operation.details\","
                + IDS
                + ",\"attributes\":[{\"key\":\"gen_ai.input.messages\",\"value\":{\"stringValue\":"
                + "\"[{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"yo\\\"}]\"}}]}",
            "{\"eventName\":\"gen_ai.evaluation.result\","
                + IDS
                + ",\"attributes\":[{\"key\":\"gen_ai.evaluation.name\",\"value\":{\"stringValue\":"
                + "\"outcome\"}},{\"key\":\"gen_ai.evaluation.score.label\",\"value\":"
                + "{\"stringValue\":\"failure\"}}]}",
            "{\"severityNumber\":17,\"body\":{\"stringValue\":\"plain\"}}");
    assertThat(facts.logs()).hasSize(5);
    LogLine line = facts.logs().getFirst();
    assertThat(line.bodyJson()).as("messages lie in content only").isEqualTo("null");
    assertThat(line.at()).isEqualTo(Instant.ofEpochSecond(1));
    assertThat(facts.logs().getLast().bodyJson()).isEqualTo("\"plain\"");
    assertThat(facts.logs().getLast().at()).isEqualTo(Fixtures.RECEIVED);
    assertThat(facts.contents()).hasSize(3);
    assertThat(facts.contents().stream().map(LateContent::span).distinct()).hasSize(1);
    assertThat(facts.contents().get(0).content().input().getFirst().json())
        .isEqualTo("{\"parts\":[{\"content\":\"hi\",\"type\":\"text\"}],\"role\":\"user\"}");
    assertThat(facts.contents().get(1).content().output().getFirst().json())
        .isEqualTo("{\"parts\":[{\"content\":\"ho\",\"type\":\"text\"}],\"role\":\"assistant\"}");
    assertThat(facts.contents().get(2).content().input().getFirst().json()).contains("yo");
    Evaluation evaluation = facts.evaluations().getFirst();
    assertThat(evaluation.label()).isEqualTo("failure");
    assertThat(evaluation.outcome()).isTrue();
    assertThat(evaluation.spanId()).isEqualTo("eee19b7ec3c1b174");
  }

  @Test
  void pointsOfOneSeriesHaveOneName() {
    byte[] json = HostileRequests.METRICS.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new Acceptance().accept(Signal.METRICS, OtlpEncoding.JSON, json).payload();
    Facts facts =
        Fixtures.READER.read(
            new JournalRecord(Signal.METRICS, 0, Fixtures.RECEIVED, Sender.UNKNOWN, payload));
    assertThat(facts.metrics()).hasSize(4);
    assertThat(facts.metrics().getFirst().series())
        .isEqualTo(
            "{\"attributes\":{\"a\":1},\"name\":\"m\",\"service\":\"unknown_service\",\"unit\":\"s\"}");
    assertThat(facts.metrics().getFirst().valueJson()).isEqualTo("1.5");
    assertThat(facts.metrics().get(1).valueJson())
        .isEqualTo("{\"bounds\":[0.5],\"buckets\":[1,2],\"count\":3,\"sum\":2.5}");
  }

  @Test
  void fiftyThousandSpansOfOneTraceAreRead() {
    ExportTraceServiceRequest.Builder request = request("m").toBuilder();
    io.opentelemetry.proto.trace.v1.Span one =
        request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
    for (int i = 1; i < 50_000; i++) {
      request.getResourceSpansBuilder(0).getScopeSpansBuilder(0).addSpans(one);
    }
    byte[] body = request.build().toByteArray();
    assertThat(new Acceptance().accept(Signal.TRACES, OtlpEncoding.PROTOBUF, body).spans())
        .isEqualTo(50_000);
    Facts facts =
        Fixtures.READER.read(
            new JournalRecord(Signal.TRACES, 50_000, Fixtures.RECEIVED, Sender.UNKNOWN, body));
    assertThat(facts.spans()).hasSize(50_000);
    assertThat(facts.spans().getLast().kind()).isEqualTo(SpanKind.MODEL);
  }

  private static ExportTraceServiceRequest request(String model) {
    return Fixtures.request(
        Fixtures.span("chat " + model)
            .addAttributes(attribute("gen_ai.operation.name", "chat"))
            .addAttributes(attribute("gen_ai.request.model", model))
            .build(),
        "test",
        List.of());
  }

  private static io.opentelemetry.proto.trace.v1.Span chat(String key, String messages) {
    return Fixtures.span("chat")
        .addAttributes(attribute("gen_ai.operation.name", "chat"))
        .addAttributes(attribute(key, messages))
        .build();
  }

  private static Facts read(io.opentelemetry.proto.trace.v1.Span span) {
    return Fixtures.READER.read(
        Fixtures.record(Fixtures.request(span, "test", List.of()), Sender.UNKNOWN));
  }

  private static Facts logs(String... records) {
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":["
            + String.join(",", records)
            + "]}]}]}";
    byte[] payload =
        new Acceptance()
            .accept(Signal.LOGS, OtlpEncoding.JSON, json.getBytes(StandardCharsets.UTF_8))
            .payload();
    return Fixtures.READER.read(
        new JournalRecord(Signal.LOGS, 0, Fixtures.RECEIVED, Sender.UNKNOWN, payload));
  }

  private static Span only(Facts facts) {
    assertThat(facts.unreadable()).isEmpty();
    assertThat(facts.spans()).hasSize(1);
    return facts.spans().getFirst();
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
