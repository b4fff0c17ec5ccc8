// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Questions of servers that people change, and answers that do not arrive at once.
class TakenQuestionsTest {
  private static final String CRM = "/mcp/crm";
  private static final String ASK = "\"name\":\"ask\",\"arguments\":{}";
  private static final String ACCEPT = "{\"action\":\"accept\",\"content\":{}}";
  private static final String SAMPLE =
      "{\"method\":\"sampling/createMessage\",\"params\":{\"maxTokens\":50,"
          + "\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"hi\"}}]}}";
  private static final String BY_HTTP =
      "{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\",\"message\":\"m\",\"url\":\"http://example.com/\"}}";
  private static final String APPROVAL =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: look-at-it}
      spec: {rules: [{tool: "crm/asks:elicitation", effect: require_approval, fourEyes: false}]}
      """;
  private static final String DENIED =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: no-asking}
      spec: {rules: [{tool: "crm/asks:*", effect: deny}]}
      """;

  private McpServer mcp;

  @BeforeEach
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
  }

  @AfterEach
  void stop() {
    mcp.close();
  }

  @Test
  void aModernClientIsAskedWhatAnApproverMadeOfTheQuestion() {
    mcp.server.apply(APPROVAL);
    assertThat(ask().toString()).contains("a person must agree");
    approve("{\"message\":\"Which one, please?\"}");

    JsonNode asked = ask();

    assertThat(asked.at("/inputRequests/q/params/message").asString())
        .isEqualTo("Which one, please?");
  }

  @Test
  void aLegacyClientIsAskedWhatAnApproverMadeOfTheQuestion() {
    mcp.server.apply(APPROVAL);
    String session = mcp.session(CRM);
    HttpRequest call = mcp.legacy(CRM, session, "tools/call", ASK);
    assertThat(mcp.send(call).body()).contains("a person must agree");
    approve("{\"message\":\"Which one, please?\"}");

    HttpResponse<Stream<String>> response = mcp.open(call);
    Iterator<String> lines = response.body().iterator();

    assertThat(ModernClientsTest.next(lines))
        .contains("elicitation/create")
        .contains("Which one, please?");
    response.body().close();
  }

  @Test
  void whatAnApproverMakesOfItIsHeldAgainstWhatMayBeAsked() {
    mcp.server.apply(APPROVAL);
    ask();
    approve(
        "{\"message\":\"m\",\"requestedSchema\":{\"type\":\"object\",\"properties\":{\"password\":{\"type\":\"string\"}}}}");

    assertThat(ask().toString()).contains("asks for 'password'").doesNotContain("inputRequests");
  }

  @Test
  void anAnswerThatDidNotArriveIsKeptAndChargedOnce() {
    budget(1_000_000);
    mcp.crm.question = SAMPLE;
    ask();
    mcp.crm.down = true;
    assertThat(answer(said("Hello", 1000)).toString()).doesNotContain("given");
    assertThat(used()).isEqualTo("1500");

    mcp.crm.down = false;
    assertThat(answer(said("Hello", 1000)).toString()).contains("given");
    assertThat(used()).isEqualTo("1500");
  }

  @Test
  void whoAgreesToAQuestionAgreesToItsAnswer() {
    mcp.server.apply(APPROVAL);
    ask();
    approve("{\"message\":\"Which one, please?\"}");
    assertThat(ask().toString()).contains("Which one, please?");

    assertThat(answer(ACCEPT).toString()).contains("given");

    assertThat(mcp.server.json("/api/v1/approvals").path("items").size()).isOne();
  }

  @Test
  void whatPolicyDeniesByNowIsNotAnsweredThoughPeopleAgreed() {
    mcp.server.apply(APPROVAL);
    ask();
    approve("{\"message\":\"Which one, please?\"}");
    ask();
    mcp.server.apply(DENIED);

    assertThat(answer(ACCEPT).toString())
        .contains("no policy allows it to ask")
        .doesNotContain("given");
  }

  @Test
  void anotherRuleThatAsksPeopleIsAnotherApproval() {
    mcp.server.apply(APPROVAL);
    ask();
    approve("{\"message\":\"Which one, please?\"}");
    ask();
    mcp.server.apply(APPROVAL.replace("look-at-it", "look-again"));

    assertThat(answer(ACCEPT).toString()).contains("a person must agree").doesNotContain("given");
  }

  @Test
  void whatAnotherCallWasAskedIsNoQuestionOfThisOne() {
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: only-which}
        spec: {rules: [{tool: "crm/asks:elicitation", effect: allow, when: "args.message == 'Which?'"}]}
        """);
    assertThat(ask().has("inputRequests")).isTrue();

    String other = ASK.replace("{}", "{\"account\":2}");
    String elsewhere =
        mcp.send(mcp.modern(CRM, "tools/call", answering(ASK, ACCEPT), "x-steward-run", "other"))
            .body();

    assertThat(mcp.send(mcp.modern(CRM, "tools/call", answering(other, ACCEPT))).body())
        .contains("isError")
        .doesNotContain("given");
    assertThat(elsewhere).contains("isError").doesNotContain("given");
    assertThat(answer(ACCEPT).toString()).contains("given");
  }

  @Test
  void whatIsNoAnswerIsRefusedAndNeverReachesTheServer() {
    ask();

    for (String no :
        List.of(
            "\"yes\"",
            "[1]",
            "{\"ok\":true}",
            "{\"action\":\"perhaps\"}",
            said("Hello", 1),
            "{\"action\":\"accept\",\"content\":\"secret\"}")) {
      JsonNode error = answer(no).path("error");
      assertThat(error.path("code").asInt()).as(no).isEqualTo(-32602);
      assertThat(error.path("message").asString()).as(no).contains("inputResponses.q");
    }
    String list = ASK + ",\"requestState\":\"state\",\"inputResponses\":[" + ACCEPT + "]";
    assertThat(mcp.send(mcp.modern(CRM, "tools/call", list)).body())
        .contains("-32602")
        .contains("must be an object");
    assertThat(calls()).isOne();
    assertThat(answer(ACCEPT).toString()).contains("given");
  }

  @Test
  void whatTheProtocolDoesNotKnowIsNotAsked() {
    mcp.crm.question = "{\"method\":\"shell/run\",\"params\":{\"command\":\"ls\"}}";

    assertThat(ask().toString()).contains("does not know").doesNotContain("inputRequests");
  }

  @Test
  void whatPolicyHidesOfAnAnswerTheServerNeverGets() {
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: hide-it}
        spec: {rules: [{tool: "crm/asks:*", effect: allow, redact: [card]}]}
        """);
    ask();

    String given =
        answer("{\"action\":\"accept\",\"content\":{\"card\":\"4111\",\"name\":\"Ann\"}}")
            .toString();

    assertThat(given).contains("Ann").doesNotContain("4111");
  }

  @Test
  void anotherAnswerOfItsModelIsChargedToo() {
    budget(1_000_000);
    mcp.crm.question = SAMPLE;
    ask();
    mcp.crm.down = true;
    answer(said("Hello", 1000));
    mcp.crm.down = false;

    assertThat(answer(said("Hello again", 2000)).toString()).contains("given");

    assertThat(used()).isEqualTo("4000");
  }

  @Test
  void policyLooksAgainAtAnAnswerThatIsSentAgain() {
    ask();
    mcp.crm.down = true;
    answer("{\"action\":\"accept\",\"content\":{}}");
    mcp.crm.down = false;
    mcp.server.apply(DENIED);

    assertThat(answer("{\"action\":\"accept\",\"content\":{}}").toString())
        .contains("no policy allows it to ask")
        .doesNotContain("given");
  }

  @Test
  void anAnswerToAQuestionThatNobodyKnowsIsJudgedToo() {
    mcp.server.apply(DENIED);

    assertThat(answer("{\"action\":\"accept\",\"content\":{}}").toString())
        .contains("no policy allows it to ask");
    assertThat(answer(said("Hello", 1)).toString()).contains("no policy allows it to ask");
  }

  @Test
  void ofTwoQuestionsOfWhichOneIsRefusedNoneIsCharged() {
    budget(3_000);
    mcp.crm.question = SAMPLE;
    mcp.crm.second = BY_HTTP;
    for (int i = 0; i < 3; i++) {
      assertThat(ask().toString()).contains("not by https");
    }

    mcp.crm.second = "";
    assertThat(ask().at("/inputRequests/q/params/maxTokens").asInt()).isEqualTo(50);
    assertThat(used()).isEqualTo("0");
  }

  private JsonNode ask() {
    return McpServer.json(mcp.send(mcp.modern(CRM, "tools/call", ASK))).path("result");
  }

  private JsonNode answer(String result) {
    return McpServer.json(mcp.send(mcp.modern(CRM, "tools/call", answering(ASK, result))));
  }

  private static String answering(String call, String result) {
    return call + ",\"requestState\":\"state\",\"inputResponses\":{\"q\":" + result + "}";
  }

  private long calls() {
    return mcp.crm.received().stream()
        .filter(each ->
            each.body().length > 0
                && RpcJson.read(each.body()).path("method").asString("").equals("tools/call"))
        .count();
  }

  private static String said(String text, int input) {
    return "{\"role\":\"assistant\",\"content\":{\"type\":\"text\",\"text\":\""
        + text
        + "\"},\"model\":\"gpt-4o\",\"_meta\":{\"usage\":{\"inputTokens\":"
        + input
        + ",\"outputTokens\":500}}}";
  }

  private void approve(String arguments) {
    String id = mcp.server.json("/api/v1/approvals?status=pending").at("/items/0/id").asString();
    mcp.server.ask(
        "/api/v1/approvals/" + id, "{\"answer\":\"approve\",\"arguments\":" + arguments + "}");
  }

  private void budget(int tokens) {
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Budget
        metadata: {name: tokens}
        spec: {scope: {agent: helper}, window: day, limit: {tokens: MAX}}
        """
            .replace("MAX", Integer.toString(tokens)));
  }

  private String used() {
    return mcp.server.json("/api/v1/budgets").at("/items/0/used").asString();
  }
}
