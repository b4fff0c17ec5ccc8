// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.errors.AnthropicInvalidDataException;
import com.anthropic.errors.AnthropicServiceException;
import com.openai.errors.InternalServerException;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Faults of a provider that are made here, since no recording holds them: what the official SDKs
/// raise, that the one span says what was wrong, and that the activity ledger binds that span.
class FaultsTest {
  private static final byte[] ERROR =
      utf8("{\"type\":\"error\",\"error\":{\"type\":\"made\",\"message\":\"made here\"}}");
  private static final int BODY_BYTES = 100 << 20;
  private static final Class<?> ANTHROPIC_SERVER_ERROR =
      com.anthropic.errors.InternalServerException.class;

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static FaultyServer server;

  @BeforeAll
  static void open() {
    server = new FaultyServer(folder, Map.of("gateway.request-limit", "1MiB"));
  }

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void passesARateLimitOnWithItsWait() {
    server.begin((request, out) ->
        ScriptedProvider.whole(out, 429, "application/json", ERROR, "retry-after: 7"));

    fails(RateLimitException.class, com.anthropic.errors.RateLimitException.class, "made here");

    assertThatThrownBy(() -> server.openAi(server.model("openai"), server.trace()))
        .isInstanceOfSatisfying(
            OpenAIServiceException.class,
            e -> assertThat(e.headers().values("retry-after")).containsExactly("7"));
    assertThatThrownBy(() -> server.anthropic(server.model("anthropic"), server.trace()))
        .isInstanceOfSatisfying(
            AnthropicServiceException.class,
            e -> assertThat(e.headers().values("retry-after")).containsExactly("7"));
  }

  @Test
  void passesAnErrorOfTheServerOn() {
    server.begin((request, out) -> ScriptedProvider.whole(out, 500, "application/json", ERROR));

    fails(InternalServerException.class, ANTHROPIC_SERVER_ERROR, "made here");
  }

  @Test
  void passesAnOverloadOn() {
    server.begin((request, out) -> ScriptedProvider.whole(out, 529, "application/json", ERROR));

    fails(InternalServerException.class, ANTHROPIC_SERVER_ERROR, "made here");
  }

  @Test
  void saysThatAProviderCannotBeReached() {
    String first = server.trace();
    String second = server.trace();

    assertThatThrownBy(() -> server.openAi("nowhere", first))
        .isInstanceOf(InternalServerException.class)
        .hasMessageContaining("cannot be reached");
    assertThatThrownBy(() -> server.anthropic("nobody", second))
        .isInstanceOf(ANTHROPIC_SERVER_ERROR)
        .hasMessageContaining("cannot be reached");

    failed(first, "cannot be reached");
    failed(second, "cannot be reached");
  }

  @Test
  void saysThatAConnectionWasReset() {
    server.begin((request, out) -> {
      throw new ScriptedProvider.Reset();
    });

    fails(InternalServerException.class, ANTHROPIC_SERVER_ERROR, "broke the connection");
  }

  @Test
  void doesNotWaitForeverForTheFirstByte() {
    CountDownLatch never = new CountDownLatch(1);
    server.begin((request, out) -> never.await());

    fails(InternalServerException.class, ANTHROPIC_SERVER_ERROR, "did not begin to answer");

    never.countDown();
  }

  @Test
  void doesNotWaitForeverForTheRestOfABody() {
    CountDownLatch never = new CountDownLatch(1);
    server.begin((request, out) -> {
      ScriptedProvider.head(out, 200, "application/json", "Content-Length: 100");
      out.write(utf8("{\"id\":"));
      out.flush();
      never.await();
    });

    fails(InternalServerException.class, ANTHROPIC_SERVER_ERROR, "broke off its answer");

    never.countDown();
  }

  @Test
  void passesATruncatedBodyOnAsItIs() {
    server.begin((request, out) ->
        ScriptedProvider.whole(out, 200, "application/json", utf8("{\"id\":\"chatcmpl-1\",")));

    cannotBeRead();
  }

