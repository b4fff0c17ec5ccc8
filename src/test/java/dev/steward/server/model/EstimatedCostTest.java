// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Streams whose provider does not say what they used: estimated and marked where the gateway can
/// count it, unknown where it cannot.
class EstimatedCostTest {
  private static final String CHUNK =
      "data: {\"id\":\"c-1\",\"model\":\"%s\",\"choices\":[{\"index\":0,\"delta\":{%s},"
          + "\"finish_reason\":%s}]}\n\n";

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
    gateway.server().apply(gateway.manifest().replace("gpt-5", "gpt-4o"));
    gateway
        .server()
        .apply(
            """
            apiVersion: steward/v1
            kind: Budget
            metadata: {name: tokens}
            spec: {scope: {agent: refunds}, window: day, limit: {tokens: 1000000}}
            """);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void isKnownButMarkedWhereTheGatewayCanCountIt() {
    stream("gpt-4o-2024-08-06");

    JsonNode span = gateway.newestSpan(1);
    assertThat(span.get("costSource").asString()).isEqualTo("estimated");
    assertThat(span.at("/cost/known").asBoolean()).isTrue();
    assertThat(span.get("inputTokens").asLong()).isEqualTo(4 + 1 + 3);
    assertThat(span.get("outputTokens").asLong()).isEqualTo(2);
    JsonNode run = gateway.newestRun(1);
    assertThat(run.get("estimatedCalls").asInt()).isEqualTo(1);
    String id = run.get("id").asString();
    JsonNode detail =
        gateway
            .server()
            .json("/api/v1/runs/%s/spans/%s".formatted(id, span.get("spanId").asString()));
    assertThat(detail.at("/attributes/steward.usage.estimated").asBoolean()).isTrue();
    String page = gateway.server().get("/runs/" + id).body();
    assertThat(page).contains("The cost of 1 model call is estimated").contains("≈ ");
    JsonNode budget = budget();
    assertThat(budget.get("used").asString()).isEqualTo("10");
    assertThat(budget.get("unknownCalls").asInt()).isZero();
  }

  @Test
  void isUnknownAndChargedWhatWasReservedWhereItCannot() {
    stream("o3-mini");

    JsonNode span = gateway.newestSpan(1);
    assertThat(span.get("costSource").isNull()).isTrue();
    assertThat(span.at("/cost/known").asBoolean()).isFalse();
    assertThat(span.get("outputTokens").isNull()).isTrue();
    assertThat(gateway.newestRun(1).get("estimatedCalls").asInt()).isZero();
    assertThat(budget().get("unknownCalls").asInt()).isEqualTo(1);
    assertThat(budget().get("used").asLong()).isGreaterThan(100);
  }

  private void stream(String model) {
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.chunked(
                out,
                200,
                "text/event-stream",
                List.of(
                    utf8(CHUNK.formatted(model, "\"content\":\"Hello\"", "null")),
                    utf8(CHUNK.formatted(model, "\"content\":\".\"", "\"stop\"")),
                    utf8("data: [DONE]\n\n"))));
    GatewayServer.bytes(
        gateway.post(
            "/v1/chat/completions",
            "{\"model\":\"main\",\"stream\":true,\"max_completion_tokens\":50,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
  }

  private JsonNode budget() {
    return gateway.server().json("/api/v1/budgets").get("items").get(0);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
