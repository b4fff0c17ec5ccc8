// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import dev.steward.server.Otlp;
import dev.steward.server.model.GatewayServer;
import dev.steward.server.model.ScriptedProvider;
import dev.steward.server.model.ScriptedProvider.Received;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A call that people must agree to, through a whole server: asked, answered, made once.
class ApprovedCallTest {
  private static final String TOOLS =
      """
      {"resultType":"complete","ttlMs":0,"cacheScope":"private","tools":[{"name":"pay",\
      "description":"Pays somebody.","inputSchema":{"type":"object","properties":{\
      "to":{"type":"string"},"amount":{"type":"number"}},"required":["to","amount"]}}]}\
      """;
  private static final String BILL = "{\"to\":\"ann\",\"amount\":50}";

  @TempDir private Path folder;
  private final ScriptedProvider bank = new ScriptedProvider();
  private GatewayServer gateway;

  @BeforeEach
  void open() {
    gateway = new GatewayServer(folder);
    bank.always(this::bank);
    String manifest = gateway.manifest();
    gateway
        .server()
        .apply(
            """
            apiVersion: steward/v1
            kind: ToolServer
            metadata: {name: bank}
            spec: {owner: dana@example.com, url: "BANK/mcp"}
            ---
            apiVersion: steward/v1
            kind: Policy
            metadata: {name: payments}
            spec:
              rules:
                - {name: small, tool: bank/pay, effect: allow, when: "args.amount < 10.0"}
                - {name: huge, tool: bank/pay, effect: require_approval, when: "args.amount > 1000", count: 2}
                - {name: large, tool: bank/pay, effect: require_approval, when: "args.amount >= 10.0"}
                - {name: never, tool: bank/pay, effect: deny, when: "args.to == 'eve'"}
            ---
            AGENT
            """
                .replace("BANK", bank.url())
                .replace(
                    "AGENT",
                    manifest.substring(manifest.lastIndexOf("apiVersion")).stripTrailing()
                        + "\n    tools: [{server: bank, tools: [pay]}]"));
    gateway.server().ask("/api/v1/toolservers/bank/accept", "{}");
  }

  @AfterEach
  void close() {
    gateway.close();
    bank.close();
  }

  @Test
  void aCallWaitsIsEditedIsMadeOnceAndAskedForAnew() {
    assertThat(text(call(BILL))).contains("a person must agree").contains("/approvals/");
    assertThat(text(call(BILL))).contains("a person must agree");
    assertThat(paid()).isEmpty();
    JsonNode waiting = gateway.server().json("/api/v1/approvals?status=pending").path("items");
    assertThat(waiting.size()).isOne();
    String id = waiting.path(0).path("id").asString();
    assertThat(waiting.path(0).path("arguments").path("to").asString()).isEqualTo("ann");

    JsonNode approved =
        gateway
            .server()
            .answerAs(
                "dana@example.com",
                id,
                "{\"answer\":\"approve\",\"arguments\":{\"to\":\"ann\",\"amount\":40},\"minutes\":1.5}");
    assertThat(approved.path("arguments").path("amount").asInt()).isEqualTo(40);
    assertThat(approved.path("originalArguments").path("amount").asInt()).isGreaterThan(40);
    assertThat(approved.path("answers").get(0).path("edited").asBoolean()).isTrue();
    assertThat(text(call(BILL))).isEqualTo("paid");

    assertThat(paid()).hasSize(1);
    assertThat(paid().getFirst().path("amount").asInt()).isEqualTo(40);
    assertThat(gateway.server().json("/api/v1/approvals/" + id).path("status").asString())
        .isEqualTo("used");
    assertThat(text(call(BILL))).contains("a person must agree").doesNotContain(id);
    assertThat(paid()).hasSize(1);
    gateway
        .server()
        .await("the span tells of the people", () -> details().contains("steward.review.minutes"));
    assertThat(details()).contains(id).contains("steward.approval.waited_ms");
  }

  @Test
  void peoplesMinutesArePartOfTheRunsCostOnceHoweverOftenTheCallIsMade() {
    gateway
        .server()
        .apply(
            """
            apiVersion: steward/v1
            kind: Price
            metadata: {name: people}
            spec: {provider: people, model: "*", per: {review-minute: 2}}
            """);
    call(BILL);
    gateway
        .server()
        .ask(
            "/api/v1/approvals/" + waits(),
            "{\"answer\":\"deny\",\"reason\":\"not owed\",\"minutes\":1.5}");
    for (int i = 0; i < 3; i++) {
      assertThat(text(call(BILL))).contains("not owed");
    }
    gateway.server().await("all calls are there", () -> calls() == 4);
    assertThat(details().split("steward.review.minutes", -1)).hasSize(2);
    gateway.server().await("it is paid once", () -> review().compareTo(new BigDecimal("3")) == 0);
  }

