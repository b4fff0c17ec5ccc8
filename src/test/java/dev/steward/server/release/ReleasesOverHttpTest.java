// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import dev.steward.server.client.ExitCode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Releases over the API and the commands, on a whole server.
class ReleasesOverHttpTest {
  private static final String PEOPLE =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: omar@example.com}
      spec: {grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: Person
      metadata: {name: vera@example.com}
      spec: {grants: [{role: viewer, teams: [lab]}]}
      """;

  private static final String TESTED =
      """
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: tested}
      spec: {environments: [staging], requires: check, check: integration-tests}
      """;

  @TempDir private Path folder;
  private final Terminal terminal = new Terminal();
  private TestServer server;

  @BeforeEach
  void open() {
    server = TestServer.openWithoutHistory(folder);
    server.apply(Yaml.fleet());
    server.apply(PEOPLE);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aVersionGoesToProductionAndBackAndThePastStaysVisible() {
    String first = inForce("development");
    toProduction();
    server.apply(Yaml.agent("refunds", "support").replace("gpt-4o", "gpt-5"));
    toProduction();
    assertThat(inForce("production")).isNotEqualTo(first);
    Instant before = Instant.now();

    assertThat(run("release", "rollback", "refunds", "--environment", "production", "--preview"))
        .isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("would roll back refunds in production");
    assertThat(inForce("production")).isNotEqualTo(first);

    assertThat(
            run(
                "release",
                "rollback",
                "refunds",
                "--environment",
                "production",
                "--reason",
                "it refunds too much"))
        .isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("rolled back refunds in production");
    assertThat(inForce("production")).isEqualTo(first);
    assertThat(stage("production", "&at=" + before).path("version").asString()).isNotEqualTo(first);
    assertThat(run("release", "status", "refunds")).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("(rolled back)").contains("canary");
  }

  @Test
  void aReportThatCiSendsOpensItsGate() {
    server.apply(TESTED);
    assertThat(run("release", "start", "refunds", "--to", "staging", "--reason", "new prompt"))
        .isEqualTo(ExitCode.DONE);
    assertThat(terminal.said())
        .contains("waiting for gates: tested")
        .contains("not enough data tested (check)");
    String id = server.json("/api/v1/releases?agent=refunds").at("/items/0/id").asString();

    assertThat(run("release", "report", "refunds", "integration-tests", "--failed")).isZero();
    server.await(
        "the gate fails", () -> release(id).at("/gates/0/verdict").asString().equals("fail"));
    assertThat(run("release", "promote", id, "--reason", "try", "--wait"))
        .isEqualTo(ExitCode.CHECK_FAILED);

    assertThat(run("release", "report", "refunds", "integration-tests", "--note", "build 7"))
        .isZero();
    server.await("it is promoted", () -> release(id).path("state").asString().equals("promoted"));
    assertThat(run("release", "status", id)).isZero();
    assertThat(terminal.said()).contains("promoted").contains("integration-tests passed");
    assertThat(inForce("staging")).isEqualTo(inForce("development"));
  }

  @Test
  void whatCannotBeIsRefusedWithItsRemedy() {
    HttpResponse<String> skipped =
        server.postJson(
            "/api/v1/releases", "{\"agent\":\"refunds\",\"to\":\"production\",\"reason\":\"now\"}");
    assertThat(skipped.statusCode()).isEqualTo(409);
    assertThat(skipped.body()).contains("no stage can be skipped");
    HttpResponse<String> canary =
        server.postJson(
            "/api/v1/releases",
            "{\"agent\":\"refunds\",\"to\":\"staging\",\"strategy\":\"jump\",\"reason\":\"x\"}");
    assertThat(canary.statusCode()).isEqualTo(422);
    assertThat(server.get("/api/v1/releases?state=odd").statusCode()).isEqualTo(400);
    assertThat(server.get("/api/v1/releases/none").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/releases/stages?agent=none").statusCode()).isEqualTo(404);
    assertThat(run("release", "hold", "none", "--reason", "x")).isEqualTo(ExitCode.WRONG_USE);
  }

  @Test
  void aReaderOfAnotherTeamSeesNothingOfIt() {
    server.apply(TESTED);
    run("release", "start", "refunds", "--to", "staging", "--reason", "new prompt");
    String id = server.json("/api/v1/releases").at("/items/0/id").asString();
    String vera = token("vera@example.com", "{\"role\":\"viewer\",\"teams\":[\"lab\"]}");

    assertThat(as(vera, "/api/v1/releases").body()).contains("\"items\":[]");
    assertThat(as(vera, "/api/v1/releases/" + id).statusCode()).isEqualTo(404);
    assertThat(as(vera, "/api/v1/releases/stages?agent=refunds").statusCode()).isEqualTo(404);
    HttpResponse<String> promoted =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/v1/releases/" + id + "/promote"))
                .header("Authorization", "Bearer " + vera)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"reason\":\"x\"}"))
                .build());
    assertThat(promoted.statusCode()).isEqualTo(404);
  }

  /// The admin's token starts; the owner and a second person agree.
  private void toProduction() {
    for (String to : new String[] {"staging", "canary", "production"}) {
      run("release", "start", "refunds", "--to", to, "--reason", "better");
    }
    String id = stage("production", "").path("open").asString();
    for (String person : new String[] {"omar@example.com", "dana@example.com"}) {
      String token = token(person, "{\"role\":\"operator\"}");
      assertThat(
              terminal.run(
                  "release",
                  "promote",
                  id,
                  "--reason",
                  "read it",
                  "--server",
                  server.uri("/").toString(),
                  "--token",
                  token))
          .isEqualTo(ExitCode.DONE);
    }
    assertThat(terminal.said()).contains("promoted");
  }

  private String token(String person, String grant) {
    return server
        .ask(
            "/api/v1/tokens",
            "{\"person\":\"" + person + "\",\"purpose\":\"test\",\"grants\":[" + grant + "]}")
        .path("token")
        .asString();
  }

  private HttpResponse<String> as(String token, String path) {
    return server.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Bearer " + token)
            .GET()
            .build());
  }

  private JsonNode release(String id) {
    return JsonMapper.shared().readTree(server.get("/api/v1/releases/" + id).body());
  }

  private String inForce(String environment) {
    return stage(environment, "").path("version").asString("");
  }

  private JsonNode stage(String environment, String more) {
    for (JsonNode stage :
        server.json("/api/v1/releases/stages?agent=refunds" + more).path("items")) {
      if (stage.path("environment").asString().equals(environment)) {
        return stage;
      }
    }
    throw new AssertionError("no stage " + environment);
  }

  private int run(String... words) {
    return terminal.run(
        Stream.concat(
                Arrays.stream(words),
                Stream.of("--server", server.uri("/").toString(), "--token", server.token()))
            .toArray(String[]::new));
  }
}
