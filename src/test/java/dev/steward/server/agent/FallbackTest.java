// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.agent.AgentServer.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Another agent answers where the endpoint of the one that is called does not.
@Timeout(60)
class FallbackTest {
  @TempDir Path folder;
  private AgentServer agents;
  private String planner = "";

  @BeforeEach
  void open() {
    agents = new AgentServer(folder);
    planner = agents.key("planner");
    agents.spare.answers((exchange, body) -> ScriptedAgent.text(exchange, 200, "spare: " + body));
  }

  @AfterEach
  void close() {
    agents.close();
  }

  @Test
  void answersMarkedWhenTheEndpointIsGone() {
    agents.worker.close();

    Text answer = agents.post(planner, "/agents/worker/x", "{}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("spare: {}");
    assertThat(answer.header("x-steward-fallback")).isEqualTo("spare");
    agents.server.await("the call is loaded", () -> !agents.spans().isEmpty());
    JsonNode span = agents.detail(agents.spans().getFirst());
    assertThat(span.toString()).contains("steward.fallback", "spare", "cannot be reached");
  }

  @Test
  void getsTheSameBodyWhenTheEndpointFails() {
    agents.worker.answers((exchange, body) -> ScriptedAgent.text(exchange, 503, "busy"));

    Text answer = agents.post(planner, "/agents/worker/x", "x".repeat(100_000));

    assertThat(answer.body()).isEqualTo("spare: " + "x".repeat(100_000));
    assertThat(agents.worker.seen().getFirst().body()).hasSize(100_000);
  }

  @Test
  void actsOnBehalfOfWhoCouldNotAndOfAllBefore() {
    agents.worker.answers((exchange, body) -> ScriptedAgent.text(exchange, 500, ""));

    agents.post(planner, "/agents/worker/x", "{}");

    assertThat(claims(agents.worker.seen().getFirst().header("x-steward-delegation")))
        .contains("\"act\":{", "\"sub\":\"worker\"", "\"sub\":\"planner\"");
    assertThat(claims(agents.spare.seen().getFirst().header("x-steward-delegation")))
        .containsSubsequence(
            "\"act\":{\"act\":{", "\"sub\":\"worker\"", "\"sub\":\"spare\"", "\"sub\":\"planner\"");
  }

  @Test
  void anAnswerThatIsNoFailureIsTheAnswer() {
    agents.worker.answers((exchange, body) -> ScriptedAgent.text(exchange, 404, "no such order"));

    Text answer = agents.post(planner, "/agents/worker/x", "{}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("no such order");
    assertThat(answer.header("x-steward-fallback")).isEmpty();
    assertThat(agents.spare.seen()).isEmpty();
  }

  @Test
  void withoutOneTheTroubleIsTold() {
    agents.clerk.close();
    agents.server.apply(AgentServer.agent("planner", "orchestration: {delegates: [clerk]}"));

    Text answer = agents.post(planner, "/agents/clerk/x", "{}");

    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.body()).contains("The agent clerk cannot be reached");
  }

  @Test
  void aRuleThatForbidsItHolds() {
    agents.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: no-spare}
        spec: {rules: [{delegates: spare, effect: deny}]}
        """);
    agents.worker.close();

    assertThat(agents.post(planner, "/agents/worker/x", "{}").body())
        .contains("Policy denies worker to fall back to spare");
    assertThat(agents.spare.seen()).isEmpty();
  }

  static String claims(String token) {
    String payload = token.split("\\.", -1)[1];
    return new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
  }
}
