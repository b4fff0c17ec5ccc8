// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtlpHttpTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private TestServer server;

  @BeforeAll
  void open(@TempDir Path folder) {
    server = TestServer.open(folder, Map.of("otlp.request-limit", "1MiB"));
  }

  @AfterAll
  void close() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/traces", "/api/public/otel/v1/traces", "/otel/v1/traces"})
  void tracesAreAcceptedOnBothPortsAndAtEveryKnownPath(String path) throws Exception {
    byte[] body = Otlp.spans(path.hashCode() & 0xffffff, 2).toByteArray();

    for (URI uri : List.of(server.uri(path), server.otlpUri(path))) {
      HttpResponse<byte[]> response = post(uri, PROTOBUF, body);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
      assertThat(ExportTraceServiceResponse.parseFrom(response.body()).hasPartialSuccess())
          .isFalse();
    }
  }

  @Test
  void jsonIsAnsweredInJson() throws Exception {
    String body =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C",
        "spanId":"eee19b7ec3c1b174","parentSpanId":"","name":"chat","kind":3,
        "startTimeUnixNano":"1763700000000000000","endTimeUnixNano":1763700001500000000,"new":1}]}]}]}
        """;

    HttpResponse<byte[]> response = post("/v1/traces", JSON, body.getBytes(StandardCharsets.UTF_8));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response)).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/traces", "/v1/logs", "/v1/metrics"})
  void anEmptyRequestIsASuccess(String path) throws Exception {
    assertThat(post(path, PROTOBUF, new byte[0]).statusCode()).isEqualTo(200);
    assertThat(text(post(path, JSON, "{}".getBytes(StandardCharsets.UTF_8)))).isEqualTo("{}");
  }

  @Test
  void gzipIsAccepted() throws Exception {
    HttpResponse<byte[]> response =
        server
            .client()
            .send(
                to(server.otlpUri("/v1/traces"), PROTOBUF, gzip(Otlp.spans(77, 3).toByteArray()))
                    .header("Content-Encoding", "gzip")
                    .build(),
                BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void aSpanWithoutIdIsRefusedAloneAndSaidSo() throws Exception {
    Span.Builder good = Otlp.span(88, 1, 0, "good");
    Span.Builder bad = Otlp.span(88, 2, 1, "bad").setSpanId(ByteString.copyFrom(new byte[8]));
    byte[] body = Otlp.request(List.of(good, bad)).toByteArray();

    ExportTraceServiceResponse answer =
        ExportTraceServiceResponse.parseFrom(post("/v1/traces", PROTOBUF, body).body());

    assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
    assertThat(answer.getPartialSuccess().getErrorMessage()).contains("bad");
  }

  @Test
  void whatJsonRefusesOfARequestIsCountedAsText() throws Exception {
    String body =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00000000000000000000000000000000",
        "spanId":"eee19b7ec3c1b174","name":"x"}]}]}]}\
        """;

    JsonNode answer =
        JsonMapper.shared()
            .readTree(post("/v1/traces", JSON, body.getBytes(StandardCharsets.UTF_8)).body());

    assertThat(answer.at("/partialSuccess/rejectedSpans").stringValue()).isEqualTo("1");
  }

  @Test
  void cutProtobufIsMalformedAndSaidInProtobuf() throws Exception {
    byte[] whole = Otlp.spans(1, 5).toByteArray();

    HttpResponse<byte[]> response =
        post("/v1/traces", PROTOBUF, Arrays.copyOf(whole, whole.length - 7));

    assertThat(response.statusCode()).isEqualTo(400);
    Status status = Status.parseFrom(response.body());
    assertThat(status.getCode()).isEqualTo(3);
    assertThat(status.getMessage()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"resourceSpans\":[", "[]", "17", "not json", "{\"resourceSpans\":{}}"})
  void brokenJsonIsMalformedAndSaidInJson(String body) throws Exception {
    HttpResponse<byte[]> response = post("/v1/traces", JSON, body.getBytes(StandardCharsets.UTF_8));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(JsonMapper.shared().readTree(response.body()).get("code").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/octet-stream", "multipart/form-data"})
  void anotherContentTypeIsNotUnderstood(String type) throws Exception {
    assertThat(post("/v1/traces", type, new byte[] {1}).statusCode()).isEqualTo(415);
  }

  @Test
  void anOversizeBodyIsTooLarge() throws Exception {
    assertThat(post("/v1/traces", PROTOBUF, new byte[(1 << 20) + 1]).statusCode()).isEqualTo(413);
  }

  @Test
  void aGzipBombIsTooLargeAndTheServerGoesOn() throws Exception {
    HttpRequest bomb =
        to(server.otlpUri("/v1/traces"), PROTOBUF, gzip(new byte[64 << 20]))
            .header("Content-Encoding", "gzip")
            .build();

    HttpResponse<byte[]> response = server.client().send(bomb, BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(Status.parseFrom(response.body()).getCode()).isEqualTo(8);
    assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    assertThat(post("/v1/traces", PROTOBUF, Otlp.spans(99, 1).toByteArray()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void invalidUtf8IsAcceptedWithAWarning() throws Exception {
    ExportTraceServiceRequest request = Otlp.spans(111, 1);
    byte[] body = request.toByteArray();
    byte[] name = "step 1".getBytes(StandardCharsets.UTF_8);
    body[indexOf(body, name)] = (byte) 0xff;

    HttpResponse<byte[]> response = post("/v1/traces", PROTOBUF, body);

    assertThat(response.statusCode()).isEqualTo(200);
    ExportTraceServiceResponse answer = ExportTraceServiceResponse.parseFrom(response.body());
    assertThat(answer.getPartialSuccess().getRejectedSpans()).isZero();
    assertThat(answer.getPartialSuccess().getErrorMessage()).contains("UTF-8");
  }

  @Test
  void getIsNotAllowedAndTheAnswerSaysWhatIs() throws Exception {
    HttpResponse<String> response =
        server
            .client()
            .send(
                HttpRequest.newBuilder(server.otlpUri("/v1/traces")).GET().build(),
                BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
  }

  private HttpResponse<byte[]> post(String path, String type, byte[] body) throws Exception {
    return post(server.otlpUri(path), type, body);
  }

  private HttpResponse<byte[]> post(URI uri, String type, byte[] body) throws Exception {
    return server.client().send(to(uri, type, body).build(), BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder to(URI uri, String type, byte[] body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", type)
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i <= bytes.length - part.length; i++) {
      if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not in there");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }
}
