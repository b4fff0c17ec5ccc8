// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import dev.steward.server.model.GatewayServer;
import dev.steward.server.model.ScriptedProvider;
import dev.steward.server.model.ScriptedProvider.Received;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What each variable of a condition holds when a call really comes through the gateway: the
/// condition lets the call pass, and its opposite does not.
class ConditionVariablesTest {
  private static final String SCHEMA =
      """
      {"type":"object","required":["to","amount"],"properties":{"to":{"type":"string"},\
      "amount":{"type":"number"},"count":{"type":"integer"},"urgent":{"type":"boolean"},\
      "tags":{"type":"array","items":{"type":"string"}},\
      "address":{"type":"object","properties":{"city":{"type":"string"}}},"free":{}}}\
      """;
  private static final String RESOURCES =
      """
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: bank}
      spec:
        owner: dana@example.com
        url: "BANK/mcp"
        tools:
          - name: pay
            description: Pays somebody.
            effect: money
            labels: [customer]
            price: {amount: 0.50, currency: USD}
            inputSchema: SCHEMA
          - {name: balance, description: Tells the balance., effect: read}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: desk}
      spec:
        owner: dana@example.com
        purpose: Hands requests on.
        risk: limited
        version:
          models: [{use: main, model: gpt-5, provider: openai}]
          tools: [{server: bank, tools: [balance]}]
      ---
      """;
  private static final String PROPOSING =
      """
      {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-5","choices":[{"index":0,\
      "message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_7","type":"function",\
      "function":{"name":"bank__pay","arguments":"{\\"amount\\": 7, \\"to\\": \\"ann\\"}"}}]},\
      "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}\
      """;

  @TempDir static Path folder;
  private static final ScriptedProvider BANK = new ScriptedProvider();
  private static GatewayServer gateway;
  private static int runs;
  private String run = "";

  @BeforeAll
  static void open() {
    gateway = new GatewayServer(folder);
    gateway.provider().always((_, out) -> answer(out, PROPOSING));
    BANK.always(ConditionVariablesTest::bank);
    String manifest = gateway.manifest();
    String agent =
        manifest
                .substring(manifest.lastIndexOf("apiVersion"))
                .replace("  risk: limited", "  risk: high\n  workflows: [refund, billing]")
                .replace("{team: support}", "{team: support, data: customer}")
                .stripTrailing()
            + "\n    tools: [{server: bank, tools: [pay, balance]}]\n";
    gateway.server().apply(RESOURCES.replace("BANK", BANK.url()).replace("SCHEMA", SCHEMA) + agent);
  }

  @AfterAll
  static void close() {
    gateway.close();
    BANK.close();
  }

