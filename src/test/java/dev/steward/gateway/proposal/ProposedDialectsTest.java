// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Official clients read answers from which calls were taken out, and answers of every dialect are
/// judged on their way.
class ProposedDialectsTest {
  private static final String CHUNK =
      "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-5\","
          + "\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n";

  @TempDir Path folder;
  private ProposalServer server;
  private OpenAIClient openAi;
  private AnthropicClient anthropic;

  @BeforeEach
  void open() {
    server = new ProposalServer(folder);
    server.policy(ProposalServer.POLICY);
    openAi =
        OpenAIOkHttpClient.builder()
            .apiKey(server.gateway.key())
            .baseUrl(server.gateway.server().uri("/v1").toString())
            .build();
    anthropic =
        AnthropicOkHttpClient.builder()
            .apiKey(server.gateway.key())
            .baseUrl(server.gateway.server().uri("").toString())
            .build();
  }

  @AfterEach
  void close() {
    openAi.close();
    anthropic.close();
    server.close();
  }

  private static String delta(int index, String id, String name, String arguments) {
    return CHUNK.formatted(
        "{\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}]}"
            .formatted(index, id, name, arguments),
        "null");
  }

  private ChatCompletion chat() {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder().model("main").addUserMessage("Hi").build();
    ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
    try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
        openAi.chat().completions().createStreaming(params)) {
      stream.stream().forEach(all::accumulate);
    }
    return all.chatCompletion().validate();
  }

  @Test
  void openAiReadsAStreamThatLacksOneOfTwoCalls() {
    server.answers(
        "text/event-stream",
        delta(0, "call_1", "wipe", "{}"),
        delta(1, "call_2", "note", ""),
        CHUNK.formatted(
            "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}]}",
            "null"),
        CHUNK.formatted("{}", "\"tool_calls\""),
        "data: [DONE]\n\n");

    ChatCompletion said = chat();

    assertThat(said.choices().getFirst().message().toolCalls().orElseThrow()).hasSize(1);
    assertThat(
            said.choices()
                .getFirst()
                .message()
                .toolCalls()
                .orElseThrow()
                .getFirst()
                .asFunction()
                .function()
                .arguments())
        .isEqualTo("{\"a\":1}");
    assertThat(said.choices().getFirst().message().content().orElse("")).contains("wipe");
  }

  @Test
  void openAiReadsAStreamThatLacksItsOnlyCall() {
    server.answers(
        "text/event-stream",
        delta(0, "call_1", "wipe", "{}"),
        CHUNK.formatted("{}", "\"tool_calls\""),
        "data: [DONE]\n\n");

    ChatCompletion said = chat();

    assertThat(said.choices().getFirst().message().toolCalls().orElse(List.of())).isEmpty();
    assertThat(said.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
  }

  @Test
  void openAiReadsResponses() {
    String call =
        "{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"call_1\",\"name\":\"wipe\",\"arguments\":\"%s\",\"status\":\"completed\"}";
    String response =
        "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"status\":\"%s\",\"model\":\"gpt-5\",\"output\":[%s],\"parallel_tool_calls\":true,\"tool_choice\":\"auto\",\"tools\":[],\"error\":null,\"incomplete_details\":null,\"instructions\":null,\"metadata\":{},\"temperature\":1.0,\"top_p\":1.0,\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":0,\"cache_write_tokens\":0},\"output_tokens\":3,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":12}}";
    server.answers(
        "text/event-stream",
        event("response.created", 0, "\"response\":" + response.formatted("in_progress", "")),
        event("response.output_item.added", 1, "\"output_index\":0,\"item\":" + call.formatted("")),
        event(
            "response.function_call_arguments.delta",
            2,
            "\"item_id\":\"fc_1\",\"output_index\":0,\"delta\":\"{}\""),
        event(
            "response.function_call_arguments.done",
            3,
            "\"item_id\":\"fc_1\",\"name\":\"wipe\",\"output_index\":0,\"arguments\":\"{}\""),
        event(
            "response.output_item.done", 4, "\"output_index\":0,\"item\":" + call.formatted("{}")),
        event(
            "response.completed",
            5,
            "\"response\":" + response.formatted("completed", call.formatted("{}"))));
    ResponseCreateParams params = ResponseCreateParams.builder().model("main").input("Hi").build();
    ResponseAccumulator all = ResponseAccumulator.create();
    try (com.openai.core.http.StreamResponse<ResponseStreamEvent> stream =
        openAi.responses().createStreaming(params)) {
      stream.stream().map(ResponseStreamEvent::validate).forEach(all::accumulate);
    }
    Response said = all.response().validate();
    assertThat(said.output()).hasSize(1);
    assertThat(said.output().getFirst().asMessage().content().getFirst().asOutputText().text())
        .contains("wipe", "not executed");

    server.answers("application/json", response.formatted("completed", call.formatted("{}")));
    Response whole = openAi.responses().create(params).validate();
    assertThat(whole.output().getFirst().isMessage()).isTrue();
  }

  private static String event(String type, int number, String members) {
    return "event: %1$s\ndata: {\"type\":\"%1$s\",\"sequence_number\":%2$d,%3$s}\n\n"
        .formatted(type, number, members);
  }

  @Test
  void anthropicReadsAStreamWithoutItsCall() {
    server.answers(
        "text/event-stream",
        block(
            "message_start",
            "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}"),
        block(
            "content_block_start",
            "\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"),
        block(
            "content_block_delta",
            "\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"EqA\\/b+==\"}"),
        block("content_block_stop", "\"index\":0"),
        block(
            "content_block_start",
            "\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"wipe\",\"input\":{}}"),
        block(
            "content_block_delta",
            "\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}"),
        block("content_block_stop", "\"index\":1"),
        block(
            "message_delta",
            "\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":3}"),
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    MessageAccumulator all = MessageAccumulator.create();
    try (com.anthropic.core.http.StreamResponse<RawMessageStreamEvent> stream =
        anthropic
            .messages()
            .createStreaming(
                MessageCreateParams.builder()
                    .model("claude")
                    .maxTokens(10)
                    .addUserMessage("Hi")
                    .build())) {
      stream.stream().forEach(all::accumulate);
    }

    Message said = all.message().validate();
    assertThat(said.content()).hasSize(2);
    assertThat(said.content().getFirst().asThinking().signature()).isEqualTo("EqA/b+==");
    assertThat(said.content().get(1).asText().text()).contains("wipe");
    assertThat(said.stopReason()).contains(StopReason.END_TURN);
    assertThat(said.usage().outputTokens()).isEqualTo(3);
    assertThat(server.proposals(1).at("/0/heldBack").asBoolean()).isTrue();
  }

  private static String block(String type, String members) {
    return "event: %1$s\ndata: {\"type\":\"%1$s\",%2$s}\n\n".formatted(type, members);
  }

  @Test
  void geminiAndBedrockAreJudged() {
    server.answers(
        "application/json",
        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"wipe\",\"args\":{}}}]},\"finishReason\":\"STOP\"}]}");
    String gemini =
        server.ask(
            "/v1beta/models/gemini-2.5-flash:generateContent",
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}");
    assertThat(gemini).contains("wipe, which was not executed").doesNotContain("functionCall");

    server.answers(
        "application/json",
        "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"wipe\",\"input\":{}}}]}},\"stopReason\":\"tool_use\",\"usage\":{\"inputTokens\":1,\"outputTokens\":1,\"totalTokens\":2}}");
    String bedrock =
        server.ask(
            "/model/amazon.nova-lite-v1/converse",
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hi\"}]}]}");
    assertThat(bedrock)
        .contains("wipe, which was not executed", "\"stopReason\":\"end_turn\"")
        .doesNotContain("toolUse");
  }

  @Test
  void aStreamOfInteractionsIsRefusedSinceItCannotBeLookedAt() {
    String refused =
        server.ask(
            "/v1beta/interactions",
            "{\"model\":\"gemini-2.5-flash\",\"stream\":true,\"input\":\"Hi\"}");
    assertThat(refused).contains("ask without 'stream'");
    assertThat(server.gateway.provider().received()).isEmpty();
  }

  @Test
  void judgesBeforeTheAnswerIsPutIntoAnotherDialect() {
    server.policy(
        """
        apiVersion: steward/v1
        kind: ModelProvider
        metadata: {name: openai}
        spec: {dialect: anthropic, url: "%s", models: [gpt-5]}
        """
            .formatted(server.gateway.provider().url()));
    server.answers(
        "application/json",
        "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"gpt-5\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"wipe\",\"input\":{}}],\"stop_reason\":\"tool_use\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":3}}");

    ChatCompletion said =
        openAi
            .chat()
            .completions()
            .create(
                ChatCompletionCreateParams.builder().model("main").addUserMessage("Hi").build());

    assertThat(said.choices().getFirst().message().content().orElse("")).contains("wipe");
    assertThat(said.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
  }
}
