// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.command.Command;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import dev.steward.server.client.ExitCode;
import dev.steward.server.wiring.ServerItself;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What people do about baselines and drift over the API and the commands, on a whole server.
class DriftOverHttpTest {
  private static final Instant THEN = Instant.parse("2026-11-21T08:00:00Z");
  private static final String BASELINE = "/api/v1/agents/refunds/baseline";

  @TempDir private Path folder;
  private final Terminal terminal = new Terminal();
  private TestServer server;

  @BeforeEach
  void open() {
    server = TestServer.openWithoutHistory(folder);
    server.apply(Yaml.fleet());
    server.close();
    ServerItself.submit(
        folder,
        new Command.LearnBaseline("refunds", "production", "undeclared", 500, THEN, THEN, "{}"),
        drift("d-1", "up"),
        drift("d-2", "down"));
    server = TestServer.openWithoutHistory(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anAlarmIsClosedOnceAndABaselineLetGoOnce() {
    assertThat(post("/api/v1/drift/d-1/close", "{\"reason\":\"as wanted\"}")).isEqualTo(204);
    assertThat(post("/api/v1/drift/d-1/close", "{\"reason\":\"as wanted\"}")).isEqualTo(409);
    assertThat(post("/api/v1/drift/d-2/close", "{}")).isEqualTo(422);
    assertThat(post("/api/v1/drift/d-3/close", "{\"reason\":\"x\"}")).isEqualTo(404);

    String wanted = "{\"environment\":\"production\",\"reason\":\"a new catalogue\"}";
    assertThat(post(BASELINE, "{\"reason\":\"a new catalogue\"}")).isEqualTo(422);
    assertThat(post(BASELINE, "{\"environment\":\"production\"}")).isEqualTo(422);
    assertThat(post(BASELINE.replace("refunds", "refund"), wanted)).isEqualTo(404);
    assertThat(post(BASELINE, wanted)).isEqualTo(204);
    assertThat(post(BASELINE, wanted)).isEqualTo(409);
    assertThat(post("/api/v1/drift/d-2/close", "{\"reason\":\"x\"}")).isEqualTo(409);

    assertThat(told())
        .containsExactly(
            "plain: baseline in production let go: a new catalogue",
            "plain: alarm that success went up closed: as wanted",
            "warning: drift in production: success went down: 91 % against 85 %",
            "warning: drift in production: success went up: 91 % against 85 %",
            "plain: baseline in production learnt: From 500 runs of version undeclared.");
  }

  @Test
  void whoMayNotSeeTheAgentFindsNoAlarmAndWhoMayNotOperateChangesNothing() {
    String reason = "{\"reason\":\"x\"}";
    String other = token("operator", "research");
    String viewer = token("viewer", "refunds");
    assertThat(post("/api/v1/drift/d-1/close", reason, other)).isEqualTo(404);
    assertThat(post("/api/v1/drift/d-1/close", reason, viewer)).isEqualTo(403);
    String wanted = "{\"environment\":\"production\",\"reason\":\"x\"}";
    assertThat(post(BASELINE, wanted, other)).isEqualTo(403);
    assertThat(post(BASELINE, wanted, viewer)).isEqualTo(403);
    assertThat(told()).hasSize(3);
  }

  @Test
  void theCommandsDoTheSame() {
    assertThat(run("drift", "close", "d-1", "--reason", "as wanted")).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("closed d-1");
    assertThat(run("drift", "close", "d-1", "--reason", "as wanted")).isNotZero();
    assertThat(terminal.complained()).contains("closed already");
    String[] relearn = {
      "baseline", "relearn", "refunds", "--environment", "production", "--reason", "new season"
    };
    assertThat(run(relearn)).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("let go the baseline of refunds in production");
    assertThat(run(relearn)).isNotZero();
    assertThat(terminal.complained()).contains("no baseline of refunds is in force");
    assertThat(run("timeline", "refunds", "--kind", "drift")).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("new season").doesNotContain(" declared");
  }

  private static Command drift(String id, String direction) {
    return new Command.TellDrift(
        id, "refunds", "production", "success", direction, 700, THEN, "91 % against 85 %", "{}");
  }

  private List<String> told() {
    List<String> told = new ArrayList<>();
    for (JsonNode item : server.json("/api/v1/agents/refunds/timeline?kind=drift").path("items")) {
      assertThat(item.path("kind").asString()).isEqualTo("drift");
      assertThat(item.path("environment").asString()).isEqualTo("production");
      assertThat(item.path("page").asString()).isEqualTo("/drift/refunds/production");
      told.add(
          "%s: %s: %s"
              .formatted(
                  item.path("tone").asString(),
                  item.path("title").asString(),
                  item.path("detail").asString()));
    }
    return told;
  }

  private int post(String path, String body) {
    return server.postJson(path, body).statusCode();
  }

  private int post(String path, String body, String token) {
    return server
        .send(
            HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build())
        .statusCode();
  }

  private String token(String role, String agent) {
    return server
        .ask(
            "/api/v1/tokens",
            "{\"purpose\":\"test\",\"grants\":[{\"role\":\"%s\",\"agents\":[\"%s\"]}]}"
                .formatted(role, agent))
        .path("token")
        .asString();
  }

  private int run(String... words) {
    String[] all =
        Stream.concat(
                Arrays.stream(words),
                Stream.of("--server", server.uri("/").toString(), "--token", server.token()))
            .toArray(String[]::new);
    return terminal.run(all);
  }
}
