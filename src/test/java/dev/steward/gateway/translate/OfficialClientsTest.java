// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The golden cases as the providers' own clients understand them: requests by the types of the
/// side that gets them, answers by a client of the side that asked. What the caller's client
/// understands is what the upstream's own client would have.
class OfficialClientsTest {
  @SuppressWarnings("NullAway.Init")
  private static OfficialClients clients;

  @BeforeAll
  static void start() {
    clients = new OfficialClients();
  }

  @AfterAll
  static void stop() {
    clients.close();
  }

  static List<Case> cases() {
    return Case.translated();
  }

  static Stream<Case> chat() {
    return cases().stream().filter(Case::fromChat);
  }

  static Stream<Case> messages() {
    return cases().stream().filter(c -> !c.fromChat());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void requestsAreOfTheTypesOfBothSides(Case given) throws Exception {
    byte[] asked = Case.bytes(given.json().path("request"));
    byte[] sent = given.translation().request();
    byte[] chat = given.fromChat() ? asked : sent;
    byte[] messages = given.fromChat() ? sent : asked;
    com.openai.core.ObjectMappers.jsonMapper()
        .readValue(chat, ChatCompletionCreateParams.Body.class)
        .validate();
    com.anthropic.core.ObjectMappers.jsonMapper()
        .readValue(messages, MessageCreateParams.Body.class)
        .validate();
  }

  @ParameterizedTest
  @MethodSource("chat")
  void openAisClientUnderstandsWhatAnthropicAnswered(Case given) throws Exception {
    for (JsonNode answer : given.json().path("answers")) {
      Answers.Whole whole = given.whole(answer);
      if (whole.status() < 400) {
        ChatCompletion got = clients.completion(whole.status(), whole.body()).validate();
        Message upstream = clients.message(200, Case.bytes(answer.path("body")));
        assertThat(Said.of(got)).isEqualTo(Said.of(upstream));
        assertThat(got.usage().orElseThrow().completionTokens())
            .isEqualTo(upstream.usage().outputTokens());
        assertThat(got.usage().orElseThrow().promptTokens())
            .isEqualTo(
                upstream.usage().inputTokens()
                    + upstream.usage().cacheReadInputTokens().orElse(0L)
                    + upstream.usage().cacheCreationInputTokens().orElse(0L));
      } else {
        assertThatThrownBy(() -> clients.completion(whole.status(), whole.body()))
            .isInstanceOfSatisfying(
                OpenAIServiceException.class,
                e -> assertThat(e.statusCode()).isEqualTo(whole.status()))
            .hasMessageContaining(reason(whole));
      }
    }
    for (JsonNode stream : given.json().path("streams")) {
      byte[] bytes = given.streamed(stream);
      if (text(bytes).contains("data: [DONE]")) {
        assertThat(Said.of(clients.completionStream(bytes)))
            .isEqualTo(Said.of(clients.messageStream(given.upstream(stream))));
        for (JsonNode event : Case.events(bytes)) {
          if (event.path("data").isObject()) {
            com.openai.core.ObjectMappers.jsonMapper()
                .readValue(Case.bytes(event.path("data")), ChatCompletionChunk.class)
                .validate();
          }
        }
      } else {
        assertThatThrownBy(() -> clients.completionStream(bytes))
            .isInstanceOf(com.openai.errors.SseException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void anthropicsClientUnderstandsWhatOpenAiAnswered(Case given) throws Exception {
    for (JsonNode answer : given.json().path("answers")) {
      Answers.Whole whole = given.whole(answer);
      if (whole.status() < 400) {
        Message got = clients.message(whole.status(), whole.body());
        ChatCompletion upstream = clients.completion(200, Case.bytes(answer.path("body")));
        assertThat(Said.of(got)).isEqualTo(Said.of(upstream));
        upstream
            .usage()
            .ifPresent(u -> assertThat(got.usage().outputTokens()).isEqualTo(u.completionTokens()));
      } else {
        assertThatThrownBy(() -> clients.message(whole.status(), whole.body()))
            .isInstanceOfSatisfying(
                AnthropicServiceException.class,
                e -> assertThat(e.statusCode()).isEqualTo(whole.status()))
            .hasMessageContaining(reason(whole));
      }
    }
    for (JsonNode stream : given.json().path("streams")) {
      byte[] bytes = given.streamed(stream);
      if (text(bytes).contains("event: message_stop")) {
        Message got = clients.messageStream(bytes);
        JsonNode counts = stream.path("want").path(stream.path("want").size() - 2).path("data");
        assertThat(got.usage().outputTokens())
            .isEqualTo(counts.path("usage").path("output_tokens").longValue());
        if (!stream.has("note")) {
          assertThat(Said.of(got))
              .isEqualTo(Said.of(clients.completionStream(given.upstream(stream))));
        }
        for (JsonNode event : Case.events(bytes)) {
          com.anthropic.core.ObjectMappers.jsonMapper()
              .readValue(Case.bytes(event.path("data")), RawMessageStreamEvent.class)
              .validate();
        }
      } else {
        assertThatThrownBy(() -> clients.messageStream(bytes))
            .isInstanceOf(com.anthropic.errors.SseException.class);
      }
    }
  }

  private static String reason(Answers.Whole whole) {
    return Fields.JSON.readTree(whole.body()).path("error").path("message").stringValue();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
