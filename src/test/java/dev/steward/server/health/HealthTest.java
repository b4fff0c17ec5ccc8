// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What anybody may ask, and how errors are told.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthTest {
  private TestServer server;

  @BeforeAll
  void open(@TempDir Path folder) {
    server = TestServer.open(folder);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void healthAndReadinessAreOpenOnBothPorts() {
    for (URI uri : List.of(server.uri("/readyz"), server.otlpUri("/readyz"))) {
      HttpResponse<String> response = server.send(HttpRequest.newBuilder(uri).build());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(JsonMapper.shared().readTree(response.body()).get("history").stringValue())
          .isEqualTo("attached");
    }
    assertThat(open("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  void everyLineOfTheMetricsIsOneOfTheFormat() {
    String metrics = open("/metrics").body();

    assertThat(metrics).contains("steward_spans{where=\"loaded\"} 0").endsWith("\n");
    assertThat(metrics.lines())
        .allMatch(l -> l.startsWith("# ") || l.matches("[a-z_]+(\\{[a-z]+=\"[^\"]+\"})? [0-9.]+"));
  }

  @Test
  void anErrorNamesCausePlaceAndRemedy() {
    HttpResponse<String> response = server.get("/api/v1/runs/none");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JsonMapper.shared().readTree(response.body());
    assertThat(problem.get("detail").stringValue()).contains("no run none");
    assertThat(problem.get("instance").stringValue()).isEqualTo("/api/v1/runs/none");
    assertThat(problem.get("remedy").stringValue()).isNotBlank();
    assertThat(problem.get("status").asInt()).isEqualTo(404);
    assertThat(problem.get("code").stringValue()).isEqualTo("NOT_FOUND");
  }

  @Test
  void aWrongMethodNamesTheRightOnes() {
    HttpResponse<String> response = server.delete("/api/v1/runs");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void aBodyThatIsTooLargeOrNotJsonIsRefused() {
    assertThat(server.postJson("/api/v1/keys", "{").statusCode()).isEqualTo(400);
    assertThat(server.postJson("/api/v1/keys", "null").statusCode()).isEqualTo(400);
    assertThat(server.postJson("/api/v1/keys", "{\"agent\":1} {}").statusCode()).isEqualTo(400);
    assertThat(server.post("/api/v1/keys", "text/plain", "{}").statusCode()).isEqualTo(415);
  }

  @Test
  void headGivesTheHeadersOfGet() {
    HttpResponse<String> response =
        server.send(server.request("/api/v1/me").method("HEAD", BodyPublishers.noBody()).build());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void aLongAnswerIsZippedWhenThatIsWanted() {
    HttpResponse<String> zipped =
        server.send(
            server.request("/api/v1/openapi.json").header("Accept-Encoding", "gzip").build());

    assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(server.get("/api/v1/openapi.json").headers().firstValue("Content-Encoding"))
        .isEmpty();
  }

  private HttpResponse<String> open(String path) {
    return server.send(HttpRequest.newBuilder(server.uri(path)).build());
  }
}
