// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// However a call ends, it leaves one span and no more.
class NoCallWithoutRecordTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final String STREAM = ASK.replace("{\"model\"", "{\"stream\":true,\"model\"");
  private static final byte[] FINE =
      """
      {"id":"c-1","model":"gpt-5","choices":[{"index":0,"message":{"role":"assistant",\
      "content":"Hello."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
      """
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] CHUNK =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder, Map.of("gateway.comment-after", "100ms"));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void whenItIsAnswered() {
    gateway.provider().next((r, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));
    assertThat(post(ASK)).isEqualTo(200);

    assertThat(onlySpan().get("decision").asString()).isEqualTo("allow");
  }

  @Test
  void whenItIsRefused() {
    assertThat(post(ASK.replace("main", "gpt-4o"))).isEqualTo(403);

    JsonNode span = onlySpan();
    assertThat(span.get("decision").asString()).isEqualTo("deny");
    assertThat(span.get("status").asString()).isEqualTo("error");
    assertThat(span.get("cost").get("amount").asString()).isEqualTo("0");
    JsonNode run = gateway.newestRun(1);
    assertThat(run.get("status").asString()).isEqualTo("failed");
    JsonNode detail =
        gateway
            .server()
            .json(
                "/api/v1/runs/%s/spans/%s"
                    .formatted(run.get("id").asString(), span.get("spanId").asString()));
    assertThat(detail.get("gateway").get("refusal").asString()).isEqualTo("denied");
  }

  @Test
  void whenTheProviderFails() {
    gateway
        .provider()
        .always((r, out) ->
            ScriptedProvider.whole(
                out, 500, "application/json", new byte[] {'{', '}'}, "retry-after: 0"));
    assertThat(post(ASK)).isEqualTo(500);

    assertThat(onlySpan().get("status").asString()).isEqualTo("error");
  }

  @Test
  void whenTheProviderBreaksOffItsStream() {
    gateway
        .provider()
        .next((r, out) -> {
          ScriptedProvider.head(out, 200, "text/event-stream", "Transfer-Encoding: chunked");
          ScriptedProvider.chunk(out, CHUNK);
          throw new IOException("gone");
        });
    assertThat(post(STREAM)).isEqualTo(200);

    assertThat(onlySpan().get("status").asString()).isEqualTo("error");
  }

  @Test
  void whenAnOperatorKillsIt() {
    CountDownLatch ended = new CountDownLatch(1);
    gateway
        .provider()
        .next((r, out) -> {
          ScriptedProvider.head(out, 200, "text/event-stream", "Transfer-Encoding: chunked");
          ScriptedProvider.chunk(out, CHUNK);
          ended.await();
        });
    HttpResponse<InputStream> response = gateway.post(CHAT, STREAM);
    gateway
        .server()
        .ask("/api/v1/kills", "{\"selector\":{\"agent\":\"refunds\"},\"reason\":\"it goes wild\"}");
    String told = new String(GatewayServer.bytes(response), StandardCharsets.UTF_8);
    ended.countDown();

    assertThat(told).contains("error");
    assertThat(onlySpan().get("decision").asString()).isEqualTo("deny");
  }

  @Test
  void whenItsClientLeaves() throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    gateway
        .provider()
        .next((r, out) -> {
          ScriptedProvider.head(out, 200, "text/event-stream", "Transfer-Encoding: chunked");
          ScriptedProvider.chunk(out, CHUNK);
          ended.await();
        });
    URI uri = gateway.server().uri(CHAT);
    try (Socket client = new Socket(uri.getHost(), uri.getPort())) {
      byte[] body = STREAM.getBytes(StandardCharsets.UTF_8);
      String head =
          "POST %s HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(CHAT, uri.getHost(), uri.getPort(), gateway.key(), body.length);
      client.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      client.getOutputStream().write(body);
      client.getOutputStream().flush();
      assertThat(client.getInputStream().read()).isEqualTo('H');
      client.setSoLinger(true, 0);
    }

    assertThat(onlySpan().get("status").asString()).isEqualTo("error");
    ended.countDown();
  }

  @Test
  void whenItsBodyIsNoJson() {
    assertThat(post("{\"model\": nonsense")).isEqualTo(400);

    assertThat(onlySpan().get("status").asString()).isEqualTo("error");
  }

  @Test
  void whenNobodyKnowsItsKey() throws Exception {
    HttpResponse<String> response =
        gateway
            .server()
            .client()
            .send(
                java.net.http.HttpRequest.newBuilder(gateway.server().uri(CHAT))
                    .header("Authorization", "Bearer sk-unknown")
                    .header("Content-Type", "application/json")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(ASK))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(401);

    assertThat(onlySpan().get("decision").asString()).isEqualTo("deny");
  }

  @Test
  void whenSeveralComeAtOnce() throws InterruptedException {
    gateway
        .provider()
        .always((r, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));
    List<Thread> threads =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(_ -> Thread.ofVirtual().start(() -> post(ASK)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    gateway.newestRun(20);
    assertThat(gateway.runs()).hasSize(20);
  }

  private int post(String body) {
    HttpResponse<InputStream> response = gateway.post(CHAT, body);
    GatewayServer.bytes(response);
    return response.statusCode();
  }

  /// The one model span that there is.
  private JsonNode onlySpan() {
    JsonNode span = gateway.newestSpan(1);
    int calls = 0;
    for (JsonNode each : gateway.newestRun(1).get("spans")) {
      calls += each.get("kind").asString().equals("MODEL") ? 1 : 0;
    }
    assertThat(gateway.runs()).hasSize(1);
    assertThat(calls).isEqualTo(1);
    return span;
  }
}
