// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Iterator;
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
      spec: {rules: [{tool: "crm/asks:elicitation", effect: require_approval}]}
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
  void anAnswerThatPeopleMustAgreeToIsKeptMeanwhile() {
    mcp.server.apply(APPROVAL);
    String accept = "{\"action\":\"accept\",\"content\":{}}";
    ask();
    approve("{\"message\":\"Which one, please?\"}");
    assertThat(ask().toString()).contains("Which one, please?");

    assertThat(answer(accept).toString()).contains("a person must agree").doesNotContain("given");
    assertThat(answer(accept).toString()).contains("a person must agree").doesNotContain("given");
    approve("{\"message\":\"Which one, please?\"}");

    assertThat(answer(accept).toString()).contains("given");
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
    String params = ASK + ",\"requestState\":\"state\",\"inputResponses\":{\"q\":" + result + "}";
    return McpServer.json(mcp.send(mcp.modern(CRM, "tools/call", params)));
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
