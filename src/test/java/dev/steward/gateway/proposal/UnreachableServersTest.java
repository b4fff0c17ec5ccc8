// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Tools of a ToolServer that Steward cannot call, which run in the agent's own process: nothing
/// decides on their calls later.
class UnreachableServersTest {
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"Pay Kim.\"}]}";
  private static final String ANSWER =
      "{\"id\":\"c-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-5\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":"
          + "[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"TOOL\","
          + "\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}],"
          + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";

  private static final String DESK =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: desk}
      spec:
        owner: dana@example.com
        tools:
          - {name: pay, effect: money}
          - {name: print, effect: write}
          - {name: look, effect: read}
      """;

  @TempDir Path folder;
  private ProposalServer server;

  @BeforeEach
  void open() {
    server = new ProposalServer(folder);
    server.policy(DESK);
    server.policy(
        server
            .gateway
            .manifest()
            .replace(
                "  version:\n",
                """
                  version:
                    tools:
                      - {server: desk, tools: [pay, print, look]}
                      - {server: payments, tools: [refund]}
                      - {server: local, tools: [refund]}
                """));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void waitForPeopleAsLocalOnesDo() {
    rules("{name: people, tool: desk/pay, effect: require_approval}");

    assertThat(heldBack("pay")).contains("waits for people");
    assertThat(heldBack("desk__pay")).contains("waits for people");
  }

  @Test
  void keepTheirLimitsAndGiveNothingThatMustBeHidden() {
    rules(
        "{name: seldom, tool: desk/print, effect: allow, limit: {calls: 1, per: 1h}}",
        "{name: hidden, tool: desk/look, effect: allow, redact: [iban]}");

    assertThat(answer("print")).contains("call_1");
    assertThat(heldBack("print")).contains("used up");
    assertThat(heldBack("look")).contains("must be hidden");
  }

  @Test
  void aNameThatMayMeanALocalToolWaitsForPeopleWhereverItsOtherMeaningLies() {
    rules(
        "{name: there, tool: payments/refund, effect: require_approval}",
        "{name: here, tool: local/refund, effect: require_approval}");

    assertThat(heldBack("refund")).contains("waits for people");
  }

  @Test
  void whatALocalToolDemandsIsKeptWhereItsOtherMeaningWaitsForPeopleElsewhere() {
    rules(
        "{name: there, tool: payments/refund, effect: require_approval}",
        "{name: here, tool: local/refund, effect: allow, limit: {calls: 1, per: 1h}}");

    assertThat(answer("refund")).contains("call_1");
    assertThat(heldBack("refund")).contains("used up");
  }

  private void rules(String... rules) {
    server.policy(
        "apiVersion: steward/v1\nkind: Policy\nmetadata: {name: desk}\nspec:\n  agents: [refunds]\n"
            + "  rules:\n    - "
            + String.join("\n    - ", rules)
            + "\n");
  }

  private String answer(String tool) {
    server.answers("application/json", ANSWER.replace("TOOL", tool));
    return server.ask("/v1/chat/completions", ASK);
  }

  private String heldBack(String tool) {
    String answer = answer(tool);
    JsonNode message = ProposalServer.json(answer).at("/choices/0/message");
    assertThat(message.has("tool_calls")).as(answer).isFalse();
    return message.path("content").asString();
  }
}
