// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.agent.AgentServer.Text;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An endpoint that is broken or full costs its callers nothing but the fallback, and is seen.
@Timeout(90)
class BrokenEndpointTest {
  private static final int CALLS_LEAST = 10;

  @TempDir Path folder;
  private AgentServer agents;
  private String planner = "";

  @BeforeEach
  void open() {
    agents = new AgentServer(folder);
    planner = agents.key("planner");
    agents.spare.answers((exchange, body) -> ScriptedAgent.text(exchange, 200, "spare"));
  }

  @AfterEach
  void close() {
    agents.close();
  }

  @Test
  void goesToTheFallbackAtOnceAndIsShownWhereSomebodyLooks() {
    agents.worker.answers((exchange, body) -> ScriptedAgent.text(exchange, 500, "broken"));
    for (int i = 0; i < CALLS_LEAST; i++) {
      assertThat(agents.post(planner, "/agents/worker/x", "{}").body()).isEqualTo("spare");
    }

    Text answer = agents.post(planner, "/agents/worker/x", "{}");

    assertThat(answer.body()).isEqualTo("spare");
    assertThat(answer.header("x-steward-fallback")).isEqualTo("spare");
    assertThat(agents.worker.seen()).as("it is spared").hasSize(CALLS_LEAST);
    JsonNode endpoint = endpoint("worker");
    assertThat(endpoint.path("environments").toString()).isEqualTo("[\"development\"]");
    JsonNode health = endpoint.path("health");
    assertThat(health.path("circuit").asString()).isEqualTo("open");
    assertThat(health.path("errors").asInt()).isEqualTo(CALLS_LEAST);
    assertThat(health.path("turnedAway").asInt()).isEqualTo(1);
    assertThat(health.path("lastError").toString()).contains("The agent worker answered 500.");
    assertThat(endpoint("clerk").path("health").path("circuit").asString()).isEqualTo("closed");
    assertThat(agents.server.get("/api/v1/findings").body())
        .contains("The endpoint of worker has failed too often and is left alone");
    assertThat(agents.server.get("/live").body()).contains("Agent, development", "Circuit open");
    assertThat(agents.server.get("/agents/worker").body())
        .contains(agents.worker.url() + "/base", "tried again in");
    Terminal terminal = new Terminal();
    String server = agents.server.uri("").toString();
    assertThat(terminal.run("doctor", "--server", server, "--token", agents.server.token()))
        .isEqualTo(1);
    assertThat(terminal.said())
        .contains("the endpoint of worker is left alone, since it failed too often");
  }

  @Test
  void oneThatHangsIsGivenUpInTheTimeThatItsVersionDeclares() {
    CountDownLatch never = new CountDownLatch(1);
    agents.worker.answers((exchange, body) -> never.await());
    redeclare("call: 1s");

    Text answer = agents.post(planner, "/agents/worker/x", "{}");

    assertThat(answer.body()).isEqualTo("spare");
    assertThat(endpoint("worker").path("health").path("lastError").toString())
        .contains("did not begin to answer in time");
  }

  @Test
  void oneThatIsFullTurnsAwayToTheFallback() throws InterruptedException {
    CountDownLatch there = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    agents.worker.answers((exchange, body) -> {
      there.countDown();
      go.await();
      ScriptedAgent.text(exchange, 200, "worker");
    });
    redeclare("concurrency: 1");
    Thread first = Thread.ofVirtual().start(() -> agents.post(planner, "/agents/worker/x", "{}"));
    there.await();

    Text second = agents.post(planner, "/agents/worker/x", "{}");

    assertThat(second.body()).isEqualTo("spare");
    assertThat(endpoint("worker").path("health").path("inFlight").asInt()).isEqualTo(1);
    go.countDown();
    first.join();
    agents.worker.answers((exchange, body) -> ScriptedAgent.text(exchange, 200, "worker"));
    assertThat(agents.post(planner, "/agents/worker/x", "{}").body()).isEqualTo("worker");
  }

  @Test
  void aCardThatCannotBeFetchedIsTroubleOfTheEndpoint() {
    agents.worker.close();

    Text answer =
        agents.post(
            planner,
            "/a2a/worker/message:send",
            "{\"message\":{\"messageId\":\"m\",\"role\":\"ROLE_USER\",\"parts\":[]}}",
            "A2A-Version",
            "1.0");

    // The fallback is asked, and says itself that it has no agent card.
    assertThat(agents.spare.seen()).isNotEmpty();
    assertThat(answer.body()).contains("The agent card of " + agents.spare.url());
    assertThat(endpoint("worker").path("health").path("errors").asInt()).isEqualTo(1);
    assertThat(endpoint("spare").path("health").path("errors").asInt()).isZero();
  }

  private void redeclare(String reach) {
    agents.server.apply(
        AgentServer.agent(
            "worker",
            "code: {endpoint: {url: \"%s/base\", %s}}".formatted(agents.worker.url(), reach),
            "orchestration: {delegates: [clerk], fallback: spare}"));
  }

  private JsonNode endpoint(String agent) {
    for (JsonNode each : agents.server.json("/api/v1/endpoints").path("items")) {
      if (each.path("agent").asString().equals(agent) && !each.path("environments").isEmpty()) {
        return each;
      }
    }
    throw new AssertionError("no endpoint of " + agent);
  }
}
