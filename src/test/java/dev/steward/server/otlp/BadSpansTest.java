// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Spans that are well-formed and make no sense: accepted, loaded, shown, and nothing breaks.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadSpansTest {
  private TestServer server;

  @BeforeAll
  void open(@TempDir Path folder) {
    server = TestServer.open(folder);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void aTraceOfFiftyThousandSpansIsOneRun() throws Exception {
    accepts(Otlp.spans(50_000, 50_000), 50_000);

    assertThat(run(50_000).get("spans")).hasSize(50_000);
  }

  @Test
  void parentsInACircleStillMakeARun() throws Exception {
    accepts(
        Otlp.request(
            List.of(
                Otlp.span(2, 1, 3, "a"),
                Otlp.span(2, 2, 1, "b"),
                Otlp.span(2, 3, 2, "c"),
                Otlp.span(2, 4, 4, "its own parent"))),
        4);

    assertThat(run(2).get("spans")).hasSize(4);
  }

  @Test
  void aSpanThatEndsBeforeItStartsIsKept() throws Exception {
    Span.Builder span = Otlp.span(3, 1, 0, "backwards");
    accepts(
        Otlp.request(List.of(span.setEndTimeUnixNano(span.getStartTimeUnixNano() - 5_000_000))), 1);

    assertThat(run(3).at("/spans/0/name").stringValue()).isEqualTo("backwards");
  }

  @Test
  void timesOf1970And2100AreKept() throws Exception {
    accepts(
        Otlp.request(
            List.of(
                Otlp.span(4, 1, 0, "old").setStartTimeUnixNano(1).setEndTimeUnixNano(2),
                Otlp.span(5, 1, 0, "far")
                    .setStartTimeUnixNano(4_102_444_800_000_000_000L)
                    .setEndTimeUnixNano(4_102_444_801_000_000_000L),
                Otlp.span(6, 1, 0, "none").clearStartTimeUnixNano().clearEndTimeUnixNano(),
                Otlp.span(7, 1, 0, "last").setStartTimeUnixNano(-1).setEndTimeUnixNano(-1))),
        4);

    assertThat(run(4).get("startedAt").stringValue()).startsWith("1970-01-01T00:00:00");
    assertThat(run(5).get("startedAt").stringValue()).startsWith("2100-01-01");
    assertThat(run(5).get("skewed").asBoolean()).isTrue();
    assertThat(run(6).get("spans")).hasSize(1);
    assertThat(run(7).get("spans")).hasSize(1);
  }

  @Test
  void anAttributeOfAMegabyteIsKeptWhole() throws Exception {
    String text = "x".repeat(1 << 20);
    accepts(
        Otlp.request(List.of(Otlp.span(8, 1, 0, "large").addAttributes(Otlp.text("big", text)))),
        1);

    JsonNode span = server.json("/api/v1/runs/" + Otlp.trace(8) + "/spans/" + Otlp.spanId(1));
    assertThat(span.at("/attributes/big").stringValue()).isEqualTo(text);
  }

  @Test
  void unknownConstantsAreKept() throws Exception {
    Span.Builder span = Otlp.span(9, 1, 0, "odd").setKindValue(77);
    span.getStatusBuilder().setCodeValue(9);
    accepts(Otlp.request(List.of(span)), 1);

    assertThat(run(9).get("spans")).hasSize(1);
  }

  @Test
  void aSpanIdTwiceInOneRequestIsOneSpanAndADuplicate() throws Exception {
    long before = server.json("/api/v1/ingest").get("duplicates").asLong();
    accepts(Otlp.request(List.of(Otlp.span(10, 1, 0, "same"), Otlp.span(10, 1, 0, "same"))), 2);

    assertThat(run(10).get("spans")).hasSize(1);
    assertThat(server.json("/api/v1/ingest").get("duplicates").asLong()).isEqualTo(before + 1);
  }

  private JsonNode run(long trace) {
    return server.json("/api/v1/runs/" + Otlp.trace(trace));
  }

  private void accepts(ExportTraceServiceRequest request, int spans) throws Exception {
    long before = server.json("/api/v1/ingest").get("accepted").asLong();
    HttpRequest post =
        HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(request.toByteArray()))
            .build();
    var response = server.client().send(post, BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    server.awaitLoaded(before + spans);
    assertThat(server.json("/api/v1/ingest").get("deadLetters").asLong()).isZero();
  }
}
