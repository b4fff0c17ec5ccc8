// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.client.ExitCode;
import dev.steward.server.model.ScriptedProvider;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A canary from its start to its end on a whole server: conversations through the model gateway,
/// outcomes over the API, verdicts by the server itself.
class CanaryOverHttpTest {
  private static final String AGENT =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: openai}
      spec: {dialect: openai, url: "PROVIDER/v1", models: [gpt-5, gpt-5-mini]}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: refunds}
      spec:
        owner: dana@example.com
        purpose: Answers refund requests.
        risk: limited
        version: {models: [{use: main, model: gpt-5, provider: openai}]}
      """;

  private static final String OLD = "gpt-5";
  private static final String NEW = "gpt-5-mini";

  @TempDir private Path folder;
  private final Terminal terminal = new Terminal();
  private final ScriptedProvider provider = new ScriptedProvider();
  private TestServer server;
  private String key = "";

  @BeforeEach
  void open() {
    provider.always((_, out) ->
        ScriptedProvider.whole(
            out,
            200,
            "application/json",
            """
            {"id":"chatcmpl-1","model":"gpt","choices":[{"index":0,"finish_reason":"stop",\
            "message":{"role":"assistant","content":"Done."}}],\
            "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
            """
                .getBytes(StandardCharsets.UTF_8)));
    server = TestServer.open(folder);
    String manifest = AGENT.replace("PROVIDER", provider.url());
    server.apply(manifest);
    run("release", "start", "refunds", "--to", "staging", "--reason", "first");
    key =
        server
            .ask("/api/v1/keys", "{\"agent\":\"refunds\",\"environment\":\"staging\"}")
            .get("key")
            .asString();
    server.apply(manifest.replace("model: gpt-5,", "model: gpt-5-mini,"));
  }

  @AfterEach
  void close() {
    server.close();
    provider.close();
  }

  @Test
  void aBadOneIsRolledBackByItselfAndARestartInTheMiddleMovesNobody() {
    String id = start("--weight", "50%");
    assertThat(terminal.said()).contains("rolling out").contains("50% of the conversations");
    Map<String, String> models = converse(0, 25);
    assertThat(Set.copyOf(models.values())).containsExactlyInAnyOrder(OLD, NEW);
    Instant before = Instant.now();

    server.close();
    server = TestServer.open(folder);
    assertThat(run("release", "weight", id, "75%", "--reason", "more")).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("75% of the conversations");
    assertThat(converse(0, 25)).isEqualTo(models);

    models.putAll(converse(25, 135));
    tell(models, 135, "failure");
    server.await("it is rolled back", () -> state(id).equals("rolled-back"));

    assertThat(Set.copyOf(converse(0, 25).values())).containsExactly(OLD);
    JsonNode last = last(id);
    assertThat(last.path("verdict").asString()).isEqualTo("roll-back");
    assertThat(run("release", "verdict", id)).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("roll back").contains("success");
    assertThat(stage("&at=" + before).path("open").asString()).isEqualTo(id);
    assertThat(stage("").path("open").isNull()).isTrue();
    assertThat(stage("").path("version")).isEqualTo(stage("&at=" + before).path("version"));
  }

  @Test
  void aGoodOneIsPromotedForAll() {
    String id = start("--weight", "50%");
    Map<String, String> models = converse(0, 80);
    tell(models, 80, "success");
    server.await("it is promoted", () -> state(id).equals("promoted"));

    assertThat(Set.copyOf(converse(0, 10).values())).containsExactly(NEW);
    assertThat(last(id).path("rule").asString()).isEqualTo("shown-good");
    assertThat(server.json("/api/v1/releases/" + id + "/canary").path("curve").size())
        .isGreaterThan(20);
  }

  @Test
  void anInconclusiveOneIsHeldUntilAPersonDecides() {
    String id = start("--weight", "50%", "--limit", "3s");
    Map<String, String> models = converse(0, 12);
    tell(models, 12, "success");
    server.await("its time is over", () -> state(id).equals("held"));

    assertThat(last(id).path("verdict").asString()).isEqualTo("inconclusive");
    assertThat(last(id).path("rule").asString()).isEqualTo("time-over");
    assertThat(run("release", "verdict", id)).isEqualTo(ExitCode.DONE);
    assertThat(terminal.said()).contains("inconclusive");
    assertThat(Set.copyOf(converse(100, 120).values())).as("nobody new").containsExactly(OLD);

    server.close();
    server = TestServer.open(folder);
    assertThat(state(id)).isEqualTo("held");
    assertThat(run("release", "weight", id, "75%", "--reason", "longer"))
        .as("its time stays over")
        .isEqualTo(ExitCode.WRONG_USE);
    assertThat(run("release", "promote", id, "--reason", "good enough")).isEqualTo(ExitCode.DONE);
    assertThat(state(id)).isEqualTo("promoted");
    assertThat(Set.copyOf(converse(0, 12).values())).containsExactly(NEW);
  }

  @Test
  void aProcessIsToldTheVersionThatItsConversationGets() {
    start("--weight", "50%");
    Map<String, String> asked = new TreeMap<>();
    for (int i = 0; i < 25; i++) {
      asked.put("c-" + i, config("c-" + i).at("/models/0/model").asString());
    }
    assertThat(Set.copyOf(asked.values())).containsExactlyInAnyOrder(OLD, NEW);
    assertThat(converse(0, 25)).isEqualTo(asked);
  }

  @Test
  void whatCannotBeIsRefused() {
    HttpResponse<String> wrong =
        server.postJson(
            "/api/v1/releases",
            "{\"agent\":\"refunds\",\"to\":\"staging\",\"strategy\":\"canary\","
                + "\"terms\":{\"weight\":\"150%\"},\"reason\":\"x\"}");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("weight");
    String id = start("--weight", "10%");
    assertThat(run("release", "weight", id, "10%", "--reason", "same"))
        .isEqualTo(ExitCode.WRONG_USE);
    assertThat(server.get("/api/v1/releases/none/canary").statusCode()).isEqualTo(404);
    assertThat(run("release", "rollback", "refunds", "--environment", "staging", "--reason", "no"))
        .isEqualTo(ExitCode.DONE);
    assertThat(state(id)).isEqualTo("rolled-back");
  }

  private String start(String... more) {
    String[] words = {
      "release",
      "start",
      "refunds",
      "--to",
      "staging",
      "--strategy",
      "canary",
      "--accepted-loss",
      "25%",
      "--guardrail",
      "failure",
      "--least-units",
      "20",
      "--least-time",
      "0s",
      "--reason",
      "new"
    };
    assertThat(run(Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new)))
        .isEqualTo(ExitCode.DONE);
    return stage("").path("open").asString();
  }

  /// The model that each conversation was answered by.
  private Map<String, String> converse(int from, int to) {
    Map<String, String> models = new TreeMap<>();
    for (int i = from; i < to; i++) {
      String conversation = "c-" + i;
      HttpResponse<String> answer =
          server.send(
              HttpRequest.newBuilder(server.uri("/v1/chat/completions"))
                  .header("Content-Type", "application/json")
                  .header("Authorization", "Bearer " + key)
                  .header("x-steward-conversation", conversation)
                  .POST(
                      BodyPublishers.ofString(
                          "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"hi "
                              + i
                              + "\"}]}"))
                  .build());
      assertThat(answer.statusCode()).isEqualTo(200);
      models.put(
          conversation,
          JsonMapper.shared().readTree(provider.last().text()).path("model").asString());
    }
    return models;
  }

  /// What the agent's process gets for a conversation.
  private JsonNode config(String conversation) {
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(
                    server.uri("/api/v1/agents/refunds/config?conversation=" + conversation))
                .header("Authorization", "Bearer " + key)
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  /// Tells how the newest run of each conversation ended: with success by the old version.
  private void tell(Map<String, String> models, int conversations, String ofTheNew) {
    Map<String, String> runs = new HashMap<>();
    server.await(
        "a run of each conversation is seen",
        () -> {
          String cursor = "";
          do {
            JsonNode page = server.json("/api/v1/runs?limit=500" + cursor);
            for (JsonNode run : page.path("items")) {
              runs.put(run.path("conversation").asString(), run.path("id").asString());
            }
            String next = page.path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
          } while (!cursor.isEmpty());
          return runs.size() == conversations;
        });
    runs.forEach((conversation, run) ->
        server.ask(
            "/api/v1/runs/" + run + "/outcome",
            "{\"label\":\""
                + (NEW.equals(models.get(conversation)) ? ofTheNew : "success")
                + "\"}"));
  }

  private String state(String id) {
    return server.json("/api/v1/releases/" + id).path("state").asString();
  }

  private JsonNode last(String id) {
    JsonNode judgements = server.json("/api/v1/releases/" + id).at("/canary/judgements");
    return judgements.get(judgements.size() - 1);
  }

  private JsonNode stage(String more) {
    for (JsonNode stage :
        server.json("/api/v1/releases/stages?agent=refunds" + more).path("items")) {
      if (stage.path("environment").asString().equals("staging")) {
        return stage;
      }
    }
    throw new AssertionError("no staging");
  }

  private int run(String... words) {
    return terminal.run(
        Stream.concat(
                Arrays.stream(words),
                Stream.of("--server", server.uri("/").toString(), "--token", server.token()))
            .toArray(String[]::new));
  }
}
