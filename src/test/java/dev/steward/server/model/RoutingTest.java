// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingTest {
  private static final byte[] FINE = "{\"model\":\"gpt-5\"}".getBytes(StandardCharsets.UTF_8);
  private static final byte[] BAD = "{\"error\":{}}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void asksAgainAfterTheWaitThatTheProviderNames() {
    gateway
        .provider()
        .next((request, out) ->
            ScriptedProvider.whole(out, 429, "application/json", BAD, "retry-after-ms: 20"));
    gateway
        .provider()
        .next((request, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));

    HttpResponse<InputStream> response = gateway.post("/v1/chat/completions", ask("main"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(gateway.provider().received()).hasSize(2);
  }

  @Test
  void passesOnTheLastAnswerOfAProviderThatKeepsFailing() {
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.whole(out, 503, "application/json", BAD, "retry-after: 0"));

    HttpResponse<InputStream> response = gateway.post("/v1/chat/completions", ask("main"));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(GatewayServer.bytes(response)).isEqualTo(BAD);
    assertThat(gateway.provider().received()).hasSize(2);
  }

  @Test
  void doesNotWaitForAProviderThatAsksForTooMuch() {
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.whole(out, 429, "application/json", BAD, "retry-after: 3600"));

    HttpResponse<InputStream> response = gateway.post("/v1/chat/completions", ask("main"));

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("retry-after")).contains("3600");
    assertThat(gateway.provider().received()).hasSize(1);
  }

  @Test
  void leavesAProviderAloneThatFailsAgainAndAgain() {
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.whole(out, 500, "application/json", BAD, "retry-after: 0"));

    for (int i = 0; i < 5; i++) {
      GatewayServer.bytes(gateway.post("/v1/chat/completions", ask("main")));
    }
    HttpResponse<InputStream> response = gateway.post("/v1/chat/completions", ask("main"));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(new String(GatewayServer.bytes(response), StandardCharsets.UTF_8))
        .contains("left alone");
    assertThat(gateway.provider().received()).hasSize(10);
  }

  @Test
  void sharesTheCallsOfAUseByWeight() {
    gateway
        .server()
        .apply(
            gateway
                .manifest()
                .replace(
                    "- {use: main, model: gpt-5, provider: openai}",
                    "- {use: main, model: gpt-5, provider: openai, weight: 3}\n"
                        + "      - {use: main, model: gpt-5-mini, provider: openai}"));
    gateway
        .provider()
        .always((request, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));

    for (int i = 0; i < 200; i++) {
      GatewayServer.bytes(gateway.post("/v1/chat/completions", ask("main")));
    }

    // three of four, and far beyond what chance does to that
    assertThat(gateway.provider().received())
        .filteredOn(received -> received.text().contains("\"gpt-5\""))
        .hasSizeBetween(105, 190);
  }

  @Test
  void asksTheFallbackWhereAModelFails() {
    gateway
        .server()
        .apply(
            gateway
                .manifest()
                .replace(
                    "- {use: main, model: gpt-5, provider: openai}",
                    "- {use: main, model: gpt-5, provider: openai, fallback: spare}\n"
                        + "      - {use: spare, model: gpt-5-mini, provider: openai}"));
    gateway
        .provider()
        .always((request, out) -> {
          boolean spare = request.text().contains("gpt-5-mini");
          ScriptedProvider.whole(
              out, spare ? 200 : 503, "application/json", spare ? FINE : BAD, "retry-after: 0");
        });

    HttpResponse<InputStream> response = gateway.post("/v1/chat/completions", ask("main"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(gateway.provider().received()).hasSize(3);
    assertThat(gateway.newestSpan(1).get("status").asString()).isNotEqualTo("error");
  }

  @Test
  void asksNoMoreAtOnceThanTheProviderTakes() throws InterruptedException {
    gateway.server().apply(gateway.manifest().replace("models: [gpt-5]}", "concurrency: 1}"));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    gateway
        .provider()
        .always((request, out) -> {
          begun.countDown();
          end.await();
          ScriptedProvider.whole(out, 200, "application/json", FINE);
        });
    AtomicInteger first = new AtomicInteger();
    Thread holding =
        Thread.ofVirtual()
            .start(() -> first.set(gateway.post("/v1/chat/completions", ask("main")).statusCode()));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

    HttpResponse<InputStream> second = gateway.post("/v1/chat/completions", ask("main"));

    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("x-should-retry")).contains("true");
    assertThat(new String(GatewayServer.bytes(second), StandardCharsets.UTF_8))
        .contains("answering 1 calls already");
    end.countDown();
    holding.join();
    assertThat(first).hasValue(200);
    assertThat(gateway.provider().received()).hasSize(1);
  }

  @Test
  void refusesToolsOfTheProviderThatTheVersionDoesNotList() {
    gateway
        .provider()
        .always((request, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));
    String search = "{\"model\":\"main\",\"input\":\"hi\",\"tools\":[{\"type\":\"web_search\"}]}";

    HttpResponse<InputStream> refused = gateway.post("/v1/responses", search);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(new String(GatewayServer.bytes(refused), StandardCharsets.UTF_8))
        .contains("{server: openai, tools: [web_search]}");
    assertThat(gateway.provider().received()).isEmpty();

    gateway
        .server()
        .apply(gateway.manifest() + "    tools: [{server: openai, tools: [web_search]}]\n");
    assertThat(gateway.post("/v1/responses", search).statusCode()).isEqualTo(200);
  }

  @Test
  void passesACountOfTokensThatCostsNothing() {
    byte[] counted = "{\"input_tokens\":14}".getBytes(StandardCharsets.UTF_8);
    gateway
        .provider()
        .always((request, out) -> ScriptedProvider.whole(out, 200, "application/json", counted));

    HttpResponse<InputStream> response =
        gateway.post("/v1/messages/count_tokens", ask("claude"), "anthropic-version", "2023-06-01");

    assertThat(GatewayServer.bytes(response)).isEqualTo(counted);
    assertThat(gateway.provider().last().path()).isEqualTo("/v1/messages/count_tokens");
    assertThat(gateway.provider().last().text()).contains("claude-sonnet-4-5");
  }

  private static String ask(String model) {
    return "{\"model\":\"%s\",\"messages\":[]}".formatted(model);
  }
}
