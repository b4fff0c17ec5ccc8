// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import dev.steward.bench.model.Door;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Steward before the mock with everything on: keys, a secret, policy, budgets on three levels, a
/// price, loops, the record of every call with its content.
final class GovernedServer implements AutoCloseable {
  static final String AGENT = "bench";

  private static final String RESOURCES =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, email: dana@example.com}
      ---
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: openai}
      spec: {dialect: openai, url: "%s/v1", secret: openai-key, models: [gpt-5, gpt-5-mini], concurrency: 8192}
      ---
      apiVersion: steward/v1
      kind: Price
      metadata: {name: bench}
      spec: {provider: openai, model: gpt-5, perMillion: {input: 1.25, output: 10}, validFrom: 2026-01-01}
      ---
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: models}
      spec:
        rules:
          - {model: "gpt-*", effect: allow, when: "caller.risk != 'high' || caller.environment == 'development'"}
          - {model: "o1-*", effect: deny}
      """;

  private static final String BUDGETS =
      """
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: all}
      spec: {window: month, limit: {cost: 100000000, currency: USD}}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: team}
      spec: {scope: {team: support}, window: day, limit: {cost: 10000000, currency: USD}}
      ---
      apiVersion: steward/v1
      kind: Budget
      metadata: {name: each-run}
      spec: {window: run, limit: {tokens: 100000000}}
      """;

  private static final String AGENT_RESOURCE =
      """
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: %s, labels: {team: support}}
      spec:
        owner: dana@example.com
        purpose: Answers refund requests.
        risk: limited
        version:
          models: [{use: main, model: %s, provider: openai}]
      """;

  private final StewardServer server;

  private GovernedServer(StewardServer server) {
    this.server = server;
  }

  static GovernedServer start(Path data, Mock mock) throws IOException, InterruptedException {
    GovernedServer server = withoutBudgets(data, mock);
    server.apply(BUDGETS);
    return server;
  }

  /// The same with everything on but budgets.
  static GovernedServer withoutBudgets(Path data, Mock mock)
      throws IOException, InterruptedException {
    Program.delete(data);
    StewardServer server = StewardServer.start(data);
    try {
      server.put("/api/v1/secrets/openai-key", "text/plain", "sk-bench-upstream");
      server.post("/api/v1/apply", "application/yaml", RESOURCES.formatted(mock.url()));
      server.awaitHistory(Duration.ofMinutes(1));
      return new GovernedServer(server);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /// Declares resources.
  void apply(String resources) throws IOException, InterruptedException {
    server.post("/api/v1/apply", "application/yaml", resources);
  }

  /// Declares an agent, and gives its way in.
  Door agent(String name) throws IOException, InterruptedException {
    declare(name, "gpt-5");
    return door(name, "development");
  }

  /// Declares an agent with a version that asks this model.
  void declare(String agent, String model) throws IOException, InterruptedException {
    apply(AGENT_RESOURCE.formatted(agent, model));
  }

  /// The way in with a new key.
  Door door(String agent, String environment) throws IOException, InterruptedException {
    JsonNode issued =
        server.post(
            "/api/v1/keys",
            "application/json",
            JsonMapper.shared()
                .createObjectNode()
                .put("agent", agent)
                .put("environment", environment)
                .toString());
    return new Door("steward", server.port())
        .with("Authorization", "Bearer " + issued.required("key").asString());
  }

  StewardServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
