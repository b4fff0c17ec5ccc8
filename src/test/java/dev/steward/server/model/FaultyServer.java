// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway whose providers are impatient, one for each case so that no case opens the circuit of
/// another, and the official SDKs before it, which do not try again.
final class FaultyServer implements AutoCloseable {
  private static final int CASES = 40;
  private static final String[] DIALECTS = {"openai", "anthropic", "gemini", "bedrock"};

  private final GatewayServer gateway;
  private final String key;
  private final OpenAIClient openAi;
  private final AnthropicClient anthropic;
  private int cases;
  private long traces;

  FaultyServer(Path folder, Map<String, String> settings) {
    gateway = new GatewayServer(folder, settings);
    StringBuilder manifests = new StringBuilder();
    StringBuilder models = new StringBuilder("{use: nowhere, model: nowhere, provider: nowhere}");
    models.append(", {use: nobody, model: nobody, provider: nobody}");
    manifests.append(provider("nowhere", "openai", "http://127.0.0.1:1/v1"));
    manifests.append(provider("nobody", "anthropic", "http://127.0.0.1:1"));
    for (String dialect : DIALECTS) {
      String url = gateway.provider().url() + (dialect.equals("openai") ? "/v1" : "");
      for (int i = 0; i < CASES; i++) {
        String name = dialect + "-" + i;
        manifests.append(provider(name, dialect, url));
        models.append(", {use: %1$s, model: m-%1$s, provider: %1$s}".formatted(name));
      }
    }
    manifests.append(
        """
        ---
        apiVersion: steward/v1
        kind: Agent
        metadata: {name: faults}
        spec:
          owner: dana@example.com
          purpose: Meets every fault.
          risk: limited
          version: {models: [%s]}
        """
            .formatted(models));
    gateway.server().apply(manifests.toString());
    key =
        gateway
            .server()
            .ask("/api/v1/keys", "{\"agent\":\"faults\",\"environment\":\"development\"}")
            .get("key")
            .asString();
    String address = gateway.server().uri("").toString();
    openAi =
        OpenAIOkHttpClient.builder().apiKey(key).baseUrl(address + "/v1").maxRetries(0).build();
    anthropic = AnthropicOkHttpClient.builder().apiKey(key).baseUrl(address).maxRetries(0).build();
  }

  private static String provider(String name, String dialect, String url) {
    return """
    ---
    apiVersion: steward/v1
    kind: ModelProvider
    metadata: {name: %s}
    spec: {dialect: %s, url: "%s", attempts: 1, firstByteSeconds: 2, idleSeconds: 1}
    """
        .formatted(name, dialect, url);
  }

  /// Begins a case: what the provider does, with providers that no other case has used.
  void begin(ScriptedProvider.Play play) {
    cases++;
    gateway.provider().received().clear();
    gateway.provider().always(play);
  }

  GatewayServer gateway() {
    return gateway;
  }

  String key() {
    return key;
  }

  String model(String dialect) {
    return dialect + "-" + cases;
  }

  /// A run of its own for the next call.
  String trace() {
    traces++;
    return "%032x".formatted(0xfa0170000000L + traces);
  }

  static String traceparent(String trace) {
    return "00-" + trace + "-00000000000000a1-01";
  }

  private ChatCompletionCreateParams chat(String model, String trace, String text) {
    return ChatCompletionCreateParams.builder()
        .model(model)
        .addUserMessage(text)
        .putAdditionalHeader("traceparent", traceparent(trace))
        .build();
  }

  private MessageCreateParams messages(String model, String trace, String text) {
    return MessageCreateParams.builder()
        .model(model)
        .maxTokens(10)
        .addUserMessage(text)
        .putAdditionalHeader("traceparent", traceparent(trace))
        .build();
  }

  ChatCompletion openAi(String model, String trace) {
    return openAi(model, trace, "Hi");
  }

  ChatCompletion openAi(String model, String trace, String text) {
    return openAi.chat().completions().create(chat(model, trace, text)).validate();
  }

  Message anthropic(String model, String trace) {
    return anthropic(model, trace, "Hi");
  }

  Message anthropic(String model, String trace, String text) {
    return anthropic.messages().create(messages(model, trace, text)).validate();
  }

  /// How many chunks came before the stream's end.
  long openAiStream(String model, String trace) {
    try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
        openAi.chat().completions().createStreaming(chat(model, trace, "Hi"))) {
      return stream.stream().count();
    }
  }

  long anthropicStream(String model, String trace) {
    try (com.anthropic.core.http.StreamResponse<RawMessageStreamEvent> stream =
        anthropic.messages().createStreaming(messages(model, trace, "Hi"))) {
      return stream.stream().count();
    }
  }

  /// The only span of the run, once it is there; the activity ledger binds it as it is.
  JsonNode span(String trace) {
    String path = "/api/v1/runs/" + trace;
    gateway
        .server()
        .await("the run is there", () -> gateway.server().get(path).statusCode() == 200);
    HttpResponse<String> run = gateway.server().get(path);
    JsonNode spans = JsonMapper.shared().readTree(run.body()).get("spans");
    if (spans.size() != 1) {
      throw new AssertionError("one span and not " + spans);
    }
    String evidence = path + "/evidence";
    gateway
        .server()
        .await(
            "the ledger binds the call",
            () ->
                gateway
                    .server()
                    .json(evidence)
                    .at("/items/0/verdict")
                    .asString()
                    .equals("UNCHANGED"));
    JsonNode bound =
        JsonMapper.shared()
            .readTree(gateway.server().json(evidence).at("/items/0/text").asString());
    if (!bound.path("span").equals(spans.get(0).get("spanId"))
        || !bound
            .path("status")
            .asString()
            .equalsIgnoreCase(spans.get(0).get("status").asString())) {
      throw new AssertionError("the ledger binds " + bound + " and not " + spans.get(0));
    }
    return spans.get(0);
  }

  @Override
  public void close() {
    openAi.close();
    anthropic.close();
    gateway.close();
  }
}
