// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;

/// The official SDKs, before a server that plays the bytes they are to understand.
final class OfficialClients implements AutoCloseable {
  private final WebServer server;
  private final OpenAIClient openAi;
  private final AnthropicClient anthropic;
  private volatile int status;
  private volatile String type = "";
  private volatile byte[] body = {};

  OfficialClients() {
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routes ->
                routes.any((request, response) -> {
                  request.content().as(byte[].class);
                  response.status(Status.create(status));
                  response.header(HeaderNames.CONTENT_TYPE, type);
                  response.send(body);
                }))
            .build()
            .start();
    String address = "http://127.0.0.1:" + server.port();
    openAi =
        OpenAIOkHttpClient.builder().apiKey("key").baseUrl(address + "/v1").maxRetries(0).build();
    anthropic =
        AnthropicOkHttpClient.builder().apiKey("key").baseUrl(address).maxRetries(0).build();
  }

  private void play(int answered, String contentType, byte[] bytes) {
    status = answered;
    type = contentType;
    body = bytes;
  }

  ChatCompletion completion(int answered, byte[] bytes) {
    play(answered, "application/json", bytes);
    return openAi.chat().completions().create(chat());
  }

  ChatCompletion completionStream(byte[] bytes) {
    play(200, "text/event-stream", bytes);
    ChatCompletionAccumulator all = ChatCompletionAccumulator.create();
    try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
        openAi.chat().completions().createStreaming(chat())) {
      stream.stream().forEach(all::accumulate);
    }
    return all.chatCompletion();
  }

  Message message(int answered, byte[] bytes) {
    play(answered, "application/json", bytes);
    return anthropic.messages().create(messages());
  }

  Message messageStream(byte[] bytes) {
    play(200, "text/event-stream", bytes);
    MessageAccumulator all = MessageAccumulator.create();
    try (com.anthropic.core.http.StreamResponse<RawMessageStreamEvent> stream =
        anthropic.messages().createStreaming(messages())) {
      stream.stream().forEach(all::accumulate);
    }
    return all.message();
  }

  private static ChatCompletionCreateParams chat() {
    return ChatCompletionCreateParams.builder().model("m").addUserMessage("Hi").build();
  }

  private static MessageCreateParams messages() {
    return MessageCreateParams.builder().model("m").maxTokens(10).addUserMessage("Hi").build();
  }

  @Override
  public void close() {
    openAi.close();
    anthropic.close();
    server.stop();
  }
}
