// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.model.ScriptedProvider;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Tool calls that a model proposes in an OpenAI chat, through the whole server.
class ProposedChatTest {
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"Refund order 7.\"}]}";
  private static final String STREAM = ASK.replace("{\"model\"", "{\"stream\":true,\"model\"");
  private static final String ANSWER =
      """
      {"id":"c-1","object":"chat.completion","created":1,"model":"gpt-5","choices":[{"index":0,\
      "message":{"role":"assistant","content":null,"tool_calls":[%s]},\
      "finish_reason":"tool_calls"}],\
      "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
      """;

  @TempDir Path folder;
  private ProposalServer server;

  @BeforeEach
  void open() {
    server = new ProposalServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static String call(String id, String name, String arguments) {
    return "{\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}"
        .formatted(id, name, arguments.replace("\"", "\\\""));
  }

  private String answer(String... calls) {
    server.answers("application/json", ANSWER.formatted(String.join(",", calls)));
    return server.ask("/v1/chat/completions", ASK);
  }

  private String heldBack(String answer) {
    JsonNode choice = ProposalServer.json(answer).at("/choices/0");
    assertThat(choice.at("/message").has("tool_calls")).as(answer).isFalse();
    assertThat(choice.at("/finish_reason").asString()).isEqualTo("stop");
    return choice.at("/message/content").asString();
  }

  @Test
  void passesWhatIsAllowedAndHoldsBackTheRest() {
    server.policy(ProposalServer.POLICY);
    String said =
        answer(
            call("call_1", "delete_all", "{}"),
            call("call_2", "refund", "{\"amount\": 20}"),
            call("call_3", "note", "{\"text\":\"x\"}"));

    JsonNode message = ProposalServer.json(said).at("/choices/0/message");
    assertThat(message.at("/tool_calls")).hasSize(2);
    assertThat(message.at("/tool_calls/0/id").asString()).isEqualTo("call_2");
    assertThat(message.at("/tool_calls/1/id").asString()).isEqualTo("call_3");
    assertThat(message.at("/content").asString())
        .contains("delete_all", "not executed", "no rule allows");
    assertThat(ProposalServer.json(said).at("/choices/0/finish_reason").asString())
        .isEqualTo("tool_calls");
    JsonNode proposals = server.proposals(1);
    assertThat(proposals).hasSize(3);
    assertThat(proposals.at("/0/tool").asString()).isEqualTo("local/delete_all");
    assertThat(proposals.at("/0/decision").asString()).isEqualTo("deny");
    assertThat(proposals.at("/0/heldBack").asBoolean()).isTrue();
    assertThat(proposals.at("/1/tool").asString()).isEqualTo("payments/refund");
    assertThat(proposals.at("/1/rules/0").asString()).isEqualTo("refunds/small");
    assertThat(proposals.at("/1/heldBack").asBoolean()).isFalse();
  }

  @Test
  void holdsBackInAStream() {
    server.policy(ProposalServer.POLICY);
    server.answers(
        "text/event-stream",
        chunk("{\"role\":\"assistant\",\"content\":\"Let me see.\"}", "null"),
        chunk(
            "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"wipe\",\"arguments\":\"\"}}]}",
            "null"),
        chunk(
            "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\"\"}}]}", "null"),
        chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}", "null"),
        chunk(
            "{\"tool_calls\":[{\"index\":1,\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"payments__refund\",\"arguments\":\"{\\\"amount\\\":7}\"}}]}",
            "null"),
        chunk("{}", "\"tool_calls\""),
        "data: [DONE]\n\n");

    String said = server.ask("/v1/chat/completions", STREAM);

    assertThat(said)
        .contains("Let me see.", "wipe, which was not executed", "\"id\":\"call_2\"", "[DONE]")
        .contains("\"tool_calls\":[{\"index\":0,\"id\":\"call_2\"")
        .contains("\"finish_reason\":\"tool_calls\"")
        .doesNotContain("call_1");
    JsonNode proposals = server.proposals(1);
    assertThat(proposals.at("/0/heldBack").asBoolean()).isTrue();
    assertThat(proposals.at("/1/tool").asString()).isEqualTo("payments/refund");
    assertThat(proposals.at("/1/decision").asString()).isEqualTo("allow");
  }

