// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.gateway.rpc.RpcJson;
import dev.steward.server.model.ScriptedProvider;
import dev.steward.server.model.ScriptedProvider.Received;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A real `steward up` that gets kill -9 while the tool server executes a call that a person agreed
/// to: the intent says that it may have happened, a person is shown so, and it is never repeated.
@Timeout(240)
class KilledBetweenApprovalAndOutcomeTest {
  private static final String RESOURCES =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, email: dana@example.com, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: ToolServer
      metadata: {name: bank}
      spec:
        owner: dana@example.com
        url: "BANK/mcp"
        tools: [{name: pay, effect: money, inputSchema: {type: object}}]
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: clerk}
      spec:
        owner: dana@example.com
        purpose: Pays bills.
        risk: high
        version: {tools: [{server: bank, tools: [pay]}]}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: bank}
      spec: {rules: [{tool: bank/pay, effect: require_approval, fourEyes: false, expires: 1h}]}
      """;

  @TempDir private Path folder;

  private final ScriptedProvider bank = new ScriptedProvider();
  private final AtomicInteger paid = new AtomicInteger();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable Process steward;
  private volatile boolean kills = true;
  private String address = "";
  private String key = "";

  @AfterEach
  void stop() throws Exception {
    http.shutdownNow();
    if (steward != null) {
      steward.destroyForcibly().waitFor();
    }
    bank.close();
  }

  @Test
  void whatMayHaveHappenedIsShownToAPersonAndNeverRepeated() throws Exception {
    bank.always(this::answer);
    steward = up();
    api("/api/v1/apply", "application/yaml", RESOURCES.replace("BANK", bank.url()));
    key =
        api(
                "/api/v1/keys",
                "application/json",
                "{\"agent\":\"clerk\",\"environment\":\"development\"}")
            .required("key")
            .asString();
    assertThat(pay().body()).contains("a person must agree first");
    String approval = items("pending").get(0).required("id").asString();
    agree(approval);

    // The bank kills the server when the call is there; the client is left without an answer.
    assertThat(dies()).isTrue();
    assertThat(paid).hasValue(1);
    kills = false;
    steward = up();

    assertThat(items("used").get(0).required("id").asString()).isEqualTo(approval);
    assertThat(awaitFinding()).contains("bank").contains("pay");
    assertThat(pay().body()).contains("a person must agree first").doesNotContain(approval);
    assertThat(paid).as("asked again, not repeated").hasValue(1);

    agree(items("pending").get(0).required("id").asString());
    assertThat(pay().body()).contains("paid");
    assertThat(paid).as("once more, since people agreed anew").hasValue(2);
  }

  private void answer(Received request, OutputStream out) throws IOException {
    JsonNode message = RpcJson.read(request.body());
    ObjectNode answer = RpcJson.object().put("jsonrpc", "2.0");
    answer.set("id", message.path("id"));
    ObjectNode result = answer.putObject("result").put("resultType", "complete");
    if (message.path("method").asString("").equals("tools/call")) {
      paid.incrementAndGet();
      if (kills && steward != null) {
        // By its handle: the process itself would close its streams.
        steward.toHandle().destroyForcibly();
        return;
      }
      result.putArray("content").addObject().put("type", "text").put("text", "paid");
    } else {
      result
          .putArray("tools")
          .addObject()
          .put("name", "pay")
          .putObject("inputSchema")
          .put("type", "object");
    }
    ScriptedProvider.whole(out, 200, "application/json", RpcJson.bytes(answer));
  }

  private boolean dies() throws Exception {
    try {
      pay();
      return false;
    } catch (IOException e) {
      return steward != null && steward.waitFor() != 0;
    }
  }

  private HttpResponse<String> pay() throws Exception {
    String body =
        """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":{"amount":20},
         "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
         "io.modelcontextprotocol/clientCapabilities":{},"steward/run":"run-1"}}}\
        """;
    return http.send(
        HttpRequest.newBuilder(URI.create(address + "/mcp/bank"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("Authorization", "Bearer " + key)
            .header("MCP-Protocol-Version", "2026-07-28")
            .header("Mcp-Method", "tools/call")
            .header("Mcp-Name", "pay")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private void agree(String approval) throws Exception {
    api("/api/v1/approvals/" + approval, "application/json", "{\"answer\":\"approve\"}");
  }

  private JsonNode items(String status) throws Exception {
    return RpcJson.read(get("/api/v1/approvals?status=" + status)).required("items");
  }

  /// What Now shows of it, as soon as the new process has looked through the ledger.
  private String awaitFinding() throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      for (JsonNode finding : RpcJson.read(get("/api/v1/findings")).path("items")) {
        if (finding.toString().contains("Nobody knows whether")) {
          return finding.toString();
        }
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("nobody is told: " + get("/api/v1/findings"));
      }
      Thread.sleep(50);
    }
  }

  private String get(String path) throws Exception {
    return http.send(asked(path).GET().build(), BodyHandlers.ofString()).body();
  }

  private JsonNode api(String path, String type, String body) throws Exception {
    HttpRequest request =
        asked(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return RpcJson.read(response.body());
  }

  private HttpRequest.Builder asked(String path) throws IOException {
    String token = Files.readString(folder.resolve("data/admin-token")).strip();
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + token);
  }

  private Process up() throws IOException {
    Path scratch = Files.createDirectories(folder.resolve("tmp"));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + scratch,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.steward.server.Main",
            "up",
            "--port=0",
            "--otlp-http=0",
            "--otlp-grpc=0",
            "--data",
            folder.resolve("data").toString());
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
            .start();
    String ready = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (ready == null) {
      throw new AssertionError("it does not start: " + Files.readString(errors));
    }
    address = ready.substring("ready ".length()).strip();
    return process;
  }
}
