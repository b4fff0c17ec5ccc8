// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The agent's key stays here, wherever its SDK puts it; the provider's is put in its place.
class KeysTest {
  private static final String ASK = "{\"model\":\"main\",\"messages\":[]}";
  private static final byte[] FINE = "{\"model\":\"gpt-5\"}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
    gateway
        .provider()
        .always((request, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));
    gateway
        .server()
        .apply(gateway.manifest().replace("models: [gpt-5]}", "models: [gpt-5], secret: openai}"));
    put("sk-provider-1");
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization: Bearer ", "x-api-key: ", "x-goog-api-key: ", "api-key: "})
  void theAgentIsKnownByItsKeyWhereverTheSdkPutsIt(String place) throws Exception {
    String[] parts = place.split(": ", -1);

    HttpResponse<byte[]> answer = ask("", parts[0], parts[1] + gateway.key());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(FINE);
    sentWith("sk-provider-1");
  }

  @Test
  void theAgentIsKnownByTheKeyInTheAddressToo() throws Exception {
    assertThat(ask("?key=" + gateway.key(), "x-other", "1").statusCode()).isEqualTo(200);

    sentWith("sk-provider-1");
  }

  @Test
  void aRotatedSecretIsInTheNextCall() throws Exception {
    ask("", "api-key", gateway.key());
    sentWith("sk-provider-1");

    put("sk-provider-2");

    ask("", "api-key", gateway.key());
    sentWith("sk-provider-2");
  }

  @Test
  void aProviderWhoseSecretIsNotSetIsNotAsked() throws Exception {
    gateway.server().apply(gateway.manifest().replace("models: [gpt-5]}", "secret: nowhere}"));

    HttpResponse<byte[]> answer = ask("", "api-key", gateway.key());

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("steward secrets set nowhere");
    assertThat(gateway.provider().received()).isEmpty();
  }

  /// Compressed events would reach the client late and could not be read on their way.
  @Test
  void nothingIsCompressedThoughTheClientWouldTakeIt() throws Exception {
    byte[] event = "data: {\"choices\":[]}\n\n".getBytes(StandardCharsets.UTF_8);
    gateway
        .provider()
        .always((request, out) ->
            ScriptedProvider.chunked(out, 200, "text/event-stream", List.of(event, event)));

    HttpResponse<byte[]> answer =
        gateway
            .server()
            .client()
            .send(
                HttpRequest.newBuilder(gateway.server().uri("/v1/chat/completions"))
                    .header("Authorization", "Bearer " + gateway.key())
                    .header("Content-Type", "application/json")
                    .header("Accept-Encoding", "gzip, deflate, br")
                    .POST(
                        BodyPublishers.ofString(
                            ASK.replace("{\"model", "{\"stream\":true,\"model")))
                    .build(),
                BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(new String(event, StandardCharsets.UTF_8).repeat(2));
    assertThat(gateway.provider().last().headers()).containsEntry("accept-encoding", "identity");
  }

  private void sentWith(String key) {
    ScriptedProvider.Received received = gateway.provider().last();
    assertThat(received.headers()).containsEntry("authorization", "Bearer " + key);
    assertThat(received.headers().values()).noneMatch(v -> v.contains(gateway.key()));
    assertThat(received.path()).doesNotContain(gateway.key());
    assertThat(received.text()).doesNotContain(gateway.key());
  }

  private HttpResponse<byte[]> ask(String query, String header, String value)
      throws IOException, InterruptedException {
    return gateway
        .server()
        .client()
        .send(
            HttpRequest.newBuilder(gateway.server().uri("/v1/chat/completions" + query))
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(BodyPublishers.ofString(ASK))
                .build(),
            BodyHandlers.ofByteArray());
  }

  private void put(String value) {
    HttpResponse<String> set =
        gateway
            .server()
            .send(
                gateway
                    .server()
                    .request("/api/v1/secrets/openai")
                    .PUT(BodyPublishers.ofString(value))
                    .build());
    assertThat(set.statusCode()).isBetween(200, 204);
  }
}
