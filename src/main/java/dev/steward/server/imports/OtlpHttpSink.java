// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.imports;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/// Sends requests to an OTLP/HTTP endpoint as gzipped protobuf, and again when it is told to slow
/// down, for as long as the server asks.
public final class OtlpHttpSink implements ImportSink, AutoCloseable {
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);
  private static final int TRIES_MAX = 12;
  private static final Duration WAIT_FIRST = Duration.ofMillis(250);
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final URI endpoint;
  private final Map<String, String> headers;
  private final InstantSource clock;
  private final Pause pause;
  private final HttpClient client;

  /// @param endpoint such as `http://localhost:7070`, without the path
  /// @param headers sent with every request, such as an agent key
  public OtlpHttpSink(URI endpoint, Map<String, String> headers, InstantSource clock, Pause pause) {
    this.endpoint = URI.create(endpoint.toString().replaceAll("/+$", "") + "/v1/traces");
    this.headers = Map.copyOf(headers);
    this.clock = clock;
    this.pause = pause;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  @Override
  public Receipt send(ExportTraceServiceRequest request) throws IOException, InterruptedException {
    HttpRequest post = post(request);
    Duration wait = WAIT_FIRST;
    for (int tries = 1; ; tries++) {
      HttpResponse<byte[]> response = answer(post);
      if (response.statusCode() / 100 == 2) {
        return receipt(response.body());
      }
      if (!RETRYABLE.contains(response.statusCode())) {
        throw refused(response);
      }
      if (tries == TRIES_MAX) {
        throw new ApiException(
            ErrorCode.SLOW_DOWN,
            endpoint
                + " asked to slow down "
                + TRIES_MAX
                + " times ("
                + response.statusCode()
                + " "
                + message(response)
                + "). Wait until its backlog is drained, and import again.");
      }
      pause.pause(waitFor(response.headers().firstValue("Retry-After").orElse(""), wait));
      wait = wait.multipliedBy(2).compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait.multipliedBy(2);
    }
  }

  private HttpRequest post(ExportTraceServiceRequest request) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
      request.writeTo(gzip);
    }
    HttpRequest.Builder post =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    headers.forEach(post::header);
    return post.build();
  }

  private HttpResponse<byte[]> answer(HttpRequest post) throws IOException, InterruptedException {
    try {
      return client.send(post, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IOException(
          endpoint
              + " cannot be reached: "
              + e.getClass().getSimpleName()
              + (e.getMessage() == null ? "" : " " + e.getMessage())
              + ". Is the server up, and is this its address?",
          e);
    }
  }

  /// The server's own word if it gave one, but never longer than we are ready to wait.
  private Duration waitFor(String retryAfter, Duration otherwise) {
    Duration asked = otherwise;
    if (retryAfter.matches("\\d{1,6}")) {
      asked = Duration.ofSeconds(Long.parseLong(retryAfter));
    } else if (!retryAfter.isEmpty()) {
      asked = until(retryAfter, otherwise);
    }
    return asked.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : asked;
  }

  private Duration until(String date, Duration otherwise) {
    try {
      Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), then);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  private static Receipt receipt(byte[] body) {
    try {
      var partial = ExportTraceServiceResponse.parseFrom(body).getPartialSuccess();
      return new Receipt(partial.getRejectedSpans(), partial.getErrorMessage());
    } catch (InvalidProtocolBufferException e) {
      return Receipt.WHOLE;
    }
  }

  private ApiException refused(HttpResponse<byte[]> response) {
    ErrorCode code =
        switch (response.statusCode()) {
          case 401 -> ErrorCode.UNAUTHENTICATED;
          case 403 -> ErrorCode.FORBIDDEN;
          case 404 -> ErrorCode.NOT_FOUND;
          case 413 -> ErrorCode.TOO_LARGE;
          case 415 -> ErrorCode.UNSUPPORTED_TYPE;
          default -> response.statusCode() < 500 ? ErrorCode.INVALID : ErrorCode.INTERNAL;
        };
    return new ApiException(
        code,
        endpoint
            + " refused the request: "
            + response.statusCode()
            + " "
            + message(response)
            + ".");
  }

  private static String message(HttpResponse<byte[]> response) {
    try {
      String message = Status.parseFrom(response.body()).getMessage();
      if (!message.isEmpty()) {
        return message;
      }
    } catch (InvalidProtocolBufferException e) {
      // Anything between us and the server may answer in its own form.
    }
    String text = new String(response.body(), StandardCharsets.UTF_8);
    return text.length() <= 300 ? text : text.substring(0, 300);
  }

  @Override
  public void close() {
    client.close();
  }
}
