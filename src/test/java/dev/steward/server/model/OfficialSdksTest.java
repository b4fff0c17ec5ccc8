// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The official Java SDKs, which know nothing of a gateway but its address and a key.
class OfficialSdksTest {
  private static final String COMPLETION =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-5","choices":[{\
      "index":0,"logprobs":null,"message":{"role":"assistant","refusal":null,%s},\
      "finish_reason":"%s"}],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
      """;
  private static final String MESSAGE =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[%s],\
      "stop_reason":"%s","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}\
      """;
  private static final String CHUNK =
      "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-5\","
          + "%s}\n\n";
  private static final String CITY = "{\\\"city\\\":\\\"Oslo\\\"}";

  @TempDir Path folder;
  private GatewayServer gateway;
  private OpenAIClient openAi;
  private AnthropicClient anthropic;

  /// What a model is asked to fill in.
  public static final class Weather {
    public String city = "";
  }

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
    openAi = openAi(gateway.key());
    anthropic = anthropic(gateway.key());
  }

  @AfterEach
  void close() {
    openAi.close();
    anthropic.close();
    gateway.close();
  }

  private OpenAIClient openAi(String key) {
    return OpenAIOkHttpClient.builder()
        .apiKey(key)
        .baseUrl(gateway.server().uri("/v1").toString())
        .build();
  }

  private AnthropicClient anthropic(String key) {
    return AnthropicOkHttpClient.builder()
        .apiKey(key)
        .baseUrl(gateway.server().uri("").toString())
        .build();
  }

  @Test
  void openAiChatsAndCallsTools() {
    answer(COMPLETION.formatted("\"content\":\"Hello.\"", "stop"));
    ChatCompletion said = openAi.chat().completions().create(chat("main").build()).validate();
    assertThat(said.choices().getFirst().message().content()).contains("Hello.");

    answer(
        COMPLETION.formatted(
            "\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"Weather\",\"arguments\":\""
                + CITY
                + "\"}}]",
            "tool_calls"));
    ChatCompletion called =
        openAi.chat().completions().create(chat("main").addTool(Weather.class).build()).validate();
    assertThat(
            called
                .choices()
                .getFirst()
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst()
                .asFunction()
                .function()
                .arguments(Weather.class)
                .city)
        .isEqualTo("Oslo");
  }

  @Test
  void openAiReadsStructuredOutput() {
    answer(COMPLETION.formatted("\"content\":\"" + CITY + "\"", "stop"));
    StructuredChatCompletionCreateParams<Weather> params =
        chat("main").responseFormat(Weather.class).build();

    Weather read =
        openAi
            .chat()
            .completions()
            .create(params)
            .choices()
            .getFirst()
            .message()
            .content()
            .orElseThrow();

    assertThat(read.city).isEqualTo("Oslo");
    assertThat(gateway.provider().last().text()).contains("json_schema");
  }

  @Test
  void openAiStreamsWithoutTheUsageThatItDidNotAskFor() {
    stream(
        CHUNK.formatted(
            "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"finish_reason\":null}]"),
        CHUNK.formatted(
            "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo.\"},\"finish_reason\":\"stop\"}]"),
        CHUNK.formatted(
            "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}"),
        "data: [DONE]\n\n");
    ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
    try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
        openAi.chat().completions().createStreaming(chat("main").build())) {
      stream.stream().forEach(all::accumulate);
    }

    assertThat(all.chatCompletion().choices().getFirst().message().content()).contains("Hello.");
    assertThat(all.chatCompletion().usage()).isEmpty();
    assertThat(gateway.newestSpan(1).get("outputTokens").asLong()).isEqualTo(3);
  }

  @Test
  void openAiStreamsWithTheUsageThatItAskedFor() {
    stream(
        CHUNK.formatted(
            "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]"),
        CHUNK.formatted(
            "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}"),
        "data: [DONE]\n\n");
    ChatCompletionCreateParams params =
        chat("main")
            .streamOptions(
                com.openai.models.chat.completions.ChatCompletionStreamOptions.builder()
                    .includeUsage(true)
                    .build())
            .build();
    try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
        openAi.chat().completions().createStreaming(params)) {
      List<ChatCompletionChunk> chunks = stream.stream().toList();
      assertThat(chunks).hasSize(2);
      assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isEqualTo(3);
    }
  }

  @Test
  void anthropicChatsCallsToolsAndReadsStructuredOutput() {
    answer(MESSAGE.formatted("{\"type\":\"text\",\"text\":\"Hello.\"}", "end_turn"));
    Message said = anthropic.messages().create(messages("claude").build());
    assertThat(said.content().getFirst().asText().text()).isEqualTo("Hello.");

    answer(
        MESSAGE.formatted(
            "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"weather\",\"input\":{\"city\":\"Oslo\"}}",
            "tool_use"));
    Tool tool =
        Tool.builder().name("weather").inputSchema(Tool.InputSchema.builder().build()).build();
    Message called = anthropic.messages().create(messages("claude").addTool(tool).build());
    assertThat(called.content().getFirst().asToolUse().name()).isEqualTo("weather");

    answer(MESSAGE.formatted("{\"type\":\"text\",\"text\":\"" + CITY + "\"}", "end_turn"));
    Weather read =
        anthropic
            .messages()
            .create(messages("claude").outputConfig(Weather.class).build())
            .content()
            .getFirst()
            .asText()
            .text();
    assertThat(read.city).isEqualTo("Oslo");
  }

  @Test
  void anthropicStreams() {
    stream(
        "event: message_start\n"
            + "data:"
            + " {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n",
        "event: content_block_start\n"
            + "data:"
            + " {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
        "event: content_block_delta\n"
            + "data:"
            + " {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hello.\"}}\n\n",
        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
        "event: message_delta\n"
            + "data:"
            + " {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":3}}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    MessageAccumulator all = MessageAccumulator.create();
    try (com.anthropic.core.http.StreamResponse<RawMessageStreamEvent> stream =
        anthropic.messages().createStreaming(messages("claude").build())) {
      stream.stream().forEach(all::accumulate);
    }

    assertThat(all.message().content().getFirst().asText().text()).isEqualTo("Hello.");
    assertThat(gateway.newestSpan(1).get("outputTokens").asLong()).isEqualTo(3);
  }

  @Test
  void refusalsRaiseTheProperExceptionAndAreNotTriedAgain() {
    OpenAIClient stranger = openAi("sk-unknown");
    AnthropicClient other = anthropic("sk-unknown");
    assertThatThrownBy(() -> stranger.chat().completions().create(chat("main").build()))
        .isInstanceOf(com.openai.errors.UnauthorizedException.class);
    assertThatThrownBy(() -> other.messages().create(messages("claude").build()))
        .isInstanceOf(com.anthropic.errors.UnauthorizedException.class);
    stranger.close();
    other.close();
    assertThatThrownBy(() -> openAi.chat().completions().create(chat("gpt-4o").build()))
        .isInstanceOf(com.openai.errors.PermissionDeniedException.class);
    assertThatThrownBy(() -> anthropic.messages().create(messages("claude-opus").build()))
        .isInstanceOf(com.anthropic.errors.PermissionDeniedException.class);
    gateway
        .server()
        .ask("/api/v1/kills", "{\"selector\":{\"agent\":\"refunds\"},\"reason\":\"a test\"}");
    assertThatThrownBy(() -> openAi.chat().completions().create(chat("main").build()))
        .isInstanceOf(com.openai.errors.PermissionDeniedException.class)
        .hasMessageContaining("a test");
    assertThatThrownBy(() -> anthropic.messages().create(messages("claude").build()))
        .isInstanceOf(com.anthropic.errors.PermissionDeniedException.class);

    assertThat(gateway.provider().received()).isEmpty();
    gateway.newestRun(6);
  }

  @Test
  void triesAgainWhereItMayHelp() {
    gateway
        .provider()
        .next((request, out) -> {
          throw new EOFException();
        });
    gateway
        .provider()
        .next((request, out) -> {
          throw new EOFException();
        });
    answer(COMPLETION.formatted("\"content\":\"Hello.\"", "stop"));

    ChatCompletion said = openAi.chat().completions().create(chat("main").build());

    assertThat(said.choices()).hasSize(1);
    assertThat(gateway.provider().received()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void cancellingEndsTheProvidersWork() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    String chunk =
        CHUNK.formatted(
            "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]");
    gateway
        .provider()
        .always((request, out) -> {
          ScriptedProvider.head(out, 200, "text/event-stream", "Transfer-Encoding: chunked");
          try {
            while (left.getCount() > 0) {
              ScriptedProvider.chunk(out, chunk.getBytes(StandardCharsets.UTF_8));
            }
          } finally {
            left.countDown();
          }
        });

    try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
        openAi.chat().completions().createStreaming(chat("main").build())) {
      assertThat(stream.stream().findFirst()).isPresent();
    }

    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    gateway.newestRun(1);
  }

  private void answer(String body) {
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.whole(
                out, 200, "application/json", body.getBytes(StandardCharsets.UTF_8)));
  }

  private void stream(String... events) {
    List<byte[]> pieces =
        java.util.Arrays.stream(events).map(e -> e.getBytes(StandardCharsets.UTF_8)).toList();
    gateway
        .provider()
        .always((request, out) -> ScriptedProvider.chunked(out, 200, "text/event-stream", pieces));
  }

  private static ChatCompletionCreateParams.Builder chat(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hi");
  }

  private static MessageCreateParams.Builder messages(String model) {
    return MessageCreateParams.builder().model(model).maxTokens(10).addUserMessage("Hi");
  }
}
