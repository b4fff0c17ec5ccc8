// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import dev.steward.server.TestServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Both eras of clients at both eras of servers over stdio.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class StdioServersTest {
  private static final String AGENT =
      """
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: NAME}
      spec:
        owner: dana@example.com
        purpose: Helps.
        risk: minimal
        version: {tools: [{server: old, tools: ["*"]}, {server: new, tools: ["*"]}]}
      """;
  private static final String MANIFEST =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, email: dana@example.com, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: all-tools}
      spec: {rules: [{tool: "*", effect: allow}]}
      """;

  private TestServer server;
  private String ann;
  private String ben;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  void start(@TempDir Path folder) {
    server = TestServer.open(folder);
    server.send(
        server
            .request("/api/v1/secrets/stdio-token")
            .header("Content-Type", "text/plain")
            .PUT(BodyPublishers.ofString("the-servers-own"))
            .build());
    server.apply(
        MANIFEST
            + declared("old", "legacy")
            + declared("new", "modern")
            + AGENT.replace("NAME", "ann")
            + AGENT.replace("NAME", "ben"));
    ann = key("ann");
    ben = key("ben");
  }

  @AfterAll
  void stop() {
    http.shutdownNow();
    server.close();
  }

  private static String declared(String name, String era) {
    List<String> tools = new ArrayList<>();
    for (String tool : List.of("remember", "recall", "whoami", "ask", "die")) {
      tools.add(
          "{name: "
              + tool
              + ", description: The tool "
              + tool
              + "., effect: write, inputSchema: {type: object}}");
    }
    return "---\napiVersion: steward/v1\nkind: ToolServer\nmetadata: {name: "
        + name
        + "}\nspec: {owner: dana@example.com, command: "
        + RpcJson.array(StdioTools.command(era))
        + ", environment: {COLOUR: red}, secret: stdio-token, secretName: TOKEN, tools: "
        + tools
        + "}\n";
  }

  private String key(String agent) {
    String body = "{\"agent\":\"" + agent + "\",\"environment\":\"development\"}";
    return server.ask("/api/v1/keys", body).get("key").asString();
  }

  private HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(server.uri(path))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, BodyHandlers.ofString());
  }

  private JsonNode modern(String path, String key, String tool, String more) throws Exception {
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + tool
            + "\","
            + more
            + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}}}}}";
    HttpResponse<String> response =
        send(
            request(path, key)
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .POST(BodyPublishers.ofString(body))
                .build());
    String text = response.body();
    for (String line : response.body().lines().toList()) {
      text = line.startsWith("data:") ? line.substring(5) : text;
    }
    return RpcJson.read(text);
  }

  private static String text(JsonNode response) {
    JsonNode said = response.path("result").path("content").path(0).path("text");
    assertThat(said.isString()).as(response.toString()).isTrue();
    return said.asString();
  }

  private String session(String path, String key) throws Exception {
    HttpResponse<String> response =
        send(
            request(path, key)
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
                         "capabilities":{"elicitation":{}},"clientInfo":{"name":"t","version":"1"}}}\
                        """))
                .build());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  private HttpRequest legacy(String path, String key, String session, String body) {
    return request(path, key)
        .header("Mcp-Session-Id", session)
        .header("MCP-Protocol-Version", "2025-11-25")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String call(String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":"
        + arguments
        + "}}";
  }

  private static String keep(String what) {
    return "\"arguments\":{\"text\":\"" + what + "\"},";
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp/old", "/mcp/new"})
  void twoCallersNeverShareAProcess(String path) throws Exception {
    assertThat(text(modern(path, ann, "remember", keep("anns")))).isEqualTo("kept");
    assertThat(text(modern(path, ben, "remember", keep("bens")))).isEqualTo("kept");

    assertThat(text(modern(path, ann, "recall", ""))).contains("anns").doesNotContain("bens");
    assertThat(text(modern(path, ben, "recall", ""))).contains("bens").doesNotContain("anns");
    String session = session(path, ann);
    HttpResponse<String> legacy = send(legacy(path, ann, session, call("recall", "{}")));
    assertThat(legacy.body()).contains("anns").doesNotContain("bens").doesNotContain("resultType");
  }

  @Test
  void aProcessSeesWhatIsDeclaredAndNothingElse() throws Exception {
    String said = text(modern("/mcp/old", ann, "whoami", ""));

    assertThat(said).contains("COLOUR", "PATH", "TOKEN", "the-servers-own");
    String variables = said.substring(said.indexOf('['), said.indexOf(']') + 1);
    assertThat(variables.replaceAll("[\\[\\] ]", "").split(",", -1))
        .isSubsetOf("COLOUR", "HOME", "PATH", "TOKEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp/old", "/mcp/new"})
  void aKilledProcessIsReplacedByTheNextCall(String path) throws Exception {
    String cal = key("ann");
    long pid = pid(text(modern(path, cal, "whoami", "")));
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().get();

    assertThat(text(modern(path, cal, "whoami", ""))).doesNotStartWith(pid + " ");
  }

  @Test
  void aProcessThatDiesInACallEndsItAndTheNextCallWorks() throws Exception {
    String dan = key("ben");
    JsonNode died = modern("/mcp/old", dan, "die", "");

    assertThat(died.toString()).contains("ended before it answered");
    assertThat(text(modern("/mcp/old", dan, "recall", ""))).isEmpty();
  }

  @Test
  void aModernClientIsToldWhatALegacyServerAsks() throws Exception {
    JsonNode asked = modern("/mcp/old", ann, "ask", "");
    JsonNode result = asked.path("result");
    assertThat(result.path("resultType").asString(""))
        .as(asked.toString())
        .isEqualTo("input_required");
    String question = result.path("inputRequests").properties().iterator().next().getKey();
    String state = "\"requestState\":" + result.path("requestState") + ",";
    String answers =
        "\"inputResponses\":{\""
            + question
            + "\":{\"action\":\"accept\",\"content\":{\"name\":\"Zoe\"}}},";

    assertThat(modern("/mcp/old", ben, "ask", state + answers).toString())
        .contains("requestState")
        .contains("-32602");
    assertThat(text(modern("/mcp/old", ann, "ask", state + answers))).isEqualTo("Zoe");
    assertThat(modern("/mcp/old", ann, "ask", state + answers).toString()).contains("-32602");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp/old", "/mcp/new"})
  void aLegacyClientIsAskedWhatAServerRequires(String path) throws Exception {
    String session = session(path, ann);
    HttpResponse<Stream<String>> stream =
        http.send(legacy(path, ann, session, call("ask", "{}")), BodyHandlers.ofLines());
    try (Stream<String> lines = stream.body()) {
      Iterator<String> each = lines.iterator();
      ObjectNode question = data(each);
      assertThat(question.path("method").asString()).isEqualTo("elicitation/create");
      ObjectNode answer = RpcJson.object().put("jsonrpc", "2.0");
      answer.set("id", question.path("id"));
      answer.putObject("result").put("action", "accept").putObject("content").put("name", "Zoe");
      assertThat(send(legacy(path, ann, session, answer.toString())).statusCode()).isEqualTo(202);

      ObjectNode response = data(each);
      assertThat(response.path("id").asInt()).isEqualTo(9);
      assertThat(text(response)).startsWith("Zoe");
    }
  }

  private static ObjectNode data(Iterator<String> lines) throws IOException {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith("data:") && line.length() > 6) {
        return (ObjectNode) RpcJson.read(line.substring(5));
      }
    }
    throw new IOException("the stream has ended");
  }

  @Test
  void stoppingEndsTheProcesses(@TempDir Path folder) throws Exception {
    ProcessHandle process;
    try (TestServer other = TestServer.open(folder)) {
      other.send(
          other
              .request("/api/v1/secrets/stdio-token")
              .header("Content-Type", "text/plain")
              .PUT(BodyPublishers.ofString("x"))
              .build());
      other.apply(
          MANIFEST
              + declared("old", "legacy")
              + declared("new", "modern")
              + AGENT.replace("NAME", "ann"));
      String body = "{\"agent\":\"ann\",\"environment\":\"development\"}";
      String key = other.ask("/api/v1/keys", body).get("key").asString();
      TestServer kept = server;
      server = other;
      try {
        long pid = pid(text(modern("/mcp/old", key, "whoami", "")));
        process = ProcessHandle.of(pid).orElseThrow();
      } finally {
        server = kept;
      }
    }
    assertThat(
            process
                .onExit()
                .orTimeout(
                    Duration.ofSeconds(10).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .get()
                .isAlive())
        .isFalse();
  }

  private static long pid(String said) {
    return Long.parseLong(said.substring(0, said.indexOf(' ')));
  }
}
