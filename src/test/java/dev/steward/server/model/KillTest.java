// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KillTest {
  private static final String KILL =
      "{\"selector\":{\"agent\":\"refunds\"},\"reason\":\"it pays the wrong people\"}";
  private static final String BUDGET =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: calls}
      spec: {scope: {agent: refunds}, window: day, limit: {calls: 10}}
      """;
  private static final byte[] FIRST =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n"
          .getBytes(StandardCharsets.UTF_8);

  private static final byte[] BEGUN =
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant",\
      "model":"claude-sonnet-4-5","content":[],"usage":{"input_tokens":9,"output_tokens":1}}}

      """
          .getBytes(StandardCharsets.UTF_8);

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
  void cutsRunningStreamsWithTheDialectsErrorAndRefusesNewCalls() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    gateway
        .provider()
        .always((request, out) -> {
          ScriptedProvider.head(out, 200, "text/event-stream", "Transfer-Encoding: chunked");
          ScriptedProvider.chunk(out, FIRST);
          never.await();
        });
    List<HttpResponse<InputStream>> streams = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      HttpResponse<InputStream> stream = gateway.post("/v1/chat/completions", ask());
      assertThat(stream.body().readNBytes(FIRST.length)).isEqualTo(FIRST);
      streams.add(stream);
    }

    JsonNode killed = gateway.server().ask("/api/v1/kills", KILL);

    for (HttpResponse<InputStream> stream : streams) {
      String rest = new String(GatewayServer.bytes(stream), StandardCharsets.UTF_8);
      assertThat(rest)
          .startsWith("data: {\"error\":{")
          .contains("agent=refunds", "it pays the wrong people");
    }
    assertThat(killed.get("cut").asInt()).isEqualTo(20);
    HttpResponse<InputStream> refused = gateway.post("/v1/chat/completions", ask());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(new String(GatewayServer.bytes(refused), StandardCharsets.UTF_8))
        .contains("it pays the wrong people");
    gateway.newestRun(21);
    never.countDown();
  }

  @Test
  void aCallThatWaitsGivesBackWhatItReserved() throws Exception {
    gateway.server().apply(BUDGET);
    CountDownLatch asked = new CountDownLatch(1);
    gateway
        .provider()
        .always((request, out) -> {
          ScriptedProvider.whole(
              out, 429, "application/json", new byte[] {'{', '}'}, "Retry-After: 9");
          asked.countDown();
        });
    AtomicInteger status = new AtomicInteger();
    Thread client =
        Thread.ofVirtual()
            .start(() ->
                status.set(gateway.post("/v1/chat/completions", asking("main")).statusCode()));
    asked.await();
    gateway.server().await("its reservation", () -> budget("reserved").equals("1"));

    gateway.server().ask("/api/v1/kills", KILL);
    client.join();

    assertThat(status).hasValue(403);
    gateway.server().await("nothing is reserved", () -> budget("reserved").equals("0"));
    assertThat(budget("used")).isEqualTo("0");
    gateway.newestRun(1);
  }

  private String budget(String field) {
    return gateway.server().json("/api/v1/budgets").get("items").get(0).get(field).asString();
  }

  @Test
  void streamsInAnotherDialectAreToldInTheWordsOfTheirOwn() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    gateway
        .provider()
        .always((request, out) -> {
          ScriptedProvider.head(out, 200, "text/event-stream", "Transfer-Encoding: chunked");
          ScriptedProvider.chunk(out, request.path().endsWith("messages") ? BEGUN : FIRST);
          never.await();
        });
    // Each is asked in the dialect of the one provider and answered by the other.
    HttpResponse<InputStream> chat = gateway.post("/v1/chat/completions", asking("claude"));
    HttpResponse<InputStream> messages =
        gateway.post("/v1/messages", asking("main"), "anthropic-version", "2023-06-01");
    HttpResponse<InputStream> plain = gateway.post("/v1/chat/completions", asking("main"));
    HttpResponse<InputStream> plainMessages =
        gateway.post("/v1/messages", asking("claude"), "anthropic-version", "2023-06-01");
    String chatBegun = begun(chat, "\n\n");
    String messagesBegun = begun(messages, "content_block_delta\ndata: ");
    begun(plain, "\n\n");
    begun(plainMessages, "\n\n");

    gateway.server().ask("/api/v1/kills", KILL);

    assertThat(chatBegun).contains("chat.completion.chunk");
    assertThat(messagesBegun).startsWith("event: message_start");
    assertThat(last(chat)).isEqualTo(last(plain)).contains("it pays the wrong people");
    assertThat(last(messages)).isEqualTo(last(plainMessages)).contains("it pays the wrong people");
    gateway.newestRun(4);
    never.countDown();
  }

  /// What has come until this is there.
  private static String begun(HttpResponse<InputStream> stream, String until) throws Exception {
    StringBuilder begun = new StringBuilder();
    while (begun.indexOf(until) < 0) {
      int next = stream.body().read();
      assertThat(next).as("a stream that goes on after %s", begun).isGreaterThanOrEqualTo(0);
      begun.append((char) next);
    }
    return begun.toString();
  }

  private static String last(HttpResponse<InputStream> stream) {
    String rest = new String(GatewayServer.bytes(stream), StandardCharsets.UTF_8).strip();
    return rest.substring(rest.lastIndexOf("\n\n") + 1).strip();
  }

  private static String asking(String model) {
    return "{\"model\":\"%s\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
        .formatted(model);
  }

  private static String ask() {
    return "{\"model\":\"main\",\"stream\":true,\"messages\":[]}";
  }
}
