// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeaturesTest {
  private static final String CRM = "/mcp/crm";
  private static final String POLICY =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: features}
      spec:
        rules:
          - {name: secret, tool: "crm/resource:a:secret", effect: deny}
          - {name: hidden, tool: "crm/prompt:hidden", effect: deny}
          - {name: late, tool: "crm/resource:a:late*", effect: deny, when: "args.uri.endsWith('!')"}
          - {name: letter, tool: "crm/prompt:letter", effect: require_approval}
      """;

  private McpServer mcp;
  private String session;

  @BeforeAll
  void start(@TempDir Path folder) {
    mcp = new McpServer(folder);
    mcp.server.apply(POLICY);
    session = mcp.session(CRM);
  }

  @AfterAll
  void stop() {
    mcp.close();
  }

  @Test
  void aResourceThatARuleDeniesIsAnsweredAsOneThatIsNot() {
    HttpResponse<String> modern =
        mcp.send(mcp.modern(CRM, "resources/read", "\"uri\":\"a:secret\""));
    HttpResponse<String> legacy =
        mcp.send(mcp.legacy(CRM, session, "resources/read", "\"uri\":\"a:secret\""));

    assertThat(error(modern).path("code").asInt()).isEqualTo(-32602);
    assertThat(error(legacy).path("code").asInt()).isEqualTo(-32002);
    assertThat(error(legacy).path("message").asString()).isEqualTo("Resource not found: a:secret");
  }

  @Test
  void aPromptThatARuleDeniesIsAnsweredAsOneThatIsNot() {
    HttpResponse<String> got = mcp.send(mcp.modern(CRM, "prompts/get", "\"name\":\"hidden\""));
    HttpResponse<String> completed =
        mcp.send(
            mcp.legacy(
                CRM,
                session,
                "completion/complete",
                "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"hidden\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}"));

    assertThat(error(got).path("message").asString()).isEqualTo("Unknown prompt: hidden");
    assertThat(error(completed).path("code").asInt()).isEqualTo(-32602);
  }

  @Test
  void aConditionSeesTheUriAndItsDenialSaysWhy() {
    HttpResponse<String> fine =
        mcp.send(mcp.legacy(CRM, session, "resources/read", "\"uri\":\"a:late\""));
    HttpResponse<String> denied =
        mcp.send(mcp.legacy(CRM, session, "resources/read", "\"uri\":\"a:late!\""));

    assertThat(McpServer.json(fine).path("result").has("contents")).isTrue();
    assertThat(error(denied).path("code").asInt()).isEqualTo(4030);
    assertThat(error(denied).path("message").asString()).contains("features/late");
  }

  @Test
  void aPromptThatNeedsAPersonIsNotGotYet() {
    HttpResponse<String> response = mcp.send(mcp.modern(CRM, "prompts/get", "\"name\":\"letter\""));

    assertThat(error(response).path("code").asInt()).isEqualTo(4030);
    assertThat(error(response).path("message").asString()).contains("a person must agree");
  }

  @Test
  void aListLeavesOutWhatCanNeverBeHad() {
    HttpResponse<String> response = mcp.send(mcp.modern(CRM, "resources/list", ""));

    assertThat(McpServer.json(response).path("result").path("resources"))
        .extracting(r -> r.path("uri").asString())
        .containsExactly("a:b");
  }

  @Test
  void eachIsRecordedOnItsRunAndBoundByTheLedger() {
    mcp.send(mcp.modern(CRM, "resources/read", "\"uri\":\"a:b\"", "x-steward-run", "reads"));
    mcp.send(mcp.modern(CRM, "prompts/get", "\"name\":\"greet\"", "x-steward-run", "reads"));
    mcp.send(
        mcp.modern(
            CRM,
            "completion/complete",
            "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"greet\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}",
            "x-steward-run",
            "reads"));
    mcp.send(mcp.modern(CRM, "resources/read", "\"uri\":\"a:secret\"", "x-steward-run", "reads"));

    List<JsonNode> calls = new ArrayList<>();
    mcp.server.await(
        "all are bound",
        () -> {
          calls.clear();
          String run = run();
          if (!run.isEmpty()) {
            mcp.server.json("/api/v1/runs/" + run + "/evidence").path("items").forEach(calls::add);
          }
          return calls.size() >= 4
              && calls.stream().noneMatch(call -> verdict(call).equals("UNBOUND"));
        });
    assertThat(calls).allMatch(call -> verdict(call).equals("UNCHANGED"));
    assertThat(calls.toString())
        .contains("resources/read")
        .contains("prompts/get greet")
        .contains("completion/complete greet");
  }

  private static String verdict(JsonNode call) {
    return call.get("verdict").asString();
  }

  /// The run of the trace that all modern requests of the tests say they are of, "" before it is
  /// known.
  private String run() {
    for (JsonNode each : mcp.server.json("/api/v1/runs?limit=100").path("items")) {
      if (each.path("traceId").asString("").equals("4bf92f3577b34da6a3ce929d0e0e4736")) {
        return each.path("id").asString();
      }
    }
    return "";
  }

  private static JsonNode error(HttpResponse<String> response) {
    return McpServer.json(response).path("error");
  }
}