  @Test
  void whoStartedTheRunByItsHeaderCannotAgreeToItsCalls() {
    String sam = person("sam@example.com");
    String erik = person("erik@example.com");
    call(BILL, "x-steward-user", "Sam+orders@example.com");
    String id = waits();

    assertThat(agree(id, sam))
        .satisfies(answer -> {
          assertThat(answer.statusCode()).isEqualTo(403);
          assertThat(answer.body()).contains("the run was started by you");
        });
    assertThat(agree(id, erik).statusCode()).isEqualTo(200);
    assertThat(text(call(BILL))).isEqualTo("paid");
  }

  @Test
  void whoStartedTheRunByItsModelCallOrItsSpansCannotAgreeEither() throws Exception {
    gateway
        .provider()
        .always((_, out) ->
            ScriptedProvider.whole(
                out,
                200,
                "application/json",
                "{\"id\":\"c-1\",\"model\":\"gpt-5\",\"choices\":[]}"
                    .getBytes(StandardCharsets.UTF_8)));
    String sam = person("sam@example.com");
    String erik = person("erik@example.com");
    GatewayServer.bytes(
        gateway.post(
            "/v1/chat/completions",
            "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"pay\"}]}",
            "x-steward-run",
            "run-1",
            "x-steward-user",
            "sam@example.com"));
    call(BILL);
    assertThat(agree(waits(), sam).body()).contains("the run was started by you");

    byte[] spans =
        Otlp.request(
                List.of(
                    Otlp.span(78, 1, 0, "invoke_agent refunds")
                        .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
                        .addAttributes(Otlp.text("enduser.id", "erik@example.com"))))
            .toByteArray();
    gateway
        .server()
        .client()
        .send(
            HttpRequest.newBuilder(gateway.server().otlpUri("/v1/traces"))
                .header("Content-Type", "application/x-protobuf")
                .header("Authorization", "Bearer " + gateway.key())
                .POST(BodyPublishers.ofByteArray(spans))
                .build(),
            BodyHandlers.discarding());
    gateway
        .server()
        .await(
            "the agent's span is there",
            () -> gateway.server().get("/api/v1/runs/" + Otlp.trace(78)).statusCode() == 200);
    String before = waits();
    call(
        "{\"to\":\"bob\",\"amount\":60}",
        "traceparent",
        "00-" + Otlp.trace(78) + "-" + Otlp.spanId(1) + "-01");
    String id = waits();
    assertThat(id).isNotEqualTo(before);
    assertThat(agree(id, erik).body()).contains("the run was started by you");
  }

  private String waits() {
    return gateway
        .server()
        .json("/api/v1/approvals?status=pending")
        .path("items")
        .path(0)
        .path("id")
        .asString();
  }

  /// Declares a person and gives a token of theirs.
  private String person(String name) {
    gateway
        .server()
        .apply(
            "apiVersion: steward/v1\nkind: Person\nmetadata: {name: "
                + name
                + "}\nspec: {displayName: P, email: "
                + name
                + ", grants: [{role: approver}]}\n");
    return gateway
        .server()
        .ask(
            "/api/v1/tokens",
            "{\"person\":\""
                + name
                + "\",\"purpose\":\"test\",\"grants\":[{\"role\":\"approver\"}]}")
        .path("token")
        .asString();
  }

  private HttpResponse<String> agree(String id, String token) {
    return answer(id, token, "{\"answer\":\"approve\"}");
  }