  @Test
  void passesWhatIsNoJsonOnAsItIs() {
    server.begin((request, out) ->
        ScriptedProvider.whole(out, 200, "application/json", utf8("<html>oops</html>")));

    cannotBeRead();
  }

  /// No client reads a text of that size, and the gateway must not keep it.
  @Test
  void passesABodyOfAHundredMegabytesOn() {
    byte[] piece = utf8("a".repeat(1 << 16));
    server.begin((request, out) -> {
      byte[] begin = utf8("{\"id\":\"");
      byte[] end = utf8("\"}");
      int size = begin.length + BODY_BYTES + end.length;
      ScriptedProvider.head(out, 200, "application/json", "Content-Length: " + size);
      out.write(begin);
      for (int sent = 0; sent < BODY_BYTES; sent += piece.length) {
        out.write(piece);
      }
      out.write(end);
      out.flush();
    });

    cannotBeRead();
  }

  @Test
  void refusesARequestThatIsTooLarge() {
    String first = server.trace();
    String second = server.trace();
    String large = "x".repeat(2 << 20);

    assertThatThrownBy(() -> server.openAi(server.model("openai"), first, large))
        .isInstanceOfSatisfying(
            OpenAIServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(413));
    assertThatThrownBy(() -> server.anthropic(server.model("anthropic"), second, large))
        .isInstanceOfSatisfying(
            AnthropicServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(413));
  }

  @Test
  void saysThatABodyIsShorterThanItsLength() {
    server.begin((request, out) -> {
      ScriptedProvider.head(out, 200, "application/json", "Content-Length: 100");
      out.write(utf8("{\"id\":\"chatcmpl-1\"}"));
      out.flush();
      throw new java.io.EOFException();
    });

    fails(InternalServerException.class, ANTHROPIC_SERVER_ERROR, "broke off its answer");
  }

  @Test
  void saysThatAProviderClosedAfterItsHeaders() {
    server.begin((request, out) -> {
      ScriptedProvider.head(out, 200, "application/json", "Transfer-Encoding: chunked");
      throw new java.io.EOFException();
    });

    fails(InternalServerException.class, ANTHROPIC_SERVER_ERROR, "broke off its answer");
  }

  @Test
  void refusesARequestThatIsNoJson() {
    for (String path : new String[] {"/v1/chat/completions", "/v1/messages"}) {
      String trace = server.trace();
      var response =
          server
              .gateway()
              .postAs(
                  server.key(),
                  path,
                  "{\"model\":",
                  "traceparent",
                  FaultyServer.traceparent(trace));

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.headers().firstValue("x-should-retry")).contains("false");
      assertThat(new String(GatewayServer.bytes(response), StandardCharsets.UTF_8))
          .contains("invalid_request_error")
          .contains("cannot be read");
    }
  }

  /// Both SDKs say that the answer is none; the span says that the provider answered, and that
  /// nobody knows what it cost.
  private static void cannotBeRead() {
    String first = server.trace();
    String second = server.trace();
    raises(OpenAIInvalidDataException.class, () -> server.openAi(server.model("openai"), first));
    raises(
        AnthropicInvalidDataException.class,
        () -> server.anthropic(server.model("anthropic"), second));
    for (String trace : new String[] {first, second}) {
      JsonNode span = server.span(trace);
      assertThat(span.get("decision").asString()).isEqualTo("allow");
      assertThat(span.path("inputTokens").isNull()).isTrue();
      assertThat(span.at("/cost/known").asBoolean()).isFalse();
    }
  }

  /// Both SDKs raise their exception, and the span of each call holds the reason.
  private static void fails(Class<?> openAi, Class<?> anthropic, String reason) {
    String first = server.trace();
    String second = server.trace();
    raises(openAi, () -> server.openAi(server.model("openai"), first));
    raises(anthropic, () -> server.anthropic(server.model("anthropic"), second));
    failed(first, reason);
    failed(second, reason);
  }

  private static void raises(Class<?> type, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(type);
  }

  private static void failed(String trace, String reason) {
    JsonNode span = server.span(trace);
    assertThat(span.get("status").asString()).isEqualTo("error");
    assertThat(span.get("error").asString()).contains(reason);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
