// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// How calls go, as Prometheus reads it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentMetricsTest {
  private TestServer server;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    server = TestServer.open(folder);
    server.apply(Yaml.fleet());
    for (String agent : List.of("refunds", "stran\"ger\\")) {
      server.send(
          HttpRequest.newBuilder(server.otlpUri("/v1/traces"))
              .header("Content-Type", "application/x-protobuf")
              .POST(BodyPublishers.ofByteArray(Otlp.run(agent.length(), agent).toByteArray()))
              .build());
    }
    server.awaitLoaded(6);
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void theGenAiMetricsOfEachAgentAreThere() {
    String text = server.get("/metrics/agents").body();

    assertThat(text)
        .contains("# TYPE gen_ai_client_token_usage histogram")
        .containsPattern(
            "gen_ai_client_token_usage_sum\\{.*gen_ai_agent_name=\"refunds\".*"
                + "gen_ai_token_type=\"input\"} 1000\n")
        .containsPattern("gen_ai_client_operation_duration_seconds_count\\{.*} 1\n")
        .contains("# TYPE steward_cost_total counter")
        .contains("gen_ai_agent_name=\"stran\\\"ger\\\\\"");
    assertThat(text.lines())
        .allMatch(l ->
            l.startsWith("# ")
                || l.matches("[a-z_]+(\\{([a-z_]+=\"([^\"\\\\]|\\\\.)*\",?)*})? [0-9.]+"));
    assertThat(text.lines().filter(l -> l.startsWith("# TYPE"))).doesNotHaveDuplicates();
  }

  @Test
  void everyBucketHoldsTheOnesBelowIt() {
    List<Long> buckets =
        server
            .get("/metrics/agents")
            .body()
            .lines()
            .filter(l -> l.startsWith("gen_ai_client_operation_duration_seconds_bucket"))
            .filter(l -> l.contains("refunds"))
            .map(l -> Long.parseLong(l.substring(l.lastIndexOf(' ') + 1)))
            .toList();

    assertThat(buckets).isNotEmpty().isSorted();
    assertThat(buckets.getLast()).isEqualTo(1);
  }

  @Test
  void nobodySeesThemWithoutAToken() {
    HttpRequest open = HttpRequest.newBuilder(server.uri("/metrics/agents")).build();
    assertThat(server.send(open).statusCode()).isEqualTo(401);
    assertThat(server.send(HttpRequest.newBuilder(server.uri("/metrics")).build()).body())
        .doesNotContain("refunds");
  }

  @Test
  void whoSeesOneAgentSeesItsMetricsAlone() {
    JsonNode token =
        server.ask(
            "/api/v1/tokens",
            "{\"purpose\":\"one\",\"grants\":[{\"role\":\"viewer\",\"agents\":[\"refunds\"]}]}");
    HttpRequest scoped =
        HttpRequest.newBuilder(server.uri("/metrics/agents"))
            .header("Authorization", "Bearer " + token.get("token").stringValue())
            .build();

    assertThat(server.send(scoped).body()).contains("refunds").doesNotContain("stran");
  }

  @Test
  void whoSeesAnotherEnvironmentSeesNothingOfThisOne() {
    JsonNode token =
        server.ask(
            "/api/v1/tokens",
            "{\"purpose\":\"env\",\"grants\":[{\"role\":\"viewer\",\"environments\":[\"staging\"]}]}");
    HttpRequest scoped =
        HttpRequest.newBuilder(server.uri("/metrics/agents"))
            .header("Authorization", "Bearer " + token.get("token").stringValue())
            .build();

    assertThat(server.send(scoped).body()).doesNotContain("refunds", "stran");
  }
}
