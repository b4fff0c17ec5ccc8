// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The endpoint that answers is that of the version which the release gives the conversation.
@Timeout(90)
class AssignedEndpointTest {
  private static final int CONVERSATIONS = 24;

  @TempDir Path folder;

  @Test
  void aConversationStaysAtOneEndpointAndAReleaseSwitchesThem() {
    try (AgentServer agents = new AgentServer(folder)) {
      agents.worker.answers((exchange, body) -> ScriptedAgent.text(exchange, 200, "old"));
      agents.clerk.answers((exchange, body) -> ScriptedAgent.text(exchange, 200, "new"));
      agents.server.ask(
          "/api/v1/releases", "{\"agent\":\"worker\",\"to\":\"staging\",\"reason\":\"first\"}");
      agents.server.apply(AgentServer.agent("worker", AgentServer.endpoint(agents.clerk)));
      String key = agents.key("worker", "staging");
      assertThat(agents.post(key, "/agents/worker/x", "{}").body()).isEqualTo("old");

      agents.server.ask(
          "/api/v1/releases",
          "{\"agent\":\"worker\",\"to\":\"staging\",\"strategy\":\"canary\","
              + "\"terms\":{\"weight\":\"50%\"},\"reason\":\"second\"}");
      Map<String, String> answered = new HashMap<>();
      for (int i = 0; i < CONVERSATIONS; i++) {
        answered.put("c-" + i, asked(agents, key, "c-" + i));
      }
      assertThat(new HashSet<>(answered.values())).containsExactlyInAnyOrder("old", "new");
      answered.forEach(
          (conversation, answer) -> assertThat(asked(agents, key, conversation)).isEqualTo(answer));
    }
  }

  private static String asked(AgentServer agents, String key, String conversation) {
    return agents
        .post(key, "/agents/worker/x", "{}", "x-steward-conversation", conversation)
        .body();
  }
}
