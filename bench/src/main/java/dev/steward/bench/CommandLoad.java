// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client that declares agents and issues keys one after the other, and remembers what the server
/// acknowledged.
final class CommandLoad {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Queue<String> agents = new ConcurrentLinkedQueue<>();
  private final Queue<String> keys = new ConcurrentLinkedQueue<>();
  private int number;

  Queue<String> agents() {
    return agents;
  }

  Queue<String> keys() {
    return keys;
  }

  /// Commands until one gets no answer, which is the end of the server.
  Thread untilItDies(StewardServer server) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              command(server, "crash-" + ++number);
            }
          } catch (IOException e) {
            // The server was killed.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /// Returns once another command is acknowledged.
  void awaitAnother() throws IOException, InterruptedException {
    int before = agents.size();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (agents.size() == before) {
      if (System.nanoTime() > deadline) {
        throw new IOException("no command was acknowledged within " + LIMIT);
      }
      Program.pause(Duration.ofMillis(1));
    }
  }

  private void command(StewardServer server, String agent)
      throws IOException, InterruptedException {
    server.post("/api/v1/apply", "application/yaml", manifest(agent));
    agents.add(agent);
    JsonNode issued =
        server.post(
            "/api/v1/keys",
            "application/json",
            JsonMapper.shared()
                .createObjectNode()
                .put("agent", agent)
                .put("environment", "production")
                .toString());
    keys.add(issued.required("id").asString());
    Program.pause(PAUSE);
  }

  private static String manifest(String agent) {
    return """
    apiVersion: steward/v1
    kind: Person
    metadata: {name: dana@example.com}
    spec: {displayName: Dana Okafor, email: dana@example.com}
    ---
    apiVersion: steward/v1
    kind: Agent
    metadata: {name: %s}
    spec:
      owner: dana@example.com
      purpose: Is declared while the server is killed.
      objective: It is still there afterwards.
      autonomy: suggest
      oversight: observed
      risk: minimal
      version:
        code: {image: "registry.example.com/%s:1"}
        prompts: {system: {text: "You are agent %s."}}
        memory: {store: none}
    """
        .formatted(agent, agent, agent);
  }
}
