// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.agent.AgentServer.Text;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A data source is asked where the version in force reads it.
@Timeout(90)
class RetrievalTest {
  @TempDir Path folder;
  private final ScriptedAgent old = new ScriptedAgent();
  private final ScriptedAgent next = new ScriptedAgent();
  private AgentServer agents;

  @BeforeEach
  void open() {
    agents = new AgentServer(folder);
    agents.server.apply(
        """
        apiVersion: steward/v1
        kind: DataSource
        metadata: {name: handbook}
        spec: {owner: dana@example.com, type: index}
        """);
    old.answers((exchange, body) -> ScriptedAgent.text(exchange, 200, "edition 7"));
    next.answers((exchange, body) -> ScriptedAgent.text(exchange, 200, "edition 8"));
    agents.server.apply(reader(old, "7"));
  }

  @AfterEach
  void close() {
    agents.close();
    old.close();
    next.close();
  }

  private static String reader(ScriptedAgent at, String version) {
    return AgentServer.agent(
        "reader",
        AgentServer.endpoint(at),
        "data: [{name: handbook, version: \"%s\", endpoint: {url: \"%s/kb\"}}]"
            .formatted(version, at.url()));
  }

  @Test
  void aRollbackOfTheAgentRollsBackWhatItRetrievesFrom() {
    release("first");
    String key = agents.key("reader", "staging");
    assertThat(asked(key).body()).isEqualTo("edition 7");

    agents.server.apply(reader(next, "8"));
    assertThat(asked(key).body()).as("nothing is released yet").isEqualTo("edition 7");
    release("second");
    Text answer = asked(key);
    assertThat(answer.body()).isEqualTo("edition 8");
    assertThat(answer.header("x-steward-data-version")).isEqualTo("8");

    agents.server.ask(
        "/api/v1/releases/rollback",
        "{\"agent\":\"reader\",\"environment\":\"staging\",\"reason\":\"it lies\"}");

    assertThat(asked(key).body()).isEqualTo("edition 7");
  }

