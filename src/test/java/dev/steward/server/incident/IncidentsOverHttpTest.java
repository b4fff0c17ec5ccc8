// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import dev.steward.server.client.ExitCode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What people do about incidents over the API and the commands, on a whole server.
class IncidentsOverHttpTest {
  private static final String INCIDENTS = "/api/v1/incidents";
  private static final String OPEN =
      """
      {"title":"Refunds go out twice","severity":"major","began":"2026-11-21T08:00:00Z",
       "agents":[{"agent":"refunds","environment":"production"}],"reason":"two customers called"}
      """;

  @TempDir private Path folder;
  private final Terminal terminal = new Terminal();
  private TestServer server;

  @BeforeEach
  void open() {
    server = TestServer.open(folder, Map.of());
    server.apply(Yaml.fleet());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anIncidentIsOpenedNotedOnChangedAndMeasured() {
    JsonNode opened = server.ask(INCIDENTS, OPEN);
    String path = INCIDENTS + "/" + opened.path("id").asString();
    assertThat(opened.path("status").asString()).isEqualTo("open");
    assertThat(opened.path("detectionSeconds").asLong()).isPositive();
    assertThat(opened.path("page").asString())
        .isEqualTo("/incidents/" + opened.path("id").asString());
    assertThat(server.json("/api/v1/holds").path("items").path(0).path("subjectId"))
        .isEqualTo(opened.path("id"));

    assertThat(post(path + "/notes", "{\"text\":\"the feed was stale\"}")).isEqualTo(201);
    assertThat(post(path + "/notes", "{}")).isEqualTo(422);
    assertThat(post(path + "/change", "{\"status\":\"over\",\"reason\":\"x\"}")).isEqualTo(422);
    assertThat(post(path + "/change", "{\"status\":\"contained\"}")).isEqualTo(422);
    String led = "{\"commander\":\"dana@example.com\",\"status\":\"contained\",\"reason\":\"cut\"}";
    assertThat(post(path + "/change", led)).isEqualTo(200);
    assertThat(post(path + "/change", led)).isEqualTo(409);
    assertThat(post(path + "/change", "{\"status\":\"resolved\",\"reason\":\"rolled back\"}"))
        .isEqualTo(200);
    assertThat(post(path + "/change", "{\"status\":\"open\",\"reason\":\"again\"}")).isEqualTo(409);

    JsonNode over = server.json(path);
    assertThat(over.path("commander").asString()).isEqualTo("dana@example.com");
    assertThat(over.path("status").asString()).isEqualTo("resolved");
    assertThat(over.path("containmentSeconds").isNumber()).isTrue();
    assertThat(over.path("resolutionSeconds").isNumber()).isTrue();
    assertThat(over.path("notes").path(0).path("text").asString()).isEqualTo("the feed was stale");
    assertThat(server.json("/api/v1/holds").path("items")).hasSize(1);
    assertThat(moments())
        .containsExactly(
            "good: incident's status now resolved: Refunds go out twice: rolled back",
            "good: incident's status now contained: Refunds go out twice: cut",
            "plain: incident's commander now Dana: Refunds go out twice: cut",
            "plain: noted on incident: Refunds go out twice: the feed was stale",
            "bad: major incident opened: Refunds go out twice: two customers called");
  }

  @Test
  void theAgentOfARunBelongsToItAndTheRunIsHeld() {
    String run = run();
    JsonNode opened =
        server.ask(
            INCIDENTS,
            "{\"title\":\"t\",\"severity\":\"minor\",\"runs\":[\"%s\"],\"reason\":\"r\"}"
                .formatted(run));
    assertThat(opened.path("agents").path(0).path("agent").asString()).isEqualTo("research");
    assertThat(opened.path("runs").path(0).asString()).isEqualTo(run);
    List<String> held = new ArrayList<>();
    server
        .json("/api/v1/holds")
        .path("items")
        .forEach(hold -> held.add(hold.path("subject").asString()));
    assertThat(held).containsExactlyInAnyOrder("incident", "run");
    assertThat(
            post(
                INCIDENTS,
                "{\"title\":\"t\",\"severity\":\"minor\",\"runs\":[\"none\"],\"reason\":\"r\"}"))
        .isEqualTo(404);
  }

  @Test
  void listsAreFilteredByStatusAndAgent() {
    String first = server.ask(INCIDENTS, OPEN).path("id").asString();
    String second =
        server.ask(INCIDENTS, OPEN.replace("\"refunds\"", "\"research\"")).path("id").asString();
    post(INCIDENTS + "/" + first + "/change", "{\"status\":\"resolved\",\"reason\":\"r\"}");

    assertThat(ids("")).containsExactly(second, first);
    assertThat(ids("?status=resolved")).containsExactly(first);
    assertThat(ids("?agent=research")).containsExactly(second);
    assertThat(ids("?agent=research&status=contained")).isEmpty();
    assertThat(server.get(INCIDENTS + "?status=over").statusCode()).isEqualTo(400);
  }

  @Test
  void whoMayNotSeeAnAgentOfItIsToldOfNoneAndWhoMayNotOperateChangesNothing() {
    String both =
        OPEN.replace(
            "\"agents\":[", "\"agents\":[{\"agent\":\"research\",\"environment\":\"production\"},");
    String shared = INCIDENTS + "/" + server.ask(INCIDENTS, both).path("id").asString();
    String own = INCIDENTS + "/" + server.ask(INCIDENTS, OPEN).path("id").asString();
    String other = token("operator", "research");
    String viewer = token("viewer", "refunds");
    String note = "{\"text\":\"x\"}";

    for (String path : List.of(shared, own)) {
      assertThat(send("GET", path, "", other).statusCode()).isEqualTo(404);
      assertThat(send("POST", path + "/notes", note, other).statusCode()).isEqualTo(404);
    }
    assertThat(send("GET", INCIDENTS, "", other).body()).isEqualTo("{\"items\":[]}");
    assertThat(send("POST", INCIDENTS, both, other).statusCode()).isEqualTo(403);
    assertThat(send("GET", own, "", viewer).statusCode()).isEqualTo(200);
    assertThat(send("GET", shared, "", viewer).statusCode()).isEqualTo(404);
    assertThat(send("POST", own + "/notes", note, viewer).statusCode()).isEqualTo(403);
    assertThat(send("POST", INCIDENTS, OPEN, viewer).statusCode()).isEqualTo(403);
    String timeline = "/api/v1/agents/refunds/timeline?kind=incident";
    assertThat(moments(timeline)).hasSize(2);
    assertThat(send("GET", timeline, "", viewer).body()).containsOnlyOnce("incident opened");
  }

  @Test
  void theCommandsDoTheSame() {
    assertThat(
            run(
                "incident",
                "open",
                "Refunds go out twice",
                "--severity",
                "critical",
                "--agent",
                "refunds@production",
                "--agent",
                "research",
                "--reason",
                "two customers called"))
        .isEqualTo(ExitCode.DONE);
    assertThat(terminal.said())
        .contains("critical incident", "about refunds in production, research", "led by nobody");
    String id = ids("").getFirst();
    assertThat(run("incident", "note", id, "the feed was stale")).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains(": the feed was stale");
    assertThat(run("incident", "change", id, "--severity", "grave", "--reason", "x")).isNotZero();
    assertThat(terminal.complained()).contains("critical, major or minor");
    String[] over = {"incident", "change", id, "--status", "resolved", "--reason", "rolled back"};
    assertThat(run(over)).isEqualTo(ExitCode.DONE);
    assertThat(run("incident", "show", id)).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("resolved; led by nobody", "resolved 20", "PT");
    assertThat(run("incidents", "--status", "resolved")).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("Refunds go out twice", id);
    assertThat(run("incidents", "--agent", "refunds", "--status", "open")).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("no incidents");
  }

  /// Sends a run of research and gives its id.
  private String run() {
    Otlp.send(
        server,
        Otlp.request(
            List.of(
                Otlp.span(1, 1, 0, "invoke_agent research")
                    .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
                    .addAttributes(Otlp.text("gen_ai.agent.name", "research")))));
    server.await("the run is known", () -> !runs().isEmpty());
    return runs().path(0).path("id").asString();
  }

  private JsonNode runs() {
    return server.json("/api/v1/runs?agent=research").path("items");
  }

  private List<String> ids(String query) {
    List<String> ids = new ArrayList<>();
    server
        .json(INCIDENTS + query)
        .path("items")
        .forEach(item -> ids.add(item.path("id").asString()));
    return ids;
  }

  private List<String> moments() {
    return moments("/api/v1/agents/refunds/timeline?kind=incident");
  }

  private List<String> moments(String timeline) {
    List<String> told = new ArrayList<>();
    for (JsonNode item : server.json(timeline).path("items")) {
      assertThat(item.path("page").asString()).startsWith("/incidents/");
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

  private HttpResponse<String> send(String method, String path, String body, String token) {
    return server.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build());
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