  private static String chunk(String delta, String finish) {
    return "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-5\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
        .formatted(delta, finish);
  }

  @Test
  void decidesByTheArgumentsInTheTypesOfTheSchema() {
    server.policy(ProposalServer.POLICY);
    assertThat(answer(call("call_1", "refund", "{\"amount\":50}"))).contains("\"call_1\"");
    assertThat(heldBack(answer(call("call_1", "refund", "{\"amount\":\"50\"}"))))
        .contains("args.amount must be a number");
    assertThat(heldBack(answer(call("call_1", "refund", "{}")))).contains("refunds/small");
  }

  @Test
  void holdsBackArgumentsThatCannotBeRead() {
    server.policy(ProposalServer.POLICY);
    assertThat(heldBack(answer(call("call_1", "note", "{\"text\":")))).contains("no JSON");
    assertThat(heldBack(answer(call("call_1", "note", "[1]")))).contains("no JSON object");
    assertThat(heldBack(answer(call("call_1", "refund", "{\"amount\":1,\"amount\":999}"))))
        .contains("no JSON");
    assertThat(answer(call("call_1", "note", ""))).contains("\"call_1\"");
  }

  @Test
  void leavesApprovalsToTheToolGatewayWhereTheToolIsBehindIt() {
    server.policy(ProposalServer.POLICY);
    assertThat(answer(call("call_1", "refund", "{\"amount\":70}"))).contains("\"call_1\"");
    assertThat(server.proposals(1).at("/0/decision").asString()).isEqualTo("require_approval");
  }

  @Test
  void takesTheTightestOfAllToolsThatANameMayMean() {
    server.policy(
        ProposalServer.POLICY + "    - {name: never, tool: local/refund, effect: deny}\n");
    assertThat(answer(call("call_1", "mcp__payments__refund", "{\"amount\":7}")))
        .contains("\"call_1\"");
    assertThat(heldBack(answer(call("call_1", "local__refund", "{\"amount\":7}"))))
        .contains("refunds/never");
  }

  @Test
  void judgesNothingWhereNoPolicyIsAboutTheAgentsTools() {
    server.policy(
        ProposalServer.POLICY.replace("agents: [refunds]", "agents: [others]")
            + """
            ---
            apiVersion: steward/v1
            kind: Policy
            metadata: {name: models}
            spec:
              rules:
                - {model: "o3*", effect: deny}
            """);
    String all = ANSWER.formatted(call("call_1", "delete_all", "{\"a\": "));
    server.answers("application/json", all);

    assertThat(server.ask("/v1/chat/completions", ASK)).isEqualTo(all);
    assertThat(server.proposals(1)).isEmpty();
  }

  @Test
  void recordsOnlyInShadowMode() {
    server.policy(ProposalServer.POLICY.replace("spec:\n", "spec:\n  mode: shadow\n"));
    String all =
        ANSWER.formatted(
            call("call_1", "delete_all", "{ }") + " , " + call("call_2", "note", "{}"));
    server.answers("application/json", all);

    assertThat(server.ask("/v1/chat/completions", ASK)).isEqualTo(all);
    JsonNode proposals = server.proposals(1);
    assertThat(proposals.at("/0/decision").asString()).isEqualTo("none");
    assertThat(proposals.at("/0/heldBack").asBoolean()).isFalse();
    assertThat(proposals.at("/0/shadow").asString()).isEqualTo("deny");
    assertThat(proposals.at("/1/shadow").asString()).isEqualTo("allow");
  }

  @Test
  void goesOnWithTheRunInWhichACallWasHeldBack() {
    server.policy(ProposalServer.POLICY);
    String refusal = heldBack(answer(call("call_1", "wipe", "{}")));
    server.answers(
        "application/json",
        ANSWER
            .formatted("")
            .replace("\"content\":null,\"tool_calls\":[]", "\"content\":\"I cannot.\"")
            .replace("\"finish_reason\":\"tool_calls\"", "\"finish_reason\":\"stop\""));
    server.ask(
        "/v1/chat/completions",
        ASK.replace(
            "]}",
            ",{\"role\":\"assistant\",\"content\":"
                + tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(refusal)
                + "},{\"role\":\"user\",\"content\":\"Then tell me why.\"}]}"));

    server.gateway.newestRun(2);
    JsonNode runs = server.gateway.runs();
    assertThat(runs.get(0).get("conversation").asString())
        .isEqualTo(runs.get(runs.size() - 1).get("conversation").asString());
  }

