// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Each refusal of the gateway as the official SDKs raise it, whole and streaming, with their usual
/// retries: what cannot get better is asked once.
class RefusalsTest {
  private static final int RETRIES = 2;
  private static final byte[] BAD = "{\"error\":{}}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FINE =
      "{\"id\":\"c\",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private GatewayServer gateway;
  private int asked;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void anUnknownKeyIs401() {
    refuses("sk-unknown", 401, "unauthenticated", 1);
  }

  @Test
  void aRevokedKeyIs401() {
    JsonNode issued =
        gateway
            .server()
            .ask("/api/v1/keys", "{\"agent\":\"refunds\",\"environment\":\"development\"}");
    String id = issued.get("id").asString();
    assertThat(gateway.server().delete("/api/v1/keys/" + id + "?reason=leaked").statusCode())
        .isEqualTo(204);

    refuses(issued.get("key").asString(), 401, "unauthenticated", 1);
  }

  @Test
  void aModelThatPolicyDeniesIs403() {
    gateway
        .server()
        .apply(
            """
            apiVersion: steward/v1
            kind: Policy
            metadata: {name: no-models}
            spec:
              agents: {names: [refunds]}
              rules:
                - {model: gpt-5, effect: deny}
                - {model: "claude*", effect: deny}
            """);

    refuses(gateway.key(), 403, "denied", 1);
  }

  @Test
  void aBudgetThatIsSpentIs429() {
    gateway
        .server()
        .apply(
            """
            apiVersion: steward/v1
            kind: Budget
            metadata: {name: small}
            spec: {scope: {agent: refunds}, window: day, limit: {calls: 1}}
            """);
    gateway
        .provider()
        .next((request, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));
    GatewayServer.bytes(
        gateway.post("/v1/chat/completions", "{\"model\":\"main\",\"messages\":[]}"));
    asked++;

    refuses(gateway.key(), 429, "budget", 1);
  }

  @Test
  void whatIsKilledIs403() {
    gateway
        .server()
        .ask("/api/v1/kills", "{\"selector\":{\"agent\":\"refunds\"},\"reason\":\"a test\"}");

    refuses(gateway.key(), 403, "killed", 1);
  }

  @Test
  void anOpenCircuitIs503AndIsAskedAgain() {
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.whole(out, 500, "application/json", BAD, "retry-after: 0"));
    for (String path : new String[] {"/v1/chat/completions", "/v1/messages"}) {
      String model = path.endsWith("messages") ? "claude" : "main";
      for (int i = 0; i < 5; i++) {
        GatewayServer.bytes(
            gateway.post(path, "{\"model\":\"%s\",\"messages\":[]}".formatted(model)));
        asked++;
      }
    }
    gateway.provider().received().clear();

    refuses(gateway.key(), 503, "circuit-open", 1 + RETRIES);
  }

  /// @param calls that the SDK makes of one that is refused
  private void refuses(String key, int status, String refusal, int calls) {
    int before = gateway.provider().received().size();
    OpenAIClient openAi = openAi(key);
    AnthropicClient anthropic = anthropic(key);
    Class<?> openAis = openAiType(status);
    Class<?> anthropics = anthropicType(status);
    boolean again = calls > 1;

    assertThatThrownBy(() -> openAi.chat().completions().create(chat()))
        .isInstanceOf(openAis)
        .isInstanceOfSatisfying(OpenAIServiceException.class, e -> told(e, status, again));
    assertThatThrownBy(
            () -> {
              try (StreamResponse<?> streamed =
                  openAi.chat().completions().createStreaming(chat())) {
                streamed.stream().forEach(_ -> {});
              }
            })
        .isInstanceOf(openAis)
        .isInstanceOfSatisfying(OpenAIServiceException.class, e -> told(e, status, again));
    assertThatThrownBy(() -> anthropic.messages().create(messages()))
        .isInstanceOf(anthropics)
        .isInstanceOfSatisfying(AnthropicServiceException.class, e -> told(e, status, again));
    assertThatThrownBy(
            () -> {
              try (com.anthropic.core.http.StreamResponse<?> streamed =
                  anthropic.messages().createStreaming(messages())) {
                streamed.stream().forEach(_ -> {});
              }
            })
        .isInstanceOf(anthropics)
        .isInstanceOfSatisfying(AnthropicServiceException.class, e -> told(e, status, again));

    openAi.close();
    anthropic.close();
    assertThat(gateway.provider().received()).hasSize(before);
    recorded(4 * calls, refusal);
  }

  /// Each call that was made has its own span, which says why it was refused.
  private void recorded(int calls, String refusal) {
    gateway.newestRun(asked + calls);
    int refused = 0;
    for (JsonNode run : gateway.runs()) {
      String path = "/api/v1/runs/" + run.get("id").asString();
      for (JsonNode span : gateway.server().json(path).get("spans")) {
        if (span.get("kind").asString().equals("MODEL")) {
          JsonNode detail = gateway.server().json(path + "/spans/" + span.get("spanId").asString());
          refused += detail.at("/gateway/refusal").asString("").equals(refusal) ? 1 : 0;
        }
      }
    }
    assertThat(refused).isEqualTo(calls);
  }

  private static void told(OpenAIServiceException e, int status, boolean again) {
    assertThat(e.statusCode()).isEqualTo(status);
    assertThat(e.headers().values("x-should-retry")).containsExactly(Boolean.toString(again));
  }

  private static void told(AnthropicServiceException e, int status, boolean again) {
    assertThat(e.statusCode()).isEqualTo(status);
    assertThat(e.headers().values("x-should-retry")).containsExactly(Boolean.toString(again));
  }

  private static Class<?> openAiType(int status) {
    return switch (status) {
      case 401 -> com.openai.errors.UnauthorizedException.class;
      case 403 -> com.openai.errors.PermissionDeniedException.class;
      case 429 -> com.openai.errors.RateLimitException.class;
      default -> com.openai.errors.InternalServerException.class;
    };
  }

  private static Class<?> anthropicType(int status) {
    return switch (status) {
      case 401 -> com.anthropic.errors.UnauthorizedException.class;
      case 403 -> com.anthropic.errors.PermissionDeniedException.class;
      case 429 -> com.anthropic.errors.RateLimitException.class;
      default -> com.anthropic.errors.InternalServerException.class;
    };
  }

  private OpenAIClient openAi(String key) {
    return OpenAIOkHttpClient.builder()
        .apiKey(key)
        .baseUrl(gateway.server().uri("/v1").toString())
        .maxRetries(RETRIES)
        .build();
  }

  private AnthropicClient anthropic(String key) {
    return AnthropicOkHttpClient.builder()
        .apiKey(key)
        .baseUrl(gateway.server().uri("").toString())
        .maxRetries(RETRIES)
        .build();
  }

  private static ChatCompletionCreateParams chat() {
    return ChatCompletionCreateParams.builder().model("main").addUserMessage("Hi").build();
  }

  private static MessageCreateParams messages() {
    return MessageCreateParams.builder().model("claude").maxTokens(10).addUserMessage("Hi").build();
  }
}