  @Test
  void theEndpointGetsTheCallAsItCameAndNotTheKey() {
    String key = agents.key("reader");

    Text answer =
        agents.post(key, "/data/handbook/search?top=3", "{\"query\":\"leaks\"}", "x-mine", "1");

    assertThat(answer.status()).isEqualTo(200);
    ScriptedAgent.Seen seen = old.seen().getFirst();
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.uri()).isEqualTo("/kb/search?top=3");
    assertThat(seen.body()).isEqualTo("{\"query\":\"leaks\"}");
    assertThat(seen.headers().toString()).contains("X-mine").doesNotContain(key);
    assertThat(seen.headers()).containsKey("Traceparent");
  }

  @Test
  void eachCallIsOneRetrievalOfItsRun() {
    String key = agents.key("reader");
    asked(key, "x-steward-run", "r-1");

    agents.server.await("it is loaded", () -> !agents.spans().isEmpty());
    JsonNode span = agents.spans().getFirst();

    assertThat(span.path("name").asString()).isEqualTo("retrieval handbook");
    assertThat(span.path("kind").asString()).isEqualTo("RETRIEVER");
    JsonNode run = agents.server.json("/api/v1/runs").path("items").path(0);
    assertThat(run.path("agent").asString()).isEqualTo("reader");
  }

  @Test
  void whatTheVersionDoesNotReadIsRefusedAsIfThereWereNone() {
    String key = agents.key("worker");
    Text undeclared = agents.get(key, "/data/handbook/x");
    Text unknown = agents.get(key, "/data/nothing/x");

    assertThat(undeclared.status()).isEqualTo(403);
    assertThat(undeclared.body())
        .contains("reads no data source 'handbook' through Steward")
        .contains("The data source was not reached");
    assertThat(unknown.body().replace("nothing", "handbook")).isEqualTo(undeclared.body());
    assertThat(agents.get("", "/data/handbook/x").status()).isEqualTo(401);
    assertThat(agents.get(agents.key("reader"), "/data/handbook/%2e%2e/x").status()).isEqualTo(400);
    assertThat(old.seen()).isEmpty();
  }

  @Test
  void aPathThatWouldLeaveTheEndpointIsRefused() {
    String key = agents.key("reader");
    for (String path :
        List.of(
            "/data/handbook/..%2fadmin",
            "/data/handbook/..%5cadmin",
            "/data/handbook/..;/admin",
            "/data/handbook/%252e%252e/admin",
            "/x/../data/handbook/a",
            "//data/handbook/a",
            "/data/other/../handbook/a",
            "/data%2Fhandbook/a",
            "/data/handbook%2Fa")) {
      Text refused = agents.get(key, path);
      assertThat(refused.status()).as(path + ": " + refused.body()).isEqualTo(400);
      assertThat(refused.header("Content-Type")).as(path).isEqualTo("application/problem+json");
    }
    assertThat(old.seen()).isEmpty();

    assertThat(agents.get(key, "/data/h%61ndbook/a%20b").status()).isEqualTo(200);
    assertThat(old.seen().getFirst().uri()).isEqualTo("/kb/a%20b");
  }

  @Test
  void aHeaderPassesAsOftenAsItCame() {
    agents.get(
        agents.key("reader"),
        "/data/handbook/a",
        "X-Tag",
        "a",
        "X-Tag",
        "b",
        "X_Steward_User",
        "c");

    assertThat(old.seen().getFirst().headers().get("X-tag")).containsExactly("a", "b");
    assertThat(old.seen().getFirst().headers().toString()).doesNotContainIgnoringCase("x_steward");
  }

  @Test
  void aKilledAgentRetrievesNothing() {
    String key = agents.key("reader");
    agents.server.ask("/api/v1/kills", "{\"selector\":{\"agent\":\"reader\"},\"reason\":\"stop\"}");

    Text answer = asked(key);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("An operator has stopped");
    assertThat(old.seen()).isEmpty();
  }

  @Test
  void itsProcessIsToldWhereItsDataIs() {
    release("first");
    JsonNode config =
        agents.server.json("/api/v1/agents/reader/config?environment=staging").path("data");

    assertThat(config.path(0).path("version").asString()).isEqualTo("7");
    assertThat(config.path(0).path("endpoint").path("url").asString()).isEqualTo(old.url() + "/kb");
  }

  @Test
  void aShadowReadsAndChangesNothing() throws Exception {
    release("first");
    String key = agents.key("reader", "staging");
    agents.server.apply(
        """
        apiVersion: steward/v1
        kind: Budget
        metadata: {name: shadows}
        spec: {scope: {agent: reader, shadow: true}, window: month, limit: {cost: 2, currency: USD}}
        """);
    BlockingQueue<Integer> told = new LinkedBlockingQueue<>();
    next.answers((exchange, body) -> {
      if (exchange.getRequestURI().getPath().startsWith("/base")) {
        String trace = exchange.getRequestHeaders().getFirst("traceparent");
        for (String method : List.of("DELETE", "POST", "GET")) {
          told.add(
              AgentServer.text(
                      agents.send(
                          key,
                          method,
                          "/data/handbook/docs/7",
                          BodyPublishers.noBody(),
                          "traceparent",
                          trace))
                  .status());
        }
      }
      ScriptedAgent.text(exchange, 200, "edition 8");
    });
    agents.server.apply(reader(next, "8"));
    String release =
        "/api/v1/releases/"
            + agents
                .server
                .ask(
                    "/api/v1/releases",
                    "{\"agent\":\"reader\",\"to\":\"staging\",\"strategy\":\"shadow\",\"reason\":\"try\"}")
                .path("id")
                .asString();
    agents.server.ask(
        "/api/v1/keys",
        "{\"agent\":\"reader\",\"environment\":\"staging\",\"version\":\"%s\"}"
            .formatted(agents.server.json(release).path("version").asString()));
    agents.server.await(
        "it gets copies",
        () -> agents.server.json(release).path("state").asString().equals("rolling-out"));

    assertThat(agents.post(key, "/agents/reader/x", "{}").body()).isEqualTo("edition 7");

    assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(403);
    assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(403);
    assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(next.seen().stream().filter(seen -> seen.uri().startsWith("/kb")))
        .extracting(ScriptedAgent.Seen::method)
        .containsExactly("GET");
  }

  @Test
  void aVersionThatProposesChangesNothing() {
    agents.server.ask(
        "/api/v1/releases",
        "{\"agent\":\"reader\",\"to\":\"staging\",\"strategy\":\"copilot\",\"reason\":\"try\"}");
    String key = agents.key("reader", "staging");

    Text written = agents.post(key, "/data/handbook/docs/7", "{}");

    assertThat(written.status()).isEqualTo(403);
    assertThat(written.body()).contains("copilot", "readOnly");
    assertThat(old.seen()).isEmpty();
    assertThat(asked(key).status()).isEqualTo(200);
    assertThat(agents.post(agents.key("reader"), "/data/handbook/docs/7", "{}").status())
        .as("where it acts by itself")
        .isEqualTo(200);
  }

  @Test
  void whoIsAskedReadsOnlyWhatEachWhoAskedReads() {
    agents.server.apply(
        AgentServer.agent(
            "worker",
            AgentServer.endpoint(agents.worker),
            "data: [{name: handbook, version: \"7\", endpoint: {url: \"%s/kb\"}}]"
                .formatted(old.url())));
    String worker = agents.key("worker");
    assertThat(asked(worker).status()).as("on its own behalf").isEqualTo(200);
    agents.post(agents.key("planner"), "/agents/worker/x", "{}");
    ScriptedAgent.Seen seen = agents.worker.seen().getLast();
    String token = "x-steward-delegation";

    Text byToken = asked(worker, token, seen.header(token));
    Text byTrace = asked(worker, "traceparent", seen.header("traceparent"));

    assertThat(byToken.status()).isEqualTo(403);
    assertThat(byToken.body()).contains("on behalf of planner (planner → worker)");
    assertThat(byTrace.body()).isEqualTo(byToken.body());
    assertThat(old.seen()).hasSize(1);

    agents.server.apply(
        AgentServer.agent(
            "planner",
            AgentServer.endpoint(agents.planner),
            "orchestration: {delegates: [worker]}",
            "data: [{name: handbook, version: \"7\"}]"));
    agents.post(agents.key("planner"), "/agents/worker/x", "{}");

    assertThat(asked(worker, token, agents.worker.seen().getLast().header(token)).status())
        .isEqualTo(200);
  }

  private Text asked(String key, String... headers) {
    return agents.get(key, "/data/handbook/latest", headers);
  }

  private void release(String reason) {
    agents.server.ask(
        "/api/v1/releases",
        "{\"agent\":\"reader\",\"to\":\"staging\",\"reason\":\"%s\"}".formatted(reason));
  }
}