  private HttpResponse<String> answer(String id, String token, String body) {
    return gateway
        .server()
        .send(
            HttpRequest.newBuilder(gateway.server().uri("/api/v1/approvals/" + id))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
  }

  @Test
  void aDeniedCallIsRefusedWithTheReasonAndIsNotAskedForAgain() {
    call(BILL);
    String id =
        gateway.server().json("/api/v1/approvals").path("items").path(0).path("id").asString();
    gateway
        .server()
        .ask("/api/v1/approvals/" + id, "{\"answer\":\"deny\",\"reason\":\"not owed\"}");

    assertThat(text(call(BILL))).contains("not owed");
    assertThat(gateway.server().json("/api/v1/approvals").path("items").size()).isOne();
    assertThat(paid()).isEmpty();
  }

  @Test
  void thePageOfTheRunSaysWhatPolicyAndPeopleDecidedAndWhatBindsIt() {
    assertThat(text(call("{\"to\":\"ann\",\"amount\":5}"))).isEqualTo("paid");
    assertThat(text(call("{\"to\":\"eve\",\"amount\":5}"))).contains("payments/never");
    call(BILL);
    String id = waits();
    gateway.server().await("all calls are there", () -> calls() == 3);
    assertThat(page()).contains("Held, 1 of 3 calls denied", "1 tool call waits for a person");

    assertThat(agree(id, person("sam@example.com")).statusCode()).isEqualTo(200);
    assertThat(text(call(BILL))).isEqualTo("paid");

    gateway.server().await("all calls are there", () -> calls() == 4);
    gateway
        .server()
        .await("all calls are bound", () -> page().contains("Yes, who ran and all 4 calls"));
    assertThat(page())
        .contains("Held, 1 of 3 calls denied", "1 tool call denied: rule payments/never denies it")
        .contains("href=\"/approvals/" + id + "\">1 tool call approved by a person")
        .contains("href=\"/policies/payments\">By rule payments/never")
        .contains("1 tool call allowed", "href=\"/ledger/activity/");
  }

  /// The page of the newest run.
  private String page() {
    String run = gateway.runs().path(0).path("id").asString();
    return gateway.server().get("/runs/" + run).body();
  }

  @Test
  void anEditThatTheSchemaRefusesIsRefusedWhenItIsGiven() {
    HttpResponse<String> refused = edit("{\"to\":\"ann\",\"amount\":\"much\"}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("do not fit the input schema of bank/pay")
        .contains("/amount")
        .contains("approve again");
    assertThat(edit("{\"to\":\"ann\",\"amount\":20}").statusCode()).isEqualTo(200);
    assertThat(text(call(BILL))).isEqualTo("paid");
  }

  @Test
  void anEditThatPolicyRefusesIsRefusedWhenItIsGiven() {
    HttpResponse<String> refused = edit("{\"to\":\"eve\",\"amount\":20}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("rule payments/never denies it")
        .contains("Write others, or deny the call");
    assertThat(paid()).isEmpty();
    assertThat(edit("{\"to\":\"ann\",\"amount\":5}").statusCode()).isEqualTo(200);
    assertThat(text(call(BILL))).isEqualTo("paid");
  }

  @Test
  void anEditThatOtherPeopleWouldHaveToAgreeToIsRefused() {
    HttpResponse<String> refused = edit("{\"to\":\"ann\",\"amount\":5000}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("with them other rules ask for people (payments/huge, payments/large)");
  }

  /// Approves the bill with other arguments.
  private HttpResponse<String> edit(String arguments) {
    call(BILL);
    String id =
        gateway.server().json("/api/v1/approvals").path("items").path(0).path("id").asString();
    return answer(
        id, person("erik@example.com"), "{\"answer\":\"approve\",\"arguments\":" + arguments + "}");
  }

  /// Arguments of the calls that the bank got.
  private List<JsonNode> paid() {
    List<JsonNode> calls = new ArrayList<>();
    for (Received received : bank.received()) {
      if (received.body().length > 0) {
        JsonNode asked = CanonicalJson.read(received.body());
        if (asked.path("method").asString("").equals("tools/call")) {
          calls.add(asked.path("params").path("arguments"));
        }
      }
    }
    return calls;
  }

  private JsonNode call(String arguments, String... headers) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "Accept",
                "application/json, text/event-stream",
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "pay",
                "x-steward-run",
                "run-1"));
    all.addAll(List.of(headers));
    HttpResponse<InputStream> response =
        gateway.post(
            "/mcp/bank",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"pay\","
                + "\"arguments\":"
                + arguments
                + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}",
            all.toArray(String[]::new));
    return CanonicalJson.read(GatewayServer.bytes(response));
  }

  private static String text(JsonNode answer) {
    return answer.path("result").path("content").path(0).path("text").asString(answer.toString());
  }

  /// Calls of tools that runs tell of.
  private int calls() {
    int calls = 0;
    for (JsonNode run : gateway.runs()) {
      String path = "/api/v1/runs/" + run.path("id").asString();
      for (JsonNode span : gateway.server().json(path).path("spans")) {
        calls += span.path("kind").asString("").equals("TOOL") ? 1 : 0;
      }
    }
    return calls;
  }

  /// What people's minutes cost in all runs.
  private BigDecimal review() {
    BigDecimal review = BigDecimal.ZERO;
    for (JsonNode run : gateway.runs()) {
      String path = "/api/v1/runs/" + run.path("id").asString();
      for (JsonNode cost : gateway.server().json(path).path("costs")) {
        if (cost.path("what").asString("").equals("review")) {
          review = review.add(new BigDecimal(cost.at("/cost/amount").asString()));
        }
      }
    }
    return review;
  }

  private String details() {
    StringBuilder all = new StringBuilder();
    for (JsonNode run : gateway.runs()) {
      String path = "/api/v1/runs/" + run.path("id").asString();
      for (JsonNode span : gateway.server().json(path).path("spans")) {
        all.append(gateway.server().get(path + "/spans/" + span.path("spanId").asString()).body());
      }
    }
    return all.toString();
  }

  private void bank(Received request, OutputStream out) throws IOException {
    JsonNode asked = CanonicalJson.read(request.body());
    String result =
        switch (asked.path("method").asString("")) {
          case "tools/list" -> TOOLS;
          case "tools/call" ->
              "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"paid\"}]}";
          default -> "{\"resultType\":\"complete\"}";
        };
    String body = "{\"jsonrpc\":\"2.0\",\"id\":" + asked.path("id") + ",\"result\":" + result + "}";
    ScriptedProvider.whole(out, 200, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }
}
