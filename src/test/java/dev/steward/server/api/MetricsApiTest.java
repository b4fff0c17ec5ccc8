// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsApiTest {
  private final Instant start = Instant.now().minusSeconds(600);

  private TestServer server;

  @BeforeAll
  void open(@TempDir Path folder) {
    server = TestServer.open(folder);
    List<String> points = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      points.add(point("gpt-4o", start.plusSeconds(i), i));
    }
    points.add(point("gpt-4o", start.plusSeconds(6), 6));
    points.add(point("o3", start, 100));
    send("gen_ai.calls", String.join(",", points));
    send("queue.length", point("x", start, 1));
    server.await(
        "the metrics are stored", () -> server.json("/api/v1/metrics").get("items").size() == 3);
  }

  @AfterAll
  void close() {
    server.close();
  }

  private static String point(String model, Instant at, int value) {
    return "{\"timeUnixNano\":\"%d000000000\",\"asInt\":\"%d\",\"attributes\":[{\"key\":\"model\",\"value\":{\"stringValue\":\"%s\"}}]}"
        .formatted(at.getEpochSecond(), value, model);
  }

  private void send(String name, String points) {
    String body =
        "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"%s\",\"unit\":\"1\",\"gauge\":{\"dataPoints\":[%s]}}]}]}]}"
            .formatted(name, points);
    var response =
        server.send(
            HttpRequest.newBuilder(server.otlpUri("/v1/metrics"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void seriesAreListedByNamePageByPage() {
    JsonNode all = server.json("/api/v1/metrics").get("items");

    assertThat(all.valueStream().map(s -> s.get("name").stringValue()))
        .containsExactly("gen_ai.calls", "gen_ai.calls", "queue.length");
    assertThat(all.at("/0/service").stringValue()).isEqualTo("shop");
    assertThat(all.at("/0/unit").stringValue()).isEqualTo("1");
    JsonNode first = server.json("/api/v1/metrics?limit=2");
    JsonNode second =
        server.json("/api/v1/metrics?limit=2&cursor=" + first.get("next").stringValue());
    assertThat(second.at("/items/0")).isEqualTo(all.get(2));
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(server.json("/api/v1/metrics?name=queue.length").get("items")).hasSize(1);
  }

  @Test
  void pointsFollowEachOtherWithoutGapOrRepeat() {
    JsonNode first = server.json("/api/v1/metrics/gen_ai.calls?limit=5");
    JsonNode second =
        server.json(
            "/api/v1/metrics/gen_ai.calls?limit=5&cursor=" + first.get("next").stringValue());

    List<Integer> values = new ArrayList<>();
    first.get("items").forEach(p -> values.add(p.get("value").asInt()));
    second.get("items").forEach(p -> values.add(p.get("value").asInt()));
    assertThat(values).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 100);
    assertThat(second.get("next").isNull()).isTrue();
  }

  @Test
  void pointsAreOfOneSeriesAndAStretchOfTime() {
    String o3 = "";
    for (JsonNode series : server.json("/api/v1/metrics?name=gen_ai.calls").get("items")) {
      o3 =
          series.at("/attributes/model").asString().equals("o3") ? series.get("id").asString() : o3;
    }
    assertThat(server.json("/api/v1/metrics/" + o3).at("/items/0/value").asInt()).isEqualTo(100);
    assertThat(server.json("/api/v1/metrics/" + o3).get("items")).hasSize(1);
    Instant second = Instant.ofEpochSecond(start.getEpochSecond() + 2);
    assertThat(
            server
                .json(
                    "/api/v1/metrics/gen_ai.calls?from=" + second + "&to=" + second.plusSeconds(2))
                .get("items"))
        .hasSize(2);
  }

  @Test
  void whatWasNotSentIsNotFoundAndAForeignCursorIsMalformed() {
    assertThat(server.get("/api/v1/metrics/nothing").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/metrics/gen_ai.calls?cursor=x").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/metrics?cursor=x").statusCode()).isEqualTo(400);
  }
}
