// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import dev.steward.server.registry.ApplyApi;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RegistryApiTest {
  private TestServer server;

  @BeforeEach
  void open(@TempDir Path folder) {
    server = TestServer.open(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anApplyTellsWhatItChanged() {
    JsonNode plan = server.apply(Yaml.fleet());

    assertThat(plan.get("applied").asBoolean()).isTrue();
    assertThat(plan.get("sequence").asLong()).isPositive();
    assertThat(changes(plan)).containsOnly("created").hasSize(3);
    assertThat(changes(server.apply(Yaml.fleet()))).containsOnly("unchanged");
  }

  @Test
  void aDryRunWritesNothing() {
    HttpResponse<String> response =
        server.post("/api/v1/apply?dryRun=true", "application/yaml", Yaml.fleet());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(changes(JsonMapper.shared().readTree(response.body()))).containsOnly("created");
    assertThat(server.json("/api/v1/resources/agents").get("items")).isEmpty();
  }

  @Test
  void aProblemRefusesEverythingAndNamesFileLineAndField() {
    String body =
        JsonMapper.shared()
            .writeValueAsString(
                new ApplyApi.Files(
                    List.of(
                        new ApplyApi.FileText("dana.yaml", Yaml.DANA),
                        new ApplyApi.FileText(
                            "refunds.yaml",
                            Yaml.agent("refunds", "support").replace("high", "prohibited")))));

    HttpResponse<String> response = server.postJson("/api/v1/apply", body);

    assertThat(response.statusCode()).isEqualTo(422);
    JsonNode problem = JsonMapper.shared().readTree(response.body()).get("problems").get(0);
    assertThat(problem.get("file").stringValue()).isEqualTo("refunds.yaml");
    assertThat(problem.get("line").asInt()).isEqualTo(7);
    assertThat(problem.get("field").stringValue()).isEqualTo("spec.risk");
    assertThat(server.json("/api/v1/resources/Person").get("items")).isEmpty();
  }

  @Test
  void anEmptyApplyIsRefused() {
    assertThat(server.post("/api/v1/apply", "application/yaml", "").statusCode()).isEqualTo(422);
    assertThat(server.post("/api/v1/apply", "text/html", "x").statusCode()).isEqualTo(415);
  }

  @Test
  void aYamlBombIsRefusedBeforeItGrows() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (before + ", ").repeat(9) + before));
    }

    HttpResponse<String> response =
        server.post("/api/v1/apply", "application/yaml", Yaml.DANA + bomb);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    assertThat(response.body().length()).isLessThan(10_000);
  }

  @Test
  void aBodyThatIsNotTextIsMalformed() {
    HttpResponse<String> response =
        server.send(
            server
                .request("/api/v1/apply")
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, (byte) 0xfe, 0x41}))
                .build());

    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void resourcesAreListedByPagesAndReadAsTheyWereDeclared() {
    server.apply(Yaml.fleet());

    JsonNode first = server.json("/api/v1/resources/agents?limit=1");
    assertThat(first.at("/items/0/metadata/name").stringValue()).isEqualTo("refunds");
    JsonNode second =
        server.json("/api/v1/resources/agents?limit=1&cursor=" + first.get("next").stringValue());
    assertThat(second.at("/items/0/metadata/name").stringValue()).isEqualTo("research");
    assertThat(second.get("next").isNull()).isTrue();
    HttpResponse<String> yaml =
        server.send(
            server
                .request("/api/v1/resources/Agent/refunds")
                .header("Accept", "application/yaml")
                .build());
    assertThat(yaml.body()).contains("kind: Agent").contains("owner: dana@example.com");
    assertThat(changes(server.apply(yaml.body()))).containsExactly("unchanged");
  }

  @Test
  void thePastCanBeAsked() {
    server.apply(Yaml.DANA);
    long before = server.apply(Yaml.agent("refunds", "support")).get("sequence").asLong();
    server.apply(Yaml.agent("refunds", "support").replace("Answers", "Refuses"));
    server.delete("/api/v1/resources/Agent/refunds");

    assertThat(server.get("/api/v1/resources/Agent/refunds").statusCode()).isEqualTo(404);
    assertThat(server.json("/api/v1/resources/Agent/refunds?at=" + before).toString())
        .contains("Answers refund requests.");
    JsonNode history = server.json("/api/v1/resources/Agent/refunds/history").get("items");
    assertThat(history).hasSize(3);
    assertThat(history.get(2).get("deleted").asBoolean()).isTrue();
  }

  @Test
  void theRegistryAnswersItsQuestions() {
    server.apply(Yaml.fleet());

    assertThat(names("/api/v1/agents")).containsExactly("refunds", "research");
    assertThat(names("/api/v1/agents?team=support")).containsExactly("refunds");
    assertThat(names("/api/v1/agents?label=team=lab&label=data=customer"))
        .containsExactly("research");
    assertThat(names("/api/v1/agents?model=gpt-4o&risk=high")).hasSize(2);
    assertThat(names("/api/v1/agents?tool=payments/refund")).hasSize(2);
    assertThat(names("/api/v1/agents?tool=payments/payout")).isEmpty();
    assertThat(names("/api/v1/agents?environment=development")).hasSize(2);
    assertThat(names("/api/v1/agents?environment=production")).isEmpty();
  }

  @Test
  void aWrongKindNamesTheNearest() {
    HttpResponse<String> response = server.get("/api/v1/resources/agnets");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("Agent");
  }

  @Test
  void holdsArePlacedAndLifted() {
    JsonNode hold =
        server.ask(
            "/api/v1/holds",
            "{\"subject\":\"conversation\",\"subjectId\":\"c1\",\"reason\":\"case 7\"}");

    assertThat(hold.get("reason").stringValue()).isEqualTo("case 7");
    assertThat(hold.get("warning").stringValue()).contains("There is no conversation c1 here now");
    assertThat(server.json("/api/v1/holds").get("items")).hasSize(1);
    String id = hold.get("id").stringValue();
    assertThat(server.delete("/api/v1/holds/" + id + "?reason=closed").statusCode()).isEqualTo(204);
    assertThat(server.json("/api/v1/holds").get("items")).isEmpty();
  }

  @Test
  void aPersonIsForgottenAndTheLedgerKeepsItsEntries() {
    server.apply(Yaml.DANA);
    long entries = server.json("/api/v1/ledger/control").get("size").asLong();

    HttpResponse<String> erased =
        server.postJson("/api/v1/people/dana@example.com/erase", "{\"reason\":\"asked to\"}");

    assertThat(erased.statusCode()).isEqualTo(204);
    assertThat(server.json("/api/v1/resources/Person").toString()).doesNotContain("dana");
    assertThat(server.json("/api/v1/ledger/control").get("size").asLong()).isGreaterThan(entries);
  }

  private List<String> names(String path) {
    return server.json(path).get("items").valueStream().map(a -> a.get("name").asString()).toList();
  }

  private static List<String> changes(JsonNode plan) {
    return plan.get("changes").valueStream().map(c -> c.get("change").asString()).toList();
  }
}
