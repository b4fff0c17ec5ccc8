// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.agent.AgentServer.Text;
import dev.steward.server.agent.ScriptedAgent.Seen;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Agents that call agents: the chain is carried, recorded and bounded.
@Timeout(60)
class DelegationTest {
  private static final String TOKEN = "x-steward-delegation";

  @TempDir Path folder;
  private AgentServer agents;

  @BeforeEach
  void open() {
    agents = new AgentServer(folder, Map.of("agents.depth", "3"));
  }

  @AfterEach
  void close() {
    agents.close();
  }

  @Test
  void theChainIsCarriedFromCallToCallAndRecorded() {
    agents.post(agents.key("planner"), "/agents/worker/x", "{}");
    Seen first = agents.worker.seen().getFirst();
    agents.post(
        agents.key("worker"),
        "/agents/clerk/x",
        "{}",
        TOKEN,
        first.header(TOKEN),
        "traceparent",
        first.header("traceparent"));

    assertThat(FallbackTest.claims(agents.clerk.seen().getFirst().header(TOKEN)))
        .containsSubsequence("\"sub\":\"worker\"", "\"sub\":\"clerk\"", "\"sub\":\"planner\"");
    agents.server.await("both calls are loaded", () -> agents.spans().size() == 2);
    List<JsonNode> spans = agents.spans();
    assertThat(spans)
        .allSatisfy(span -> assertThat(span.path("kind").asString()).isEqualTo("AGENT"));
    JsonNode second = agents.detail(spans.getLast());
    assertThat(second.toString()).contains("invoke_agent clerk", "steward.chain", "planner");
    String run = agents.server.json("/api/v1/runs").path("items").get(0).path("id").asString();
    JsonNode evidence = agents.server.json("/api/v1/runs/" + run + "/evidence").path("items");
    assertThat(evidence).hasSize(2);
    assertThat(evidence)
        .allSatisfy(
            call -> assertThat(call.path("verdict").asString()).isEqualToIgnoringCase("unchanged"));
  }

  @Test
  void whoHandedTheWorkOnCannotBeAskedForIt() {
    Text answer = chained("planner", "worker", "clerk", "planner");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("would go round: planner → worker → clerk → planner");
    assertThat(agents.planner.seen()).isEmpty();
  }

  @Test
  void aChainWithoutItsTokenIsKnownByItsRun() {
    agents.post(agents.key("planner"), "/agents/worker/x", "{}", "x-steward-run", "run-7");

    agents.server.apply(
        AgentServer.agent(
            "worker",
            AgentServer.endpoint(agents.worker),
            "orchestration: {delegates: [planner]}"));
    Text answer =
        agents.post(agents.key("worker"), "/agents/planner/x", "{}", "x-steward-run", "run-7");

    assertThat(answer.body()).contains("would go round: planner → worker → planner");
  }

  @Test
  void aChainWithoutItsTokenHoldsAfterARestart() {
    String narrow =
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: narrow}
        spec:
          agents: {names: [planner]}
          rules: [{delegates: clerk, effect: deny}]
        """;
    agents.server.apply(narrow);
    agents.post(agents.key("planner"), "/agents/worker/x", "{}", "x-steward-run", "run-8");
    String trace = agents.worker.seen().getLast().header("traceparent");

    agents.close();
    agents = new AgentServer(folder);
    agents.server.apply(narrow);
    String worker = agents.key("worker");

    assertThat(agents.post(worker, "/agents/clerk/x", "{}", "x-steward-run", "run-8").body())
        .contains("on behalf of planner (planner → worker)");
    assertThat(agents.post(worker, "/agents/clerk/x", "{}", "traceparent", trace).body())
        .contains("on behalf of planner (planner → worker)");
    assertThat(agents.clerk.seen()).isEmpty();
    assertThat(agents.post(worker, "/agents/clerk/x", "{}", "x-steward-run", "run-9").status())
        .as("of its own")
        .isEqualTo(200);
  }

  @Test
  void workIsHandedOnOnlySoOften() {
    agents.server.apply(
        AgentServer.agent(
            "clerk", AgentServer.endpoint(agents.clerk), "orchestration: {delegates: [spare]}"));
    agents.server.apply(
        AgentServer.agent(
            "spare", AgentServer.endpoint(agents.spare), "orchestration: {delegates: [stranger]}"));
    agents.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: all}
        spec: {rules: [{delegates: '*', effect: allow}]}
        """);

    assertThat(chained("planner", "worker", "clerk", "spare").status()).isEqualTo(200);
    Text answer =
        agents.post(
            agents.key("spare"),
            "/agents/stranger/x",
            "{}",
            TOKEN,
            agents.spare.seen().getLast().header(TOKEN));
    assertThat(answer.body()).contains("handed on 3 times", "agents.depth");
  }

  @Test
  void aTokenIsOfItsHolderAlone() {
    agents.post(agents.key("planner"), "/agents/worker/x", "{}");
    String token = agents.worker.seen().getFirst().header(TOKEN);
    String clerk = agents.key("clerk");

    assertThat(agents.post(clerk, "/agents/planner/x", "{}", TOKEN, token).body())
        .contains("is for another agent than clerk");
    assertThat(agents.post(clerk, "/agents/planner/x", "{}", TOKEN, token + "x").body())
        .contains("was not signed by this server");
  }

  @Test
  void noneMayBeAskedWhomAnEarlierOneMayNotAsk() {
    agents.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: narrow}
        spec:
          agents: {names: [planner]}
          rules: [{delegates: clerk, effect: deny}]
        """);

    Text answer = chained("planner", "worker", "clerk");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("on behalf of planner (planner → worker)");
    assertThat(agents.clerk.seen()).isEmpty();
  }

  /// Each asks the next with what came to it; the answer to the last.
  private Text chained(String... names) {
    Text answer = agents.post(agents.key(names[0]), "/agents/" + names[1] + "/x", "{}");
    for (int i = 1; i < names.length - 1; i++) {
      Seen seen = process(names[i]).seen().getLast();
      answer =
          agents.post(
              agents.key(names[i]),
              "/agents/" + names[i + 1] + "/x",
              "{}",
              TOKEN,
              seen.header(TOKEN),
              "traceparent",
              seen.header("traceparent"));
    }
    return answer;
  }

  private ScriptedAgent process(String name) {
    return switch (name) {
      case "worker" -> agents.worker;
      case "clerk" -> agents.clerk;
      case "spare" -> agents.spare;
      default -> agents.planner;
    };
  }
}
