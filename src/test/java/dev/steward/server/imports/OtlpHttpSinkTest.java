// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Status;
import com.sun.net.httpserver.HttpServer;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OtlpHttpSinkTest {
  private static final ExportTraceServiceRequest REQUEST =
      ExportTraceServiceRequest.newBuilder()
          .addResourceSpans(ResourceSpans.newBuilder().setSchemaUrl("x"))
          .build();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));

  private final List<ExportTraceServiceRequest> received =
      Collections.synchronizedList(new ArrayList<>());
  private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Duration> pauses = new ArrayList<>();
  private HttpServer server;

  private record Answer(int status, String retryAfter, byte[] body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          keys.add(exchange.getRequestHeaders().getFirst("x-api-key"));
          try (InputStream in = new GZIPInputStream(exchange.getRequestBody())) {
            received.add(ExportTraceServiceRequest.parseFrom(in));
          }
          Answer answer = answers.isEmpty() ? new Answer(200, "", new byte[0]) : answers.poll();
          if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
          }
          exchange.sendResponseHeaders(
              answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
          exchange.getResponseBody().write(answer.body());
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsGzippedProtobufWithItsHeaders() throws Exception {
    assertThat(send()).isEqualTo(ImportSink.Receipt.WHOLE);
    assertThat(received).containsExactly(REQUEST);
    assertThat(keys).containsExactly("k");
  }

  @Test
  void saysWhatWasRejected() throws Exception {
    answers.add(
        new Answer(
            200,
            "",
            ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(
                    ExportTracePartialSuccess.newBuilder()
                        .setRejectedSpans(3)
                        .setErrorMessage("zero ids"))
                .build()
                .toByteArray()));
    assertThat(send()).isEqualTo(new ImportSink.Receipt(3, "zero ids"));
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    answers.add(new Answer(429, "7", new byte[0]));
    answers.add(new Answer(503, "Sat, 21 Nov 2026 10:00:30 GMT", new byte[0]));
    answers.add(new Answer(503, "", new byte[0]));
    answers.add(new Answer(429, "100000", new byte[0]));
    assertThat(send()).isEqualTo(ImportSink.Receipt.WHOLE);
    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(7),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));
    assertThat(received).hasSize(5);
  }

  @Test
  void givesUpWhenItIsAlwaysToldToSlowDown() {
    for (int i = 0; i < 12; i++) {
      answers.add(new Answer(503, "1", new byte[0]));
    }
    assertThatThrownBy(this::send)
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SLOW_DOWN));
    assertThat(pauses).hasSize(11);
  }

  @Test
  void doesNotRepeatWhatIsRefusedForGood() {
    answers.add(
        new Answer(400, "", Status.newBuilder().setMessage("bad id").build().toByteArray()));
    assertThatThrownBy(this::send)
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
        .hasMessageContaining("400 bad id");
    assertThat(received).hasSize(1);
    answers.add(new Answer(401, "", new byte[0]));
    assertThatThrownBy(this::send)
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
  }

  @Test
  void saysWhenNobodyIsThere() {
    server.stop(0);
    assertThatThrownBy(this::send)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/v1/traces cannot be reached")
        .hasMessageContaining("Is the server up");
  }

  private ImportSink.Receipt send() throws IOException, InterruptedException {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    try (OtlpHttpSink sink =
        new OtlpHttpSink(endpoint, Map.of("x-api-key", "k"), CLOCK, pauses::add)) {
      return sink.send(REQUEST);
    }
  }
}
