// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LiveTest {
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
  void aCallIsInFlightUntilItsAnswerIsWhole() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    gateway
        .provider()
        .next((request, out) -> {
          asked.countDown();
          await(answer);
          ScriptedProvider.whole(out, 200, "application/json", FINE);
        });
    Thread client =
        Thread.ofVirtual()
            .start(() -> GatewayServer.bytes(gateway.post("/v1/chat/completions", ask("main"))));
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

    JsonNode call = gateway.server().json("/api/v1/calls").get("items").get(0);
    assertThat(call.get("agent").asString()).isEqualTo("refunds");
    assertThat(call.get("provider").asString()).isEqualTo("openai");
    assertThat(call.get("model").asString()).isEqualTo("gpt-5");
    assertThat(call.get("run").asString()).isNotEmpty();
    assertThat(provider().get("inFlight").asInt()).isEqualTo(1);

    answer.countDown();
    client.join();
    gateway
        .server()
        .await(
            "the call is no longer in flight",
            () ->
                gateway.server().json("/api/v1/calls").get("items").isEmpty()
                    && provider().get("inFlight").asInt() == 0);
    assertThat(provider().at("/whole/answers").asInt()).isEqualTo(1);
  }

  @Test
  void tellsHowAProviderAnsweredAndThatItIsLeftAlone() {
    gateway
        .provider()
        .next((request, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));
    GatewayServer.bytes(gateway.post("/v1/chat/completions", ask("main")));
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.whole(out, 500, "application/json", BAD, "retry-after: 0"));
    for (int i = 0; i < 6; i++) {
      GatewayServer.bytes(gateway.post("/v1/chat/completions", ask("main")));
    }

    JsonNode provider = provider();
    assertThat(provider.get("calls").asInt()).isBetween(10, 13);
    assertThat(provider.get("errors").asInt()).isEqualTo(provider.get("calls").asInt() - 1);
    assertThat(provider.get("circuit").asString()).isEqualTo("open");
    assertThat(provider.at("/lastError/message").asString())
        .isEqualTo("It answered 500 for gpt-5: it failed.");
    assertThat(provider.at("/firstByte/p95").asLong()).isPositive();
    assertThat(provider.get("models").get(0).asString()).isEqualTo("gpt-5");
    assertThat(gateway.server().json("/api/v1/findings").toString()).contains("circuit/openai");
  }

  @Test
  void aKeyThatIsNotTakenIsSaidSo() {
    gateway
        .provider()
        .next((request, out) -> ScriptedProvider.whole(out, 401, "application/json", BAD));
    GatewayServer.bytes(gateway.post("/v1/chat/completions", ask("main")));

    assertThat(provider().at("/lastError/message").asString()).contains("401").contains("key");
  }

  private JsonNode provider() {
    for (JsonNode item : gateway.server().json("/api/v1/providers").get("items")) {
      if (item.get("name").asString().equals("openai")) {
        return item;
      }
    }
    throw new AssertionError("openai is not listed");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String ask(String model) {
    return "{\"model\":\"%s\",\"messages\":[]}".formatted(model);
  }
}
