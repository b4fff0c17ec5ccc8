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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KillTest {
  private static final String KILL =
      "{\"selector\":{\"agent\":\"refunds\"},\"reason\":\"it pays the wrong people\"}";
  private static final byte[] FIRST =
      "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n"
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

  private static String ask() {
    return "{\"model\":\"main\",\"stream\":true,\"messages\":[]}";
  }
}
