// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Calls of tools in the agent's own process, to which people must agree.
class ProposedApprovalTest {
  private static final String ASK =
      "{\"model\":\"claude\",\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"Write"
          + " to Kim.\"}]}";
  private static final String ANSWER =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[\
      {"type":"thinking","thinking":"Hm.","signature":"Eq\\/+=="},\
      {"type":"tool_use","id":"toolu_1","name":"mail","input":{"to":"%s"}}],\
      "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}\
      """;

  @TempDir Path folder;
  private ProposalServer server;

  @BeforeEach
  void open() {
    server = new ProposalServer(folder);
    server.policy(ProposalServer.POLICY);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String answer(String to) {
    server.answers("application/json", ANSWER.formatted(to));
    return server.ask("/v1/messages", ASK, "x-steward-run", "letters");
  }

  private JsonNode pending() {
    return server.gateway.server().json("/api/v1/approvals?status=pending").get("items");
  }

  private void approve(JsonNode approval, String more) {
    server
        .gateway
        .server()
        .ask(
            "/api/v1/approvals/" + approval.get("id").asString(),
            "{\"answer\":\"approve\",\"reason\":\"fine\"" + more + "}");
  }

  @Test
  void namesTheApprovalAndPassesOnceItIsGranted() {
    String refused = answer("kim@example.com");
    JsonNode approval = pending().get(0);
    JsonNode block = ProposalServer.json(refused).at("/content/1");
    assertThat(block.at("/type").asString()).isEqualTo("text");
    assertThat(block.at("/text").asString())
        .contains("waits for people", approval.get("id").asString());
    assertThat(ProposalServer.json(refused).at("/stop_reason").asString()).isEqualTo("end_turn");
    assertThat(refused)
        .contains("{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"Eq\\/+==\"}");

    assertThat(answer("kim@example.com")).doesNotContain("tool_use");
    assertThat(pending()).hasSize(1);
    approve(approval, "");
    assertThat(answer("else@example.com")).doesNotContain("tool_use");
    assertThat(answer("kim@example.com")).isEqualTo(ANSWER.formatted("kim@example.com"));

    assertThat(answer("kim@example.com")).as("an approval is used once").doesNotContain("tool_use");
  }

  @Test
  void passesTheArgumentsThatPeopleAgreedTo() {
    answer("kim@example.com");
    approve(pending().get(0), ",\"arguments\":{\"to\":\"team@example.com\"}");

    String passed = answer("kim@example.com");

    assertThat(ProposalServer.json(passed).at("/content/1/input/to").asString())
        .isEqualTo("team@example.com");
    assertThat(ProposalServer.json(passed).at("/stop_reason").asString()).isEqualTo("tool_use");
  }

  @Test
  void saysWhatWasDecidedInTheSpan() {
    answer("kim@example.com");
    String approval = pending().get(0).get("id").asString();

    JsonNode proposals = server.proposals(1);

    assertThat(proposals.at("/0/decision").asString()).isEqualTo("require_approval");
    assertThat(proposals.at("/0/heldBack").asBoolean()).isTrue();
    assertThat(proposals.at("/0/approval").asString()).isEqualTo(approval);
  }

  @Test
  void peoplesTimeIsOnTheModelCallThatGotTheAnswerAndOnNoOther() {
    answer("kim@example.com");
    approve(pending().get(0), ",\"minutes\":2.5");
    answer("kim@example.com");
    answer("kim@example.com");

    JsonNode run = server.gateway.newestRun(3);
    List<String> told = new ArrayList<>();
    for (JsonNode span : run.get("spans")) {
      String path =
          "/api/v1/runs/" + run.get("id").asString() + "/spans/" + span.get("spanId").asString();
      if (server.gateway.server().get(path).body().contains("steward.review.minutes")) {
        told.add(path);
      }
    }
    assertThat(told).hasSize(1);
  }

  @Test
  void deniesWhatPeopleDenied() {
    answer("kim@example.com");
    server
        .gateway
        .server()
        .ask(
            "/api/v1/approvals/" + pending().get(0).get("id").asString(),
            "{\"answer\":\"deny\",\"reason\":\"not to Kim\"}");

    assertThat(answer("kim@example.com")).contains("not to Kim").doesNotContain("tool_use");
  }
}
