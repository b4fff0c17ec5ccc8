// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.gateway.framing.EventFrame;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Streams that break off: the client gets the error event of its own dialect, never a silent end.
class BrokenStreamsTest {
  private static final byte[] CHAT =
      utf8("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n");
  private static final byte[] MESSAGES = utf8("event: ping\ndata: {\"type\":\"ping\"}\n\n");
  private static final byte[] HALF = utf8("data: {\"choi");

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static FaultyServer server;

  @BeforeAll
  static void open() {
    server = new FaultyServer(folder, Map.of("gateway.comment-after", "200ms"));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  /// How a stream breaks off.
  enum Break {
    NO_LAST_CHUNK("Transfer-Encoding: chunked"),
    WITHIN_A_CHUNK("Transfer-Encoding: chunked"),
    RESET("Transfer-Encoding: chunked"),
    SHORTER_THAN_ITS_LENGTH("Content-Length: 5000"),
    CLOSED_WITHOUT_LENGTH("Connection: close"),
    STALL("Transfer-Encoding: chunked");

    private final String framing;

    Break(String framing) {
      this.framing = framing;
    }

    private void play(OutputStream out, String type, byte[] part, byte[] half)
        throws IOException, InterruptedException {
      ScriptedProvider.head(out, 200, type, framing);
      if (framing.endsWith("chunked")) {
        ScriptedProvider.chunk(out, part);
        ScriptedProvider.chunk(out, half);
      } else {
        out.write(part);
        out.write(half);
        out.flush();
      }
      switch (this) {
        case NO_LAST_CHUNK, SHORTER_THAN_ITS_LENGTH, CLOSED_WITHOUT_LENGTH ->
            throw new EOFException();
        case WITHIN_A_CHUNK -> {
          out.write(utf8("ff\r\nabc"));
          out.flush();
          throw new EOFException();
        }
        case RESET -> throw new ScriptedProvider.Reset();
        case STALL -> new CountDownLatch(1).await(30, TimeUnit.SECONDS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOpenAiClientGetsAnException(Break broken) {
    server.begin((request, out) -> broken.play(out, "text/event-stream", CHAT, HALF));
    String trace = server.trace();

    assertThatThrownBy(() -> server.openAiStream(server.model("openai"), trace))
        .isInstanceOf(com.openai.errors.SseException.class)
        .hasMessageContaining("broke off");

    assertThat(server.span(trace).get("status").asString()).isEqualTo("error");
  }

  @ParameterizedTest
  @EnumSource
  void anAnthropicClientGetsAnException(Break broken) {
    server.begin((request, out) -> broken.play(out, "text/event-stream", MESSAGES, HALF));
    String trace = server.trace();

    assertThatThrownBy(() -> server.anthropicStream(server.model("anthropic"), trace))
        .isInstanceOf(com.anthropic.errors.SseException.class)
        .hasMessageContaining("broke off");

    assertThat(server.span(trace).get("status").asString()).isEqualTo("error");
  }

  @ParameterizedTest
  @EnumSource
  void aResponsesStreamEndsWithAnErrorEvent(Break broken) {
    server.begin((request, out) -> broken.play(out, "text/event-stream", MESSAGES, HALF));

    String trace = server.trace();

    assertThat(rest("/v1/responses", ask("openai"), trace))
        .startsWith(new String(MESSAGES, StandardCharsets.UTF_8))
        .contains("\n\nevent: error\n")
        .contains("\"type\":\"error\"")
        .contains("broke off");
    assertThat(server.span(trace).get("status").asString()).isEqualTo("error");
  }

  @ParameterizedTest
  @EnumSource
  void aGeminiStreamEndsWithAnErrorPiece(Break broken) {
    server.begin((request, out) -> broken.play(out, "text/event-stream", MESSAGES, HALF));

    String trace = server.trace();
    assertThat(
            rest(
                "/v1beta/models/" + server.model("gemini") + ":streamGenerateContent?alt=sse",
                "{\"contents\":[]}",
                trace))
        .contains("data: {\"error\":{\"code\":50")
        .contains("broke off");
    assertThat(server.span(trace).get("status").asString()).isEqualTo("error");
  }

  @ParameterizedTest
  @EnumSource
  void aBedrockStreamEndsWithAnExceptionFrame(Break broken) {
    byte[] frame =
        EventFrame.write(Map.of(":event-type", "messageStart"), utf8("{\"role\":\"assistant\"}"));
    byte[] half = Arrays.copyOf(frame, frame.length / 2);
    server.begin(
        (request, out) -> broken.play(out, "application/vnd.amazon.eventstream", frame, half));

    String trace = server.trace();

    List<EventFrame> frames =
        EventFrame.read(
            GatewayServer.bytes(
                server
                    .gateway()
                    .postAs(
                        server.key(),
                        "/model/" + server.model("bedrock") + "/converse-stream",
                        "{\"messages\":[]}",
                        "traceparent",
                        FaultyServer.traceparent(trace))));

    assertThat(frames).hasSize(2);
    assertThat(frames.getLast().headers()).containsEntry(":message-type", "exception");
    assertThat(new String(frames.getLast().payload(), StandardCharsets.UTF_8))
        .contains("broke off");
    assertThat(server.span(trace).get("status").asString()).isEqualTo("error");
  }

  @Test
  void anIdleStreamWhoseClientLeftIsCancelled() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    server.begin((request, out) -> {
      ScriptedProvider.head(out, 200, "text/event-stream", "Transfer-Encoding: chunked");
      ScriptedProvider.chunk(out, CHAT);
      // Nothing more is sent: only a comment finds out that nobody reads.
      try {
        assertThat(request.rest().read()).isNegative();
      } finally {
        left.countDown();
      }
    });

    HttpResponse<InputStream> stream =
        server
            .gateway()
            .post("/v1/chat/completions", "{\"model\":\"main\",\"stream\":true,\"messages\":[]}");
    assertThat(stream.body().readNBytes(CHAT.length)).isEqualTo(CHAT);
    stream.body().close();

    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /// A framing without comments: the next frame finds out.
  @Test
  void aStreamOfFramesWhoseClientLeftIsCancelledAtTheNextOne() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    byte[] frame =
        EventFrame.write(Map.of(":event-type", "messageStart"), utf8("{\"role\":\"assistant\"}"));
    server.begin((request, out) -> {
      ScriptedProvider.head(
          out, 200, "application/vnd.amazon.eventstream", "Transfer-Encoding: chunked");
      ScriptedProvider.chunk(out, frame);
      try {
        gone.await();
        while (true) {
          ScriptedProvider.chunk(out, frame);
        }
      } finally {
        left.countDown();
      }
    });
    String trace = server.trace();
    HttpResponse<InputStream> stream =
        server
            .gateway()
            .postAs(
                server.key(),
                "/model/" + server.model("bedrock") + "/converse-stream",
                "{\"messages\":[]}",
                "traceparent",
                FaultyServer.traceparent(trace));
    assertThat(stream.body().readNBytes(frame.length)).isEqualTo(frame);
    stream.body().close();
    gone.countDown();

    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(server.span(trace).get("status").asString()).isEqualTo("error");
  }

  /// Of HTTP/2 one stream is left and its connection stays, so that no socket tells it.
  @Test
  void anIdleStreamOfHttp2WhoseClientLeftIsCancelled() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    server.begin((request, out) -> {
      ScriptedProvider.head(out, 200, "text/event-stream", "Transfer-Encoding: chunked");
      ScriptedProvider.chunk(out, CHAT);
      try {
        assertThat(request.rest().read()).isNegative();
      } finally {
        left.countDown();
      }
    });
    URI health = server.gateway().server().uri("/healthz");
    URI chat = server.gateway().server().uri("/v1/chat/completions");
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpRequest first = HttpRequest.newBuilder(health).build();
      assertThat(client.send(first, BodyHandlers.discarding()).version())
          .isEqualTo(HttpClient.Version.HTTP_2);
      String trace = server.trace();
      HttpResponse<InputStream> stream =
          client.send(
              HttpRequest.newBuilder(chat)
                  .header("Content-Type", "application/json")
                  .header("Authorization", "Bearer " + server.key())
                  .header("traceparent", FaultyServer.traceparent(trace))
                  .POST(BodyPublishers.ofString(ask("openai")))
                  .build(),
              BodyHandlers.ofInputStream());
      assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(stream.body().readNBytes(CHAT.length)).isEqualTo(CHAT);
      stream.body().close();

      assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.span(trace).get("status").asString()).isEqualTo("error");
      assertThat(client.send(first, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  private static String rest(String path, String body, String trace) {
    return new String(
        GatewayServer.bytes(
            server
                .gateway()
                .postAs(server.key(), path, body, "traceparent", FaultyServer.traceparent(trace))),
        StandardCharsets.UTF_8);
  }

  private static String ask(String dialect) {
    return "{\"model\":\"%s\",\"stream\":true,\"messages\":[]}".formatted(server.model(dialect));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
