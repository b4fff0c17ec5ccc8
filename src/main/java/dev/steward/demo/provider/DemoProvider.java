// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo.provider;

import dev.steward.demo.provider.Voice.Speech;
import dev.steward.demo.talk.Line;
import dev.steward.demo.talk.Pause;
import dev.steward.demo.talk.Prompter;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A model provider on this machine that stands where a real one cannot be had: OpenAI's chat
/// completions and Anthropic's messages, whole and streaming, with usage, a model's pace and now
/// and then a failure.
public final class DemoProvider implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HeaderName CUE = HeaderNames.create(Prompter.HEADER);
  private static final HeaderName API_KEY = HeaderNames.create("x-api-key");
  private static final HeaderName RETRY_AFTER = HeaderNames.create("retry-after");
  private static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");
  private static final int PIECE_CHARACTERS = 4;

  private final Prompter prompter;
  private final String key;
  private final Pause pause;
  private final WebServer server;
  private final AtomicLong answers = new AtomicLong();

  private DemoProvider(Prompter prompter, String key, Pause pause) {
    this.prompter = prompter;
    this.key = key;
    this.pause = pause;
    this.server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .connectionOptions(o -> o.tcpNoDelay(true))
            .contentEncoding(e -> e.contentEncodingsDiscoverServices(false))
            .shutdownGracePeriod(Duration.ZERO)
            .shutdownHook(false)
            .routing(routing ->
                routing
                    .post(
                        "/v1/chat/completions",
                        (request, response) -> answer(new ChatVoice(), request, response))
                    .post(
                        "/v1/messages",
                        (request, response) -> answer(new MessagesVoice(), request, response)))
            .build();
  }

  /// Opens it on a free port.
  ///
  /// @param key that calls must carry
  public static DemoProvider open(Prompter prompter, String key, Pause pause) {
    DemoProvider provider = new DemoProvider(prompter, key, pause);
    provider.server.start();
    return provider;
  }

  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private void answer(Voice voice, ServerRequest request, ServerResponse response) {
    JsonNode asked = JSON.readTree(request.content().as(byte[].class));
    response.header(REQUEST_ID, "req_" + answers.incrementAndGet());
    if (!carriesKey(request)) {
      fail(voice, 401, "This key is not known here.", response);
      return;
    }
    Prompter.@Nullable Cue cue = prompter.cue(request.headers().first(CUE).orElse(""));
    if (cue == null) {
      fail(voice, 400, "Nobody whispers what to say: this provider only plays the demo.", response);
      return;
    }
    int trouble = cue.trouble();
    if (trouble != 0) {
      fail(voice, trouble, trouble == 429 ? "Too many requests." : "Overloaded.", response);
      return;
    }
    Speech speech =
        new Speech(
            cue.id(),
            asked.path("model").asString(""),
            cue.line(),
            Math.max(1, asked.toString().length() / 4),
            asked.path("stream_options").path("include_usage").asBoolean(false));
    try {
      if (asked.path("stream").asBoolean(false)) {
        stream(voice, speech, response);
      } else {
        pause.of(speech.line().first().plus(speech.line().rest()));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(voice.whole(speech).toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      if (!response.isSent()) {
        fail(voice, 503, "This provider is closing.", response);
      }
    }
  }

  private boolean carriesKey(ServerRequest request) {
    return request.headers().first(API_KEY).orElse("").equals(key)
        || request.headers().first(HeaderNames.AUTHORIZATION).orElse("").equals("Bearer " + key);
  }

  private static void fail(Voice voice, int status, String message, ServerResponse response) {
    if (status == 429) {
      response.header(RETRY_AFTER, "1");
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.status(Status.create(status)).send(voice.error(status, message).toString());
  }

  private void stream(Voice voice, Speech speech, ServerResponse response)
      throws IOException, InterruptedException {
    Line line = speech.line();
    response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
    pause.of(line.first());
    String words = line.words();
    int pieces = Math.max(1, (words.length() + PIECE_CHARACTERS - 1) / PIECE_CHARACTERS);
    Duration each = line.rest().dividedBy(pieces);
    try (OutputStream out = response.outputStream()) {
      for (Voice.Event event : voice.opening(speech)) {
        write(event, out);
      }
      for (int at = 0; at < words.length(); at += PIECE_CHARACTERS) {
        pause.of(each);
        int end = Math.min(words.length(), at + PIECE_CHARACTERS);
        write(voice.piece(speech, words.substring(at, end)), out);
      }
      for (Voice.Event event : voice.ending(speech)) {
        write(event, out);
      }
    }
  }

  private static void write(Voice.Event event, OutputStream out) throws IOException {
    out.write(event.text().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    server.stop();
  }
}