  @BeforeEach
  void anotherRun() {
    run = "run-" + ++runs;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "args.to == 'ann'",
        "args.amount == 20.0",
        "args.amount * 2.0 == 40.0",
        "args.count + 1 == 4",
        "args.urgent",
        "args.tags[1] == 'b' && size(args.tags) == 2",
        "args.address.city == 'Ulm'",
        "args.free == 'anything'",
        "has(args.count)"
      })
  void argsAreTypedAndCoercedByThePinnedSchema(String condition) {
    holds(
        condition,
        "{\"to\":\"ann\",\"amount\":20,\"count\":3.0,\"urgent\":true,\"tags\":[\"a\",\"b\"],"
            + "\"address\":{\"city\":\"Ulm\"},\"free\":\"anything\"}");
  }

  @Test
  void anAbsentArgumentDeniesUnlessItIsAskedFor() {
    holds("!has(args.count)", pay(1));
    when("args.count < 5");
    assertThat(text(call(pay(1)))).contains("needs 'count', which is absent or not known");
  }

  @Test
  void theCallerIsWhoTheKeyProves() {
    String version =
        gateway.server().json("/api/v1/agents/refunds/versions").path("items").values().stream()
            .filter(each -> !each.path("inForce").isEmpty())
            .map(each -> each.path("digest").asString().substring(0, 12))
            .findFirst()
            .orElseThrow();
    holds("caller.agent == 'refunds'", pay(1));
    holds("caller.version == '" + version + "'", pay(2));
    holds("caller.environment == 'development'", pay(3));
    holds("caller.risk == 'high'", pay(4));
    holds("caller.labels.team == 'support' && caller.labels['data'] == 'customer'", pay(5));
  }

  @Test
  void theWorkflowsAreThoseOfTheAgentOrTheOneThatItNames() {
    holds("size(caller.workflows) == 2 && 'billing' in caller.workflows", pay(1));
    holds("caller.workflows == ['refund']", pay(2), "x-steward-workflow", "refund");
  }

  @Test
  void theChainIsOfTheAgentsThatWereAtWorkInTheRunBefore() {
    when("true");
    String desk =
        gateway
            .server()
            .ask("/api/v1/keys", "{\"agent\":\"desk\",\"environment\":\"development\"}")
            .get("key")
            .asString();
    holds("size(caller.chain) == 0", pay(1));
    anotherRun();
    when("true");
    assertThat(text(call(desk, "balance", "{}"))).isEqualTo("done");
    holds("caller.chain == ['desk']", pay(1));
  }

  @Test
  void theRunCountsItsStepsToolsAndSpend() {
    holds("run.steps == 0 && run.spent == 0.0 && size(run.tools) == 0", pay(1));
    holds("run.steps == 1 && run.spent == 0.5 && run.tools == ['bank/pay']", pay(2));
    ask();
    holds("run.steps == 3", pay(3));
    assertThat(text(call(gateway.key(), "balance", "{}"))).contains("no rule allows");
    when("true");
    assertThat(text(call(gateway.key(), "balance", "{}"))).isEqualTo("done");
    holds("run.steps == 5 && 'bank/balance' in run.tools", pay(4));
    anotherRun();
    holds("run.steps == 0 && !('bank/balance' in run.tools)", pay(5));
  }

  @Test
  void theRunHasTheNameThatTheAgentGave() {
    holds("run.id != ''", pay(1));
  }

  @Test
  void theCallTellsOfItsToolAndWhetherAModelProposedIt() {
    holds("call.server == 'bank' && call.tool == 'pay'", pay(1));
    holds("call.effect == 'money' && call.labels == ['customer']", pay(2));
    holds("!call.attributed", pay(3));
    anotherRun();
    when("true");
    ask();
    holds("call.attributed", pay(7));
  }

  @Test
  void theCostIsThePriceOfTheCallAndUnknownWithoutOne() {
    holds("cost == 0.5", pay(1));
    when("cost < 1.0");
    assertThat(text(call(gateway.key(), "balance", "{}")))
        .contains("cannot be judged")
        .contains("absent or not known");
  }

  @Test
  void nowIsTheTimeOfTheCall() {
    Instant start = Instant.now();
    holds(
        "now >= timestamp('%s') - duration('1m') && now < timestamp('%s') + duration('1h')"
            .formatted(start, start),
        pay(1));
  }

  @Test
  void whatIsTaintedIsUnknownAndDoesNotAllow() {
    for (String condition : List.of("tainted(args.to)", "!tainted(args.to)")) {
      when(condition);
      assertThat(text(call(pay(1)))).contains("would need to know what is not known");
    }
    holds("args.amount < 10 || tainted(args.to)", pay(1));
    apply(
        "{name: yes, tool: 'bank/*', effect: allow}",
        "{name: no, tool: bank/pay, effect: deny, when: 'tainted(args.to)'}");
    assertThat(text(call(pay(2)))).contains("probe/no denies it").contains("is not known");
  }

  /// The call passes under the condition, and does not under its opposite.
  private void holds(String condition, String arguments, String... headers) {
    when("!(" + condition + ")");
    assertThat(text(call(gateway.key(), "pay", arguments, headers)))
        .as("not " + condition)
        .contains("no rule allows refunds to call bank/pay");
    when(condition);
    assertThat(text(call(gateway.key(), "pay", arguments, headers)))
        .as(condition)
        .isEqualTo("done");
  }

  private void when(String condition) {
    apply("{name: yes, tool: 'bank/*', effect: allow, when: \"" + condition + "\"}");
  }

  private void apply(String... rules) {
    gateway
        .server()
        .apply(
            "apiVersion: steward/v1\nkind: Policy\nmetadata: {name: probe}\nspec:\n  rules:\n    - "
                + String.join("\n    - ", rules)
                + "\n");
  }

  private static String pay(int amount) {
    return "{\"to\":\"ann\",\"amount\":" + amount + "}";
  }

  private JsonNode call(String arguments) {
    return call(gateway.key(), "pay", arguments);
  }

  private JsonNode call(String key, String tool, String arguments, String... headers) {
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
                tool,
                "x-steward-run",
                run));
    all.addAll(List.of(headers));
    HttpResponse<InputStream> response =
        gateway.postAs(
            key,
            "/mcp/bank",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
                + tool
                + "\",\"arguments\":"
                + arguments
                + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}",
            all.toArray(String[]::new));
    return CanonicalJson.read(GatewayServer.bytes(response));
  }

  /// A model is asked, and proposes to pay 7.
  private void ask() {
    HttpResponse<InputStream> response =
        gateway.post(
            "/v1/chat/completions",
            "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"pay ann\"}]}",
            "x-steward-run",
            run);
    assertThat(GatewayServer.bytes(response)).isNotEmpty();
    assertThat(response.statusCode()).isEqualTo(200);
  }

  private static String text(JsonNode answer) {
    return answer.path("result").path("content").path(0).path("text").asString(answer.toString());
  }

  private static void bank(Received request, OutputStream out) throws IOException {
    JsonNode asked = CanonicalJson.read(request.body());
    String result =
        switch (asked.path("method").asString("")) {
          case "tools/list" ->
              "{\"resultType\":\"complete\",\"ttlMs\":0,\"cacheScope\":\"private\",\"tools\":["
                  + "{\"name\":\"pay\",\"description\":\"Pays somebody.\",\"inputSchema\":"
                  + SCHEMA
                  + "},{\"name\":\"balance\",\"description\":\"Tells the"
                  + " balance.\",\"inputSchema\":{}}]}";
          case "tools/call" ->
              "{\"resultType\":\"complete\",\"content\":[{\"type\":\"text\",\"text\":\"done\"}]}";
          default -> "{\"resultType\":\"complete\"}";
        };
    answer(out, "{\"jsonrpc\":\"2.0\",\"id\":" + asked.path("id") + ",\"result\":" + result + "}");
  }

  private static void answer(OutputStream out, String body) throws IOException {
    ScriptedProvider.whole(out, 200, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }
}
