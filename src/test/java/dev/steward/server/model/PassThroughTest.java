// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PassThroughTest {
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"odd\":1}";
  private static final String TOLD =
      """
      {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-5","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
      """;

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
  void answersWithTheProvidersBytesAndLeavesASpan() {
    gateway
        .provider()
        .next((request, out) ->
            ScriptedProvider.whole(
                out, 200, "application/json", utf8(TOLD), "x-request-id: req-7"));

    HttpResponse<InputStream> response = gateway.post("/v1/chat/completions", ASK);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new String(GatewayServer.bytes(response), StandardCharsets.UTF_8)).isEqualTo(TOLD);
    assertThat(response.headers().firstValue("x-request-id")).contains("req-7");
    assertThat(gateway.provider().last().text()).isEqualTo(ASK.replace("main", "gpt-5"));
    JsonNode span = gateway.newestSpan(1);
    assertThat(span.get("kind").asString()).isEqualTo("MODEL");
    assertThat(span.get("model").asString()).isEqualTo("gpt-5");
    assertThat(span.get("inputTokens").asLong()).isEqualTo(9);
    assertThat(span.get("outputTokens").asLong()).isEqualTo(3);
  }

  @Test
  void keepsTheConnectionToItsProvider() {
    for (int length : new int[] {40, 400_000}) {
      byte[] body = "{\"id\":\"%s\"}".formatted("x".repeat(length)).getBytes(UTF_8);
      gateway
          .provider()
          .always((request, out) -> ScriptedProvider.whole(out, 200, "application/json", body));
      int before = gateway.provider().received().size();
      for (int i = 0; i < 10; i++) {
        GatewayServer.bytes(
            gateway.post("/v1/chat/completions", "{\"model\":\"main\",\"messages\":[]}"));
      }

      // Each connection has one stream of requests.
      Set<InputStream> connections = Collections.newSetFromMap(new IdentityHashMap<>());
      gateway.provider().received().stream()
          .skip(before)
          .forEach(request -> connections.add(request.rest()));
      assertThat(connections).as("connections for 10 calls").hasSizeLessThan(10);
    }
  }

  @Test
  void refusesAModelThatTheVersionDoesNotList() {
    HttpResponse<InputStream> response =
        gateway.post("/v1/chat/completions", ASK.replace("main", "gpt-4o"));

    JsonNode error = JsonMapper.shared().readTree(GatewayServer.bytes(response)).get("error");
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("x-should-retry")).contains("false");
    assertThat(error.get("message").asString()).contains("gpt-4o").contains("main (gpt-5)");
    assertThat(gateway.provider().received()).isEmpty();
    assertThat(gateway.newestSpan(1).get("status").asString()).isEqualTo("error");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
