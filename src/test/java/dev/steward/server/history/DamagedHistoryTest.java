// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A span store that cannot be opened: told wherever somebody looks, and no reason to lose
/// anything.
class DamagedHistoryTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cut", "flipped"})
  void itIsToldEverywhereAndIngestGoesOnUntilSomebodyMendsIt(String how) throws Exception {
    Path spans = folder.resolve("spans");
    try (TestServer server = TestServer.open(folder)) {
      send(server, 1);
      server.awaitLoaded(3);
    }
    damage(spans.resolve("spans.duckdb"), how);

    try (TestServer server = TestServer.openWithoutHistory(folder)) {
      server.await("it is told", () -> reason(server).contains("is damaged"));
      assertThat(reason(server)).contains(spans + "/spans.duckdb").contains("restore a backup");
      send(server, 2);
      assertThat(server.get("/api/v1/ingest").statusCode()).isEqualTo(503);
      assertThat(server.get("/api/v1/ingest").body()).contains("is damaged").contains("move");
      assertThat(server.get("/api/v1/runs").body()).contains("is damaged").contains("move");
      assertThat(page(server, "/ingest").body()).contains("is damaged").contains("move");
      Terminal terminal = new Terminal();
      assertThat(
              terminal.run(
                  "doctor", "--server", server.uri("").toString(), "--token", server.token()))
          .isEqualTo(1);
      assertThat(terminal.said()).contains("is damaged").contains("people");

      Files.move(spans, folder.resolve("spans-damaged"));
      server.await("it is mended", () -> reason(server).isEmpty());
      server.awaitLoaded(6);
      assertThat(server.json("/api/v1/runs").get("items")).hasSize(2);
    }
  }

  @Test
  void olderDaysAreNeverForgottenByANewFile() throws Exception {
    Path day = Files.createDirectories(folder.resolve("spans/archive/day=2026-01-01"));
    Path parquet = Files.writeString(day.resolve("spans-1.parquet"), "PAR1");

    try (TestServer server = TestServer.openWithoutHistory(folder)) {
      server.await("it is told", () -> reason(server).contains("is gone"));
      assertThat(reason(server)).contains("put it back");
      send(server, 1);
      assertThat(folder.resolve("spans/spans.duckdb")).doesNotExist();
    }
    assertThat(parquet).exists();
  }

  private static void damage(Path file, String how) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    switch (how) {
      case "cut" -> Files.write(file, java.util.Arrays.copyOf(bytes, 12_288));
      case "flipped" -> {
        for (int at = 0; at < 12_288; at += 100) {
          bytes[at] ^= 0x5a;
        }
        Files.write(file, bytes);
      }
      default -> throw new IllegalArgumentException(how);
    }
  }

  private static String reason(TestServer server) {
    HttpResponse<String> ready = server.send(HttpRequest.newBuilder(server.uri("/readyz")).build());
    JsonNode told = JsonMapper.shared().readTree(ready.body());
    boolean known = !told.get("history").stringValue().equals("opening");
    return known ? told.get("reason").stringValue() : "not known yet";
  }

  private static HttpResponse<String> page(TestServer server, String path) {
    return server.send(server.request(path).header("Accept", "text/html").build());
  }

  private static void send(TestServer server, long number) {
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
                .header("Content-Type", "application/x-protobuf")
                .POST(BodyPublishers.ofByteArray(Otlp.run(number, "refunds").toByteArray()))
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
  }
}
