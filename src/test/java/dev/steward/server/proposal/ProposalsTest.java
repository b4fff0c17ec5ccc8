// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Changes that wait for a second person, over HTTP and from a terminal.
@Timeout(120)
class ProposalsTest {
  private static final String PROPOSALS = "/api/v1/proposals";

  @TempDir private Path folder;
  private final Terminal terminal = new Terminal();
  private TestServer server;
  private String olga;

  @BeforeEach
  void start() {
    server = TestServer.open(folder.resolve("data"));
    assertThat(apply(PEOPLE + AGENT + budget("10")).statusCode()).isEqualTo(200);
    for (String stage : new String[] {"staging", "canary"}) {
      server.ask(
          "/api/v1/releases",
          "{\"agent\":\"lookup\",\"to\":\"%s\",\"reason\":\"better\"}".formatted(stage));
    }
    olga = token("olga@example.com", "operator");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aWideningIsAnsweredWithAProposalThatASecondPersonAccepts() {
    HttpResponse<String> answer = apply(budget("20"));
    assertThat(answer.statusCode()).isEqualTo(202);
    JsonNode plan = JsonMapper.shared().readTree(answer.body());
    assertThat(plan.path("applied").asBoolean()).isFalse();
    assertThat(plan.at("/proposal/widens/0").asString())
        .isEqualTo("budget all: 10 USD a day becomes 20 USD a day for lookup in canary");
    String id = plan.at("/proposal/id").asString();
    assertThat(limit()).isEqualTo("10");

    JsonNode one = server.json(PROPOSALS + "/" + id);
    assertThat(one.path("status").asString()).isEqualTo("open");
    assertThat(one.at("/changes/0/fields/0/after").asString()).isEqualTo("20");
    assertThat(one.at("/changes/0/manifest").asString()).contains("cost: 20");
    assertThat(server.json(PROPOSALS + "?status=open").path("items")).hasSize(1);
    assertThat(server.json(PROPOSALS + "/" + id + "/preview").path("calls").asInt()).isZero();

    String reason = "{\"reason\":\"looked at it\"}";
    assertThat(server.postJson(PROPOSALS + "/" + id + "/accept", reason).statusCode())
        .as("a token that is nobody's is no second person")
        .isEqualTo(403);
    String vera = token("vera@example.com", "viewer");
    assertThat(answer(vera, id, "accept").statusCode()).isEqualTo(403);
    assertThat(limit()).isEqualTo("10");

    assertThat(answer(olga, id, "accept").statusCode()).isEqualTo(200);
    assertThat(limit()).isEqualTo("20");
    assertThat(server.json(PROPOSALS + "/" + id).at("/answer/reason").asString())
        .isEqualTo("looked at it");
    assertThat(answer(olga, id, "reject").statusCode()).isEqualTo(409);
  }

  @Test
  void aNarrowingAndWhatChangesNothingActAtOnce() {
    assertThat(apply(budget("5")).statusCode()).isEqualTo(200);
    assertThat(apply(budget("5")).statusCode()).isEqualTo(200);
    assertThat(limit()).isEqualTo("5");
  }

  @Test
  void aDeletedBudgetWaitsToo() {
    HttpResponse<String> answer = server.delete("/api/v1/resources/budgets/all");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(limit()).isEqualTo("10");
    String id = JsonMapper.shared().readTree(answer.body()).at("/proposal/id").asString();
    assertThat(answer(olga, id, "accept").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/resources/budgets/all").statusCode()).isEqualTo(404);
  }

  @Test
  void theTerminalTellsWhatWaitsAndAnswersIt() throws IOException {
    Path file = Files.writeString(folder.resolve("budget.yaml"), budget("20"));
    assertThat(run(server.token(), "diff", "-f", file.toString())).isEqualTo(1);
    assertThat(terminal.said()).contains("would wait for a second person");
    assertThat(server.json(PROPOSALS).path("items")).isEmpty();

    assertThat(run(server.token(), "apply", "-f", file.toString()))
        .as("a script must not go on as if it were done")
        .isEqualTo(1);
    String id = server.json(PROPOSALS).at("/items/0/id").asString();
    assertThat(terminal.said()).contains("steward accept " + id).contains("+ budget all: 10 USD");
    assertThat(run(olga, "proposals")).isZero();
    assertThat(terminal.said()).contains(id).contains("Budget/all");
    assertThat(run(olga, "proposals", id)).isZero();
    assertThat(terminal.said()).contains("(expansion)").contains("spec.limit.cost");
    assertThat(run(olga, "accept", id, "--reason", "looked at it")).isZero();
    assertThat(terminal.said()).contains("accepted by").contains("looked at it");
    assertThat(limit()).isEqualTo("20");

    assertThat(apply(budget("30")).statusCode()).isEqualTo(202);
    String next = server.json(PROPOSALS + "?status=open").at("/items/0/id").asString();
    assertThat(run(olga, "reject", next, "--reason", "too much")).isZero();
    assertThat(terminal.said()).contains("rejected by");
    assertThat(run(olga, "proposals")).isZero();
    assertThat(terminal.said()).contains("nothing waits for a second person");
    assertThat(limit()).isEqualTo("20");
  }

  private String limit() {
    return server.json("/api/v1/resources/budgets/all").at("/spec/limit/cost").asString();
  }

  private HttpResponse<String> apply(String yaml) {
    return server.post("/api/v1/apply", "application/yaml", yaml);
  }

  private HttpResponse<String> answer(String token, String id, String word) {
    return server.send(
        HttpRequest.newBuilder(server.uri(PROPOSALS + "/" + id + "/" + word))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"reason\":\"looked at it\"}"))
            .build());
  }

  private String token(String person, String role) {
    return server
        .ask(
            "/api/v1/tokens",
            "{\"person\":\"%s\",\"purpose\":\"test\",\"grants\":[{\"role\":\"%s\"}]}"
                .formatted(person, role))
        .path("token")
        .asString();
  }

  private int run(String token, String... words) {
    String[] all = Arrays.copyOf(words, words.length + 4);
    all[words.length] = "--server";
    all[words.length + 1] = server.uri("/").toString();
    all[words.length + 2] = "--token";
    all[words.length + 3] = token;
    return terminal.run(all);
  }

  private static final String PEOPLE =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: olga@example.com}
      spec: {grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: Person
      metadata: {name: vera@example.com}
      spec: {grants: [{role: viewer}]}
      ---
      """;

  private static final String AGENT =
      """
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: lookup}
      spec: {owner: olga@example.com, purpose: Looks up., risk: limited}
      ---
      """;

  private static String budget(String limit) {
    return """
    apiVersion: steward/v1
    kind: Budget
    metadata: {name: all}
    spec: {window: day, limit: {cost: %s, currency: USD}}
    """
        .formatted(limit);
  }
}