  @Test
  void knowsWhatTheRunHasDone() {
    server.policy(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: order}
        spec:
          agents: [refunds]
          rules:
            - {name: first, tool: local/note, effect: allow, when: "run.steps < 5"}
            - {name: then, tool: local/mail, effect: allow, when: "'local/note' in run.tools"}
        """);
    String mail = call("call_2", "mail", "{}");
    String note = call("call_1", "note", "{}");
    assertThat(heldBack(asked("before", mail))).contains("no rule allows");
    String both = asked("both", note, mail);
    assertThat(ProposalServer.json(both).at("/choices/0/message/tool_calls")).hasSize(2);
    assertThat(asked("both", note)).contains("call_1");
    assertThat(heldBack(asked("both", note))).contains("no rule allows");
  }

  private String asked(String run, String... calls) {
    server.answers("application/json", ANSWER.formatted(String.join(",", calls)));
    return server.ask("/v1/chat/completions", ASK, "x-steward-run", run);
  }

  @Test
  void asksWhatAModelCallCanCostAtMost() {
    server.policy(
        """
        apiVersion: steward/v1
        kind: Price
        metadata: {name: gpt-5}
        spec: {provider: openai, model: gpt-5, perMillion: {input: 1, output: 10}}
        ---
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: cheap}
        spec:
          agents: [refunds]
          rules:
            - {name: dear, model: gpt-5, effect: deny, when: "cost > 0.5"}
        """);
    server.answers("application/json", ANSWER.formatted(""));
    assertThat(server.ask("/v1/chat/completions", ASK)).contains("cheap/dear");
    assertThat(
            server.ask(
                "/v1/chat/completions", ASK.replace("{\"model\"", "{\"max_tokens\":100,\"model\"")))
        .contains("\"choices\"");
  }

  @Test
  void leavesAgentsAloneThatAPolicyForAllSaysNothingOf() {
    server.policy(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: all}
        spec:
          rules:
            - {name: never, tool: "*/wipe", effect: deny}
        """
            + "---\n"
            + server.gateway.manifest());
    assertThat(answer(call("call_1", "note", "{}"))).contains("call_1");
    assertThat(heldBack(answer(call("call_1", "wipe", "{}")))).contains("all/never");
    assertThat(server.proposals(2)).hasSize(1);
  }

  @Test
  void deniesWhatNobodyAllowsWhereTheVersionListsTools() {
    server.policy(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: all}
        spec:
          rules:
            - {name: never, tool: "*/wipe", effect: deny}
        """);
    assertThat(heldBack(answer(call("call_1", "note", "{}")))).contains("no rule allows");
  }

  @Test
  void keepsTheRateOfLocalToolsAndDeniesWhatCannotBeKeptThere() {
    server.policy(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: duties}
        spec:
          agents: [refunds]
          rules:
            - {name: seldom, tool: local/note, effect: allow, limit: {calls: 1, per: 1h}}
            - {name: hidden, tool: local/mail, effect: allow, redact: [address]}
            - {name: there, tool: payments/get_order, effect: allow, redact: [iban]}
        """);
    assertThat(answer(call("call_1", "note", "{}"))).contains("call_1");
    assertThat(heldBack(answer(call("call_1", "note", "{}")))).contains("used up");
    assertThat(heldBack(answer(call("call_1", "mail", "{}")))).contains("must be hidden");
    assertThat(answer(call("call_1", "get_order", "{}"))).contains("call_1");
  }

  @Test
  void givesNobodyACallThatTheProviderDidNotFinish() {
    server.policy(ProposalServer.POLICY);
    String begun =
        chunk(
            "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"note\",\"arguments\":\"{}\"}}]}",
            "null");
    server
        .gateway
        .provider()
        .always((request, out) -> {
          ScriptedProvider.head(out, 200, "text/event-stream", "Transfer-Encoding: chunked");
          ScriptedProvider.chunk(out, begun.getBytes(StandardCharsets.UTF_8));
          throw new EOFException();
        });

    String said = server.ask("/v1/chat/completions", STREAM);

    assertThat(said).contains("broke off").doesNotContain("call_1");
    assertThat(server.proposals(1)).isEmpty();
  }
}
