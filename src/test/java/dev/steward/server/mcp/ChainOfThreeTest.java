// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.steward.server.agent.ScriptedAgent;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Three real processes: `planner` hands its work on to `worker`, `worker` to `clerk`, and `clerk`
/// calls a tool whose server counts.
@Timeout(90)
class ChainOfThreeTest {
  private static final List<String> CHAIN = List.of("planner", "worker", "clerk");
  private static final String DELEGATION =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: delegation}
      spec: {rules: [{delegates: [worker, clerk], effect: allow}]}
      """;

  @TempDir Path folder;
  private McpServer mcp;
  private final Map<String, ScriptedAgent> processes = new HashMap<>();
  private final Map<String, String> keys = new HashMap<>();

  /// The header by which each process says on whose behalf it asks.
  private volatile String said = "";

  @BeforeEach
  void open() {
    mcp = new McpServer(folder);
    mcp.server.apply(DELEGATION);
    for (int i = CHAIN.size() - 1; i >= 0; i--) {
      ScriptedAgent process = new ScriptedAgent();
      processes.put(CHAIN.get(i), process);
      String next = i + 1 < CHAIN.size() ? CHAIN.get(i + 1) : "";
      mcp.server.apply(agent(CHAIN.get(i), process, next));
      String key = mcp.key(CHAIN.get(i));
      keys.put(CHAIN.get(i), key);
      process.answers((exchange, _) ->
          ScriptedAgent.text(
              exchange, 200, next.isEmpty() ? tool(exchange, key) : handed(exchange, key, next)));
    }
  }

  @AfterEach
  void close() {
    mcp.close();
    processes.values().forEach(ScriptedAgent::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"traceparent", "x-steward-delegation"})
  void mayDoNoMoreThanItsNarrowest(String header) {
    said = header;
    assertThat(asked()).isEqualTo("done");
    assertThat(calls()).isOne();

    for (String narrowest : CHAIN) {
      mcp.server.apply(narrow(narrowest, "deny"));
      // Its own rule hides the tool from who calls it; the others' narrow the call.
      assertThat(asked())
          .as(narrowest)
          .contains(narrowest.equals("clerk") ? "Unknown tool" : "on behalf of " + narrowest);
      mcp.server.apply(narrow(narrowest, "require_approval"));
      assertThat(asked()).as(narrowest).contains("a person must agree");
      mcp.server.delete("/api/v1/resources/policies/narrow");
      assertThat(calls()).as(narrowest).isOne();
    }
    assertThat(asked()).isEqualTo("done");
    assertThat(calls()).isEqualTo(2);
  }

  private String asked() {
    return send("planner", keys.getOrDefault("planner", ""));
  }

  private String handed(HttpExchange exchange, String key, String next) {
    String token = exchange.getRequestHeaders().getFirst(said);
    // The first of them acts for nobody, and is given no token.
    return token == null ? send(next, key) : send(next, key, said, token);
  }

  private String send(String agent, String key, String... header) {
    HttpRequest.Builder request =
        mcp.request("/agents/" + agent + "/work", "Authorization", "Bearer " + key);
    if (header.length > 0) {
      request.headers(header);
    }
    return mcp.send(request.POST(BodyPublishers.ofString("work")).build()).body();
  }

  private String tool(HttpExchange exchange, String key) {
    return AgentsCalls.text(AgentsCalls.call(mcp, key, exchange, "crm", "echo", "done"));
  }

  private long calls() {
    return AgentsCalls.calls(mcp.crm);
  }

  private static String narrow(String agent, String effect) {
    return """
    apiVersion: steward/v1
    kind: Policy
    metadata: {name: narrow}
    spec: {agents: [%s], rules: [{tool: crm/echo, effect: %s}]}
    """
        .formatted(agent, effect);
  }

  private static String agent(String name, ScriptedAgent process, String next) {
    String more =
        next.isEmpty()
            ? "tools: [{server: crm, tools: [echo]}]"
            : "orchestration: {delegates: [" + next + "]}";
    return """
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: %s}
    spec:
      owner: dana@example.com
      purpose: Works.
      risk: minimal
      version:
        code: {endpoint: {url: "%s"}}
        %s
    """
        .formatted(name, process.url(), more);
  }
}
