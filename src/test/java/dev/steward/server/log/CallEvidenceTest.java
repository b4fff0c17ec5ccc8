// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Terminal;
import dev.steward.server.TestServer;
import dev.steward.server.model.GatewayServer;
import dev.steward.server.model.ScriptedProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A recorded model call is bound by the activity ledger, so that nobody can change it later
/// without being found out.
class CallEvidenceTest {
  private static final byte[] FINE =
      """
      {"id":"c-1","model":"gpt-5","choices":[{"index":0,"message":{"role":"assistant",\
      "content":"Hello."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
      """
          .getBytes(StandardCharsets.UTF_8);
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"hi %d\"}]}";

  @TempDir Path folder;

  @Test
  void everyRecordedCallIsBoundAndStillFitsAfterItWasLoadedAndAfterARestart() {
    List<JsonNode> before;
    try (GatewayServer gateway = new GatewayServer(folder)) {
      calls(gateway, 12);
      before = evidence(gateway.server());
    }
    assertThat(before).hasSize(12);
    assertThat(before).allMatch(call -> call.get("verdict").asString().equals("UNCHANGED"));

    try (TestServer server = TestServer.open(folder)) {
      assertThat(evidence(server)).containsExactlyInAnyOrderElementsOf(before);
      String run = server.json("/api/v1/runs").at("/items/0/id").asString();
      Terminal terminal = new Terminal();
      assertThat(server.get("/runs/" + run).body())
          .contains("Yes, who ran and its call")
          .contains("href=\"/ledger/activity/");
      assertThat(verify(terminal, server, run)).as(terminal.said()).isZero();
      assertThat(terminal.said()).contains("calls: all 1 of the run");
    }
  }

  @Test
  void aRefusedCallAndAFailedOneAreBoundToo() {
    try (GatewayServer gateway = new GatewayServer(folder)) {
      gateway
          .provider()
          .always((r, out) ->
              ScriptedProvider.whole(out, 500, "application/json", new byte[] {'{', '}'}));
      GatewayServer.bytes(gateway.post("/v1/chat/completions", ASK.formatted(1)));
      GatewayServer.bytes(
          gateway.post("/v1/chat/completions", ASK.formatted(2).replace("main", "gpt-4o")));
      gateway.newestRun(2);

      assertThat(evidence(gateway.server()))
          .hasSize(2)
          .allMatch(call -> call.get("verdict").asString().equals("UNCHANGED"));
    }
  }

  @Test
  void aCallThatWasChangedInTheSpanStoreIsFoundOut() throws SQLException {
    try (GatewayServer gateway = new GatewayServer(folder)) {
      calls(gateway, 3);
    }
    change("update spans set output_tokens = 1, usage = replace(usage, '3', '1')");

    try (TestServer server = TestServer.open(folder)) {
      String run = server.json("/api/v1/runs").at("/items/0/id").asString();
      Terminal terminal = new Terminal();

      assertThat(evidence(server)).anyMatch(c -> c.get("verdict").asString().equals("CHANGED"));
      assertThat(server.get("/runs/" + run).body())
          .contains("No, 1 call was changed since")
          .contains("What it said is bound by activity entry");
      assertThat(verify(terminal, server, run)).isEqualTo(1);
      assertThat(terminal.said()).contains("says something else than entry");
    }
  }

  @Test
  void aBodyOfDigestsThatWasTakenAwayIsFoundOut() throws SQLException {
    try (GatewayServer gateway = new GatewayServer(folder)) {
      calls(gateway, 2);
    }
    try (Connection ledger =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger/activity.db"));
        Statement statement = ledger.createStatement()) {
      statement.executeUpdate("delete from blobs");
      statement.executeUpdate("update entries set bodies = x''");
    }

    Terminal terminal = new Terminal();
    assertThat(terminal.run("verify", "--data", folder.toString())).isEqualTo(1);
    assertThat(terminal.said()).contains("that its data names is missing");
  }

  private static void calls(GatewayServer gateway, int count) {
    gateway
        .provider()
        .always((r, out) -> ScriptedProvider.whole(out, 200, "application/json", FINE));
    for (int i = 0; i < count; i++) {
      GatewayServer.bytes(
          gateway.post("/v1/chat/completions", ASK.formatted(i), "x-steward-run", "run-" + i));
    }
    gateway.newestRun(count);
  }

  private static List<JsonNode> evidence(TestServer server) {
    List<JsonNode> calls = new ArrayList<>();
    Set<String> traces = new HashSet<>();
    for (JsonNode run : server.json("/api/v1/runs?limit=100").get("items")) {
      if (traces.add(run.get("traceId").asString())) {
        server
            .json("/api/v1/runs/" + run.get("id").asString() + "/evidence")
            .get("items")
            .forEach(calls::add);
      }
    }
    return calls;
  }

  private static int verify(Terminal terminal, TestServer server, String run) {
    return terminal.run(
        "verify",
        "--data",
        server.folder().toString(),
        "--run",
        run,
        "--server",
        server.uri("").toString(),
        "--token",
        server.token());
  }

  private void change(String sql) throws SQLException {
    Path file = folder.resolve("spans/spans.duckdb");
    try (Connection store = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = store.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }
}
