// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What servers ask of clients, and what it costs.
class AskingTest {
  private static final String CRM = "/mcp/crm";
  private static final String ASK = "\"name\":\"ask\",\"arguments\":{}";
  private static final String SAMPLE =
      """
      {"method":"sampling/createMessage","params":{"maxTokens":50,
       "messages":[{"role":"user","content":{"type":"text","text":"hi"}}]}}\
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
  void aFormThatAsksForASecretNeverReachesALegacyClient() {
    mcp.crm.question =
        """
        {"method":"elicitation/create","params":{"message":"Please.",
         "requestedSchema":{"type":"object","properties":{"password":{"type":"string"}}}}}\
        """
            .replace("\n", "");
    String session = mcp.session(CRM);

    HttpResponse<String> response = mcp.send(mcp.legacy(CRM, session, "tools/call", ASK));

    assertThat(response.body())
        .doesNotContain("elicitation/create")
        .contains("asks for 'password'");
  }

  @Test
  void aPageByHttpNeverReachesAModernClient() {
    mcp.crm.question =
        "{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\",\"message\":\"m\",\"url\":\"http://example.com/\"}}";

    JsonNode result = McpServer.json(mcp.send(mcp.modern(CRM, "tools/call", ASK))).path("result");

    assertThat(result.path("isError").asBoolean()).isTrue();
    assertThat(result.toString()).contains("not by https").doesNotContain("inputRequests");
  }

  @Test
  void aQuestionThatChangesUnderTheSameNameIsJudgedAnew() {
    String fine = mcp.send(mcp.modern(CRM, "tools/call", ASK)).body();
    assertThat(fine).contains("inputRequests");
    mcp.crm.question =
        "{\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\",\"message\":\"m\",\"url\":\"http://example.com/\"}}";

    String changed = mcp.send(mcp.modern(CRM, "tools/call", ASK)).body();

    assertThat(changed).contains("not by https").doesNotContain("inputRequests");
  }

  @Test
  void aFineQuestionPassesBothWays() {
    JsonNode asked = McpServer.json(mcp.send(mcp.modern(CRM, "tools/call", ASK))).path("result");
    assertThat(asked.path("inputRequests").path("q").path("method").asString())
        .isEqualTo("elicitation/create");

    JsonNode answered = answer("{\"action\":\"accept\",\"content\":{}}");

    assertThat(answered.toString()).contains("given").contains("accept");
  }

  @Test
  void aRuleForbidsAServerToAsk() {
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Policy
        metadata: {name: no-sampling}
        spec: {rules: [{tool: "crm/asks:sampling", effect: deny, when: "args.maxTokens > 10"}]}
        """);
    mcp.crm.question = SAMPLE.replace("\n", "");
    String session = mcp.session(CRM);

    JsonNode modern = McpServer.json(mcp.send(mcp.modern(CRM, "tools/call", ASK))).path("result");
    HttpResponse<String> legacy = mcp.send(mcp.legacy(CRM, session, "tools/call", ASK));

    assertThat(modern.toString()).contains("isError").contains("no-sampling");
    assertThat(legacy.body()).contains("no-sampling").doesNotContain("createMessage");
  }

  @Test
  void whatTheClientsModelSaysItUsedIsCostOfTheRun() {
    budget();
    mcp.crm.question = SAMPLE.replace("\n", "");
    String session = mcp.session(CRM);
    HttpResponse<Stream<String>> response = mcp.open(mcp.legacy(CRM, session, "tools/call", ASK));
    Iterator<String> lines = response.body().iterator();
    JsonNode question = RpcJson.read(ModernClientsTest.next(lines));
    String answer =
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + question.path("id")
            + ",\"result\":{\"role\":\"assistant\",\"content\":{\"type\":\"text\",\"text\":\"Hello\"},"
            + "\"model\":\"gpt-4o\",\"_meta\":{\"usage\":{\"inputTokens\":1000,\"outputTokens\":500}}}}";
    mcp.send(
        mcp.request(CRM, "Mcp-Session-Id", session).POST(BodyPublishers.ofString(answer)).build());
    assertThat(ModernClientsTest.next(lines)).contains("\"result\"");

    JsonNode span = sampled();
    assertThat(span.get("inputTokens").asLong()).isEqualTo(1000);
    assertThat(span.at("/cost/known").asBoolean()).isTrue();
    assertThat(span.at("/cost/amount").asString()).isEqualTo("0.0075");
    assertThat(used()).isEqualTo("1500");
  }

  @Test
  void whatItDoesNotSayIsCountedAndMarked() {
    budget();
    mcp.crm.question = SAMPLE.replace("\n", "");
    mcp.send(mcp.modern(CRM, "tools/call", ASK));

    answer(
        "{\"role\":\"assistant\",\"content\":{\"type\":\"text\",\"text\":\"Hello\"},\"model\":\"gpt-4o\"}");

    JsonNode span = sampled();
    assertThat(span.get("inputTokens").asLong()).isEqualTo(8);
    assertThat(span.get("costSource").asString()).isEqualTo("estimated");
    assertThat(used()).isEqualTo("9");
  }

  @Test
  void whatCannotBeCountedIsUnknownAndChargedWhatWasHeld() {
    budget();
    mcp.crm.question = SAMPLE.replace("\n", "");
    mcp.send(mcp.modern(CRM, "tools/call", ASK));

    answer(
        "{\"role\":\"assistant\",\"content\":{\"type\":\"text\",\"text\":\"Hello\"},\"model\":\"house\"}");

    JsonNode span = sampled();
    assertThat(span.at("/cost/known").asBoolean()).isFalse();
    assertThat(span.get("inputTokens").isNull()).isTrue();
    assertThat(Long.parseLong(used())).isGreaterThan(50);
  }

  @Test
  void aBudgetThatIsUsedUpEndsTheAsking() {
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Budget
        metadata: {name: tokens}
        spec: {scope: {agent: helper}, window: day, limit: {tokens: 20}}
        """);
    mcp.crm.question = SAMPLE.replace("\n", "");

    JsonNode result = McpServer.json(mcp.send(mcp.modern(CRM, "tools/call", ASK))).path("result");

    assertThat(result.path("isError").asBoolean()).isTrue();
    assertThat(result.toString()).contains("tokens");
  }

  private void budget() {
    mcp.server.apply(
        """
        apiVersion: steward/v1
        kind: Budget
        metadata: {name: tokens}
        spec: {scope: {agent: helper}, window: day, limit: {tokens: 1000000}}
        """);
  }

  private String used() {
    return mcp.server.json("/api/v1/budgets").at("/items/0/used").asString();
  }

  private JsonNode answer(String result) {
    String params = ASK + ",\"requestState\":\"state\",\"inputResponses\":{\"q\":" + result + "}";
    String body = mcp.send(mcp.modern(CRM, "tools/call", params)).body();
    // One that takes its time becomes a stream.
    int data = body.indexOf("data: ");
    return RpcJson.read(data < 0 ? body : body.substring(data + 6)).path("result");
  }

  /// The span of the model call that the client made for the server.
  private JsonNode sampled() {
    List<JsonNode> found = new ArrayList<>();
    mcp.server.await(
        "the model call is told",
        () -> {
          for (JsonNode run : mcp.server.json("/api/v1/runs?limit=100").path("items")) {
            String path = "/api/v1/runs/" + run.get("id").asString();
            for (JsonNode span : mcp.server.json(path).path("spans")) {
              if (span.path("name").asString("").startsWith("chat")) {
                found.add(span);
                return true;
              }
            }
          }
          return false;
        });
    return found.getFirst();
  }
}
