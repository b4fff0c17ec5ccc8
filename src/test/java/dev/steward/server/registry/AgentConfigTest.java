// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class AgentConfigTest {
  private static final String DANA =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {grants: [{role: operator}]}
      ---
      """;
  private static final String CONFIG = "/api/v1/agents/helper/config";

  private TestServer server;
  private String key;

  @BeforeEach
  void start(@TempDir Path folder) {
    server = TestServer.open(folder);
    server.apply(DANA + agent("helper", "Be brief."));
    key = key("helper");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theProcessGetsPromptsAndModelsOfItsVersionByItsOwnKey() {
    HttpResponse<String> response = get(CONFIG, "");

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode config = JsonMapper.shared().readTree(response.body());
    assertThat(config.at("/prompts/system/text").asString()).isEqualTo("Be brief.");
    assertThat(config.at("/models/0/model").asString()).isEqualTo("gpt-5");
    assertThat(config.at("/models/0/temperature").decimalValue()).isEqualByComparingTo("0.2");
    assertThat(config.path("environment").asString()).isEqualTo("development");
    assertThat(etag(response)).isEqualTo("\"" + config.path("version").asString() + "\"");
  }

  @Test
  void whatItKnowsIsNotSentAgain() {
    String etag = etag(get(CONFIG, ""));

    assertThat(get(CONFIG, etag).statusCode()).isEqualTo(304);
    assertThat(get(CONFIG, "\"other\", W/" + etag).statusCode()).isEqualTo(304);
    assertThat(get(CONFIG + "?wait=0.05", etag).statusCode()).isEqualTo(304);

    server.apply(agent("helper", "Be kind."));
    HttpResponse<String> other = get(CONFIG, etag);
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.body()).contains("Be kind.");
  }

  @Test
  void whoWaitsIsToldOfTheNextVersion() throws Exception {
    String etag = etag(get(CONFIG, ""));
    FutureTask<HttpResponse<String>> waiting =
        new FutureTask<>(() -> get(CONFIG + "?wait=60&conversation=c-1", etag));
    Thread.ofVirtual().start(waiting);
    // Another agent's version and a setting are no news.
    server.apply(agent("stranger", "Go."));
    assertThat(waiting.isDone()).isFalse();

    server.apply(agent("helper", "Be kind."));

    assertThat(waiting.get().statusCode()).isEqualTo(200);
    assertThat(waiting.get().body()).contains("Be kind.");
  }

  @Test
  void aKeyShowsNobodyElse() {
    server.apply(agent("stranger", "Go."));

    assertThat(get("/api/v1/agents/stranger/config", "").statusCode()).isEqualTo(403);
    assertThat(get(CONFIG + "?environment=production", "").statusCode()).isEqualTo(403);
    HttpRequest bare = HttpRequest.newBuilder(server.uri(CONFIG)).build();
    assertThat(server.send(bare).statusCode()).isEqualTo(401);
  }

  @Test
  void aRevokedKeyEndsTheWait() throws Exception {
    String etag = etag(get(CONFIG, ""));
    FutureTask<HttpResponse<String>> waiting =
        new FutureTask<>(() -> get(CONFIG + "?wait=60", etag));
    Thread.ofVirtual().start(waiting);
    String id = server.json("/api/v1/keys").at("/items/0/id").asString();

    assertThat(server.delete("/api/v1/keys/" + id + "?reason=lost").statusCode()).isLessThan(300);

    assertThat(waiting.get().statusCode()).isEqualTo(401);
  }

  @Test
  void aReaderWhoseTokenIsRevokedMeanwhileIsToldNothing() throws Exception {
    JsonNode issued =
        server.ask("/api/v1/tokens", "{\"purpose\":\"ci\",\"grants\":[{\"role\":\"viewer\"}]}");
    String path = CONFIG + "?environment=development";
    HttpRequest.Builder asks =
        HttpRequest.newBuilder(server.uri(path + "&wait=60"))
            .timeout(Duration.ofSeconds(90))
            .header("Authorization", "Bearer " + issued.path("token").asString())
            .header("If-None-Match", etag(server.get(path)));
    FutureTask<HttpResponse<String>> waiting = new FutureTask<>(() -> server.send(asks.build()));
    Thread.ofVirtual().start(waiting);
    assertThat(
            server
                .delete("/api/v1/tokens/" + issued.path("id").asString() + "?reason=gone")
                .statusCode())
        .isLessThan(300);
    server.apply(agent("helper", "Be kind."));

    assertThat(waiting.get().statusCode()).isEqualTo(401);
    assertThat(waiting.get().body()).doesNotContain("Be kind.");
  }

  @Test
  void aReaderMaySeeWhatAnAgentGetsWhereAVersionIsInForce() {
    assertThat(server.get(CONFIG + "?environment=development").body()).contains("Be brief.");
    HttpResponse<String> nowhere = server.get(CONFIG + "?environment=production");
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(nowhere.body()).contains("No version of helper is in force in production");
    assertThat(server.get(CONFIG).statusCode()).isEqualTo(400);
    assertThat(server.get(CONFIG + "?environment=development&wait=61").statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> get(String path, String etag) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .timeout(Duration.ofSeconds(50))
            .header("x-api-key", key);
    if (!etag.isEmpty()) {
      request.header("If-None-Match", etag);
    }
    return server.send(request.build());
  }

  private static String etag(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElse("");
  }

  private String key(String agent) {
    String body = "{\"agent\":\"" + agent + "\",\"environment\":\"development\"}";
    return server.ask("/api/v1/keys", body).get("key").asString();
  }

  private static String agent(String name, String prompt) {
    return """
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: %s}
    spec:
      owner: dana@example.com
      purpose: Helps.
      risk: minimal
      version:
        models: [{use: main, model: gpt-5, provider: openai, temperature: 0.2}]
        prompts: {system: {text: "%s"}}
    """
        .formatted(name, prompt);
  }
}
