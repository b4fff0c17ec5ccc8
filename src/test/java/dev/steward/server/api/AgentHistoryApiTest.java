// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AgentHistoryApiTest {
  private TestServer server;

  @BeforeEach
  void open(@TempDir Path folder) {
    server = TestServer.open(folder);
    server.apply(Yaml.fleet());
    server.apply(
        Yaml.agent("refunds", "support").replace("tools: [refund]", "tools: [refund, ask]"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void everyVersionSaysWhereItIsInForceAndHowItComesBack() {
    JsonNode versions = server.json("/api/v1/agents/refunds/versions").get("items");

    assertThat(versions).hasSize(2);
    assertThat(versions.get(0).get("inForce")).isEmpty();
    assertThat(versions.get(1).get("inForce").get(0).stringValue()).isEqualTo("development");
    long sequence = versions.get(0).get("sequence").asLong();
    assertThat(server.json("/api/v1/resources/Agent/refunds?at=" + sequence).toString())
        .doesNotContain("ask");
  }

  @Test
  void whatDiffersIsToldArtefactByArtefact() {
    JsonNode versions = server.json("/api/v1/agents/refunds/versions").get("items");
    String range =
        versions.get(0).get("digest").stringValue().substring(0, 12)
            + ".."
            + versions.get(1).get("digest").stringValue().substring(0, 12);

    JsonNode parts = server.json("/api/v1/agents/refunds/versions/" + range).get("items");

    List<String> differ =
        parts
            .valueStream()
            .filter(part -> !part.get("fields").isEmpty())
            .map(part -> part.get("artefact").stringValue())
            .toList();
    assertThat(parts).hasSize(7);
    assertThat(differ).containsExactly("tools");
    assertThat(server.get("/api/v1/agents/refunds/versions/odd").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/agents/refunds/versions/beef..cafe").statusCode())
        .isEqualTo(404);
    assertThat(server.get("/api/v1/agents/nobody/versions").statusCode()).isEqualTo(404);
  }

  @Test
  void activityIsToldSliceBySlice() {
    JsonNode doings = server.json("/api/v1/agents/refunds/activity?slices=3");

    assertThat(doings.get("slices")).hasSize(3);
    assertThat(doings.at("/slices/0/cost/amount").isNull()).isTrue();
    assertThat(server.json("/api/v1/agents/activity").get("items")).isEmpty();
    assertThat(server.get("/api/v1/agents/refunds/activity?slices=0").statusCode()).isEqualTo(400);
  }

  @Test
  void runsAreTakenAwayAsCsv() {
    HttpResponse<String> answer = server.get("/api/v1/runs.csv?agent=refunds");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
    assertThat(answer.body()).startsWith("run,agent,version,environment");
  }
}
