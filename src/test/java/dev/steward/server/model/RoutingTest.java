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

  private static String ask(String model) {
    return "{\"model\":\"%s\",\"messages\":[]}".formatted(model);
  }
}
