// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Retrievals on a whole server: what changed without a word marks the run, what was told does not.
class DataSourcesOverHttpTest {
  private static final String SOURCE =
      """
      apiVersion: steward/v1
      kind: DataSource
      metadata: {name: handbook}
      spec: {owner: dana@example.com, type: index, version: 1}
      """;

  private TestServer server;
  private int traces;

  @BeforeEach
  void open(@TempDir Path folder) {
    server = TestServer.open(folder);
    server.apply(Yaml.fleet());
    server.apply(SOURCE);
    server.apply(
        Yaml.agent("reader", "support")
            .replace("  version:\n", "  version:\n    data: [{name: handbook, version: 1}]\n"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aDocumentThatChangedWithoutAWordMarksTheRunAndOneThatWasToldDoesNot() {
    retrieve("Refunds up to 50.");
    assertThat(
            server
                .postJson(
                    "/api/v1/data-sources/handbook/changes",
                    "{\"documents\":[{\"id\":\"refunds.md\",\"hash\":\""
                        + dev.steward.domain.Digest.of("Refunds up to 80.").hex()
                        + "\"}],\"reason\":\"a new limit\"}")
                .statusCode())
        .isEqualTo(201);
    JsonNode told = retrieve("Refunds up to 80.");
    assertThat(told.path("undeclared")).isEmpty();
    assertThat(server.get("/runs/" + told.path("id").asString()).body())
        .contains("reader")
        .doesNotContain("Undeclared change");

    JsonNode run = retrieve("Refunds up to 8000.");

    assertThat(run.path("undeclared").toString())
        .contains("retrieved document refunds.md of handbook with another content than known");
    assertThat(server.get("/runs/" + run.path("id").asString()).body())
        .contains(
            "Undeclared change of data: the run retrieved document refunds.md of handbook with"
                + " another content than known (known sha256:");
    assertThat(server.json("/api/v1/findings").toString()).contains("undeclared-data/reader");
    assertThat(server.json("/api/v1/agents/reader/timeline").path("items").toString())
        .contains("1 documents of handbook changed, as was told", "a new limit")
        .contains("it retrieved document refunds.md");
  }

  @Test
  void whoTellsMustNameASourceThatIsThereAndDocumentsWithHashes() {
    assertThat(
            server
                .postJson(
                    "/api/v1/data-sources/nothing/changes",
                    "{\"documents\":[{\"id\":\"a\",\"hash\":\"x:1\"}],\"reason\":\"r\"}")
                .statusCode())
        .isEqualTo(404);
    assertThat(
            server
                .postJson(
                    "/api/v1/data-sources/handbook/changes",
                    "{\"documents\":[{\"id\":\"a\",\"hash\":\"\"}],\"reason\":\"r\"}")
                .statusCode())
        .isEqualTo(422);
  }

  /// The run of one retrieval, once it is seen.
  private JsonNode retrieve(String content) {
    int trace = 500 + ++traces;
    long now = System.currentTimeMillis() * 1_000_000L;
    byte[] body =
        Otlp.request(
                List.of(
                    Otlp.span(trace, 1, 0, "invoke_agent reader")
                        .setStartTimeUnixNano(now)
                        .setEndTimeUnixNano(now + 2_000)
                        .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
                        .addAttributes(Otlp.text("gen_ai.agent.name", "reader")),
                    Otlp.span(trace, 2, 1, "retrieval handbook")
                        .setStartTimeUnixNano(now)
                        .setEndTimeUnixNano(now + 1_000)
                        .addAttributes(Otlp.text("gen_ai.operation.name", "retrieval"))
                        .addAttributes(Otlp.text("gen_ai.agent.name", "reader"))
                        .addAttributes(Otlp.text("gen_ai.data_source.id", "handbook"))
                        .addAttributes(
                            Otlp.text(
                                "gen_ai.retrieval.documents",
                                "[{\"id\":\"refunds.md\",\"content\":\"" + content + "\"}]"))))
            .toByteArray();
    server.send(
        HttpRequest.newBuilder(server.uri("/v1/traces"))
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
    String id = Otlp.trace(trace);
    server.await("the run is seen", () -> server.get("/api/v1/runs/" + id).statusCode() == 200);
    return server.json("/api/v1/runs/" + id);
  }
}
