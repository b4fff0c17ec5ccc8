// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KillsApiTest {
  private static final String OLGA =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: olga@example.com}
      spec: {displayName: Olga Berg, grants: [{role: operator}]}
      """;

  @TempDir Path folder;
  private TestServer server;
  private final Terminal terminal = new Terminal();

  @BeforeEach
  void open() {
    server = TestServer.openWithoutHistory(folder);
    server.apply(Yaml.fleet());
    server.apply(OLGA);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aKillIsPlacedListedAndRestored() {
    JsonNode kill =
        server.ask(
            "/api/v1/kills",
            "{\"selector\":{\"run\":\"run-1\",\"labels\":{\"team\":\"support\"}},\"reason\":\"it"
                + " loops\"}");

    assertThat(kill.path("cut").asInt(-1)).isZero();
    assertThat(kill.path("recorded").asBoolean()).isTrue();
    assertThat(kill.path("meaning").asString()).isEqualTo("run run-1, label team=support");
    JsonNode listed = server.json("/api/v1/kills").path("items").get(0);
    assertThat(listed.path("id")).isEqualTo(kill.path("id"));
    assertThat(listed.path("reason").asString()).isEqualTo("it loops");
    assertThat(listed.path("written").asString()).isEqualTo("run=run-1,label.team=support");

    String restore = "/api/v1/kills/" + kill.path("id").asString() + "/restore";
    assertThat(server.postJson(restore, "{\"reason\":\"\"}").statusCode()).isEqualTo(422);
    server.ask(restore, "{\"reason\":\"repaired\"}");
  }

  @Test
  void everythingMustBeSaidAndAFieldUnknownIsRefused() {
    assertThat(kill("{}").statusCode()).isEqualTo(422);
    assertThat(kill("{\"everything\":false}").statusCode()).isEqualTo(422);
    assertThat(kill("null").statusCode()).isEqualTo(422);
    HttpResponse<String> unknown = kill("{\"agnet\":\"refunds\"}");
    assertThat(unknown.statusCode()).isEqualTo(400);
    assertThat(unknown.body()).contains("agent");
    assertThat(kill("{\"agent\":\"nobody\"}").statusCode()).isEqualTo(404);
    assertThat(server.json("/api/v1/kills").path("items")).isEmpty();
  }

  @Test
  void aKillOfEverythingStaysUntilASecondPersonAgrees() {
    assertThat(run("kill", "everything", "--reason", "prompt injection")).isZero();
    assertThat(terminal.said())
        .contains("killed everything: 0 calls cut")
        .contains("restoring it needs two people");
    assertThat(run("kills")).isZero();
    assertThat(terminal.said()).contains("everything", "prompt injection", "in force");

    assertThat(run("restore", "everything", "--reason", "cleaned")).isZero();
    assertThat(terminal.said()).contains("a second person must run the same command");
    assertThat(run("restore", "everything", "--reason", "cleaned")).isNotZero();
    assertThat(terminal.complained()).contains("a token that is nobody's is no person");
    assertThat(run("kills")).isZero();
    assertThat(terminal.said()).contains("restore waits for a second person");

    server.close();
    server = TestServer.openWithoutHistory(folder);
    assertThat(server.json("/api/v1/kills").path("items")).hasSize(1);

    String olga = token("olga@example.com");
    assertThat(
            terminal.run(
                "restore",
                "everything",
                "--reason",
                "I looked too",
                "--server",
                server.uri("/").toString(),
                "--token",
                olga))
        .as(terminal.complained())
        .isZero();
    assertThat(terminal.said()).contains("new calls go through");
    assertThat(server.json("/api/v1/kills").path("items")).isEmpty();
  }

  @Test
  void slipsAreToldByTheirOwnWords() {
    assertThat(run("kill", "agnet=refunds", "--reason", "x")).isEqualTo(2);
    assertThat(terminal.complained()).contains("'agnet' is nothing it can name");
    assertThat(run("restore", "agent=refunds", "--reason", "x")).isEqualTo(2);
    assertThat(terminal.complained()).contains("no kill in force has the selector agent=refunds");
    assertThat(run("restore", "some-id")).isEqualTo(2);
    assertThat(terminal.complained()).contains("KILL with --reason");
    assertThat(run("restore", "--from", "somewhere")).isEqualTo(2);
  }

  private HttpResponse<String> kill(String selector) {
    return server.postJson(
        "/api/v1/kills", "{\"selector\":" + selector + ",\"reason\":\"it loops\"}");
  }

  private int run(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 4);
    all[words.length] = "--server";
    all[words.length + 1] = server.uri("/").toString();
    all[words.length + 2] = "--token";
    all[words.length + 3] = server.token();
    return terminal.run(all);
  }

  private String token(String holder) {
    HttpResponse<String> made =
        server.send(
            server
                .request("/api/v1/tokens")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"person\":\""
                            + holder
                            + "\",\"purpose\":\"cli\",\"grants\":[{\"role\":\"operator\"}]}"))
                .build());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return JsonMapper.shared().readTree(made.body()).path("token").asString();
  }
}
