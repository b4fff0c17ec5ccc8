// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What stands in the way of a call, step by step, through a whole server.
class StepsTest {
  private static final String CHAT =
      """
      {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-5","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}\
      """;
  private static final String MESSAGE =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5",\
      "content":[{"type":"text","text":"Bonjour."}],"stop_reason":"end_turn",\
      "usage":{"input_tokens":9,"output_tokens":3}}\
      """;

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
    gateway.provider().always((request, out) -> answer(out, 200, CHAT));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aBudgetThatIsSpentRefusesTheNextCall() {
    budget("{limit: {calls: 2}, window: {every: day}}");

    assertThat(ask("main").statusCode()).isEqualTo(200);
    assertThat(ask("main").statusCode()).isEqualTo(200);
    HttpResponse<InputStream> third = ask("main");

    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("x-should-retry")).contains("false");
    assertThat(error(third)).contains("support");
    assertThat(gateway.provider().received()).hasSize(2);
    gateway
        .server()
        .await(
            "the refused run is marked",
            () ->
                gateway.server().json("/api/v1/runs?outcome=stopped:%20budget").get("items").size()
                    == 1);
  }

  @Test
  void theLongestAnswerIsClampedToWhatIsLeft() {
    budget("{limit: {tokens: 20000}, window: {every: day}}");

    assertThat(ask("main").statusCode()).isEqualTo(200);

    JsonNode sent = JsonMapper.shared().readTree(gateway.provider().last().body());
    assertThat(sent.path("max_completion_tokens").asLong()).isBetween(1_000L, 20_000L);
  }

  @Test
  void policyDeniesAModel() {
    gateway
        .server()
        .apply(
            """
            apiVersion: steward/v1
            kind: Policy
            metadata: {name: no-gpt}
            spec:
              agents: {names: [refunds]}
              rules:
                - {model: gpt-5, effect: deny}
            """);

    HttpResponse<InputStream> response = ask("main");

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(error(response)).contains("gpt-5");
    assertThat(gateway.provider().received()).isEmpty();
  }

  @Test
  void aRunThatGoesRoundIsStopped() {
    String call =
        """
        {"role":"assistant","tool_calls":[{"id":"cID","type":"function","function":{"name":"search",\
        "arguments":"{\\"q\\":\\"order\\"}"}}]},{"role":"tool","tool_call_id":"cID","content":"nothing"}\
        """;
    StringBuilder messages = new StringBuilder("{\"role\":\"user\",\"content\":\"find it\"}");
    int status = 200;
    int calls = 0;
    while (status == 200 && calls < 20) {
      status = post("main", messages.toString(), "x-steward-run", "run-1").statusCode();
      messages.append(',').append(call.replace("ID", Integer.toString(calls)));
      calls++;
    }

    assertThat(status).isEqualTo(403);
    assertThat(calls).isBetween(4, 8);
    HttpResponse<InputStream> next = post("main", messages.toString(), "x-steward-run", "run-1");
    assertThat(error(next)).contains("goes round").contains("search");
  }

  @Test
  void anotherProviderAnswersInTheClientsOwnDialect() {
    gateway
        .server()
        .apply(
            gateway.manifest().replace("provider: openai}", "provider: openai, fallback: claude}"));
    gateway
        .provider()
        .always((request, out) -> {
          boolean anthropic = request.path().startsWith("/v1/messages");
          answer(out, anthropic ? 200 : 503, anthropic ? MESSAGE : "{\"error\":{}}");
        });

    HttpResponse<InputStream> response = ask("main");

    JsonNode said = JsonMapper.shared().readTree(GatewayServer.bytes(response));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(said.path("choices").path(0).path("message").path("content").asString(""))
        .isEqualTo("Bonjour.");
    assertThat(said.path("usage").path("prompt_tokens").asLong()).isEqualTo(9);
    assertThat(gateway.newestSpan(1).get("model").asString()).isEqualTo("claude-sonnet-4-5");
  }

  private void budget(String spec) {
    gateway
        .server()
        .apply(
            "apiVersion: steward/v1\nkind: Budget\nmetadata: {name: support}\nspec: "
                + spec.replace("{limit", "{scope: {agent: refunds}, limit")
                + "\n");
  }

  private HttpResponse<InputStream> ask(String model) {
    return post(model, "{\"role\":\"user\",\"content\":\"hi\"}");
  }

  private HttpResponse<InputStream> post(String model, String messages, String... headers) {
    return gateway.post(
        "/v1/chat/completions",
        "{\"model\":\"%s\",\"messages\":[%s]}".formatted(model, messages),
        headers);
  }

  private static String error(HttpResponse<InputStream> response) {
    return JsonMapper.shared()
        .readTree(GatewayServer.bytes(response))
        .path("error")
        .path("message")
        .asString("");
  }

  private static void answer(java.io.OutputStream out, int status, String body)
      throws java.io.IOException {
    ScriptedProvider.whole(
        out,
        status,
        "application/json",
        body.getBytes(StandardCharsets.UTF_8),
        "retry-after-ms: 1");
  }
}
