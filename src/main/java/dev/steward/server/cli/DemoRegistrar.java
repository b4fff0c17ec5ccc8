// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.control.manifest.ManifestFile;
import dev.steward.demo.Fleet;
import dev.steward.server.client.CommandFailure;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.manifest.ManifestsOnDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Declares the demo's fleet and issues its keys, over the API that everybody has.
final class DemoRegistrar {
  private static final String MANIFESTS = "/demo/fleet.yaml";
  private static final String NEXT_VERSION = "/demo/refunds.yaml";
  private static final String TRIED = "refunds";

  /// What stands in the manifests for the provider's address.
  private static final String PROVIDER = "http://provider.example";

  /// What stands in the manifests for the address of the payments server.
  private static final String PAYMENTS = "http://127.0.0.1:9101/mcp";

  /// The secrets that the manifests name.
  private static final List<String> SECRETS = List.of("openai-key", "anthropic-key");

  private final ServerConnection connection;

  DemoRegistrar(ServerConnection connection) {
    this.connection = connection;
  }

  /// @param provider address of the one that plays the models
  /// @param providerKey that it wants to see
  /// @param payments address of the payments server
  void declare(String provider, String providerKey, String payments) {
    for (String secret : SECRETS) {
      connection.put(
          "/api/v1/secrets/" + secret, "text/plain", providerKey.getBytes(StandardCharsets.UTF_8));
    }
    apply(MANIFESTS, manifests(MANIFESTS).replace(PROVIDER, provider).replace(PAYMENTS, payments));
  }

  /// Releases one agent, and tries its next version on half of its conversations.
  void tryNextVersion() {
    String environment = Fleet.environmentOf(TRIED);
    release(TRIED, environment, "The first version is good enough for guests.");
    apply(NEXT_VERSION, manifests(NEXT_VERSION));
    ObjectNode next = wanted(TRIED, environment, "A longer prompt should keep it from guessing.");
    next.put("strategy", "canary");
    next.putObject("terms")
        .put("weight", "50%")
        .put("accepted-loss", "15%")
        .put("guardrails", "error,failure,duration@p90")
        .put("least-units", "25")
        .put("least-time", "1m")
        .put("settle", "1m")
        .put("limit", "2h");
    connection.post("/api/v1/releases", next);
  }

  private void apply(String name, String manifests) {
    List<ManifestFile> files = List.of(new ManifestFile(name, manifests));
    JsonNode plan = connection.plan("/api/v1/apply", ManifestsOnDisk.body(files));
    if (!plan.path("problems").isEmpty() || plan.path("proposal").isObject()) {
      throw new IllegalStateException("the demo's own manifests are not applied: " + plan);
    }
  }

  /// Begins to release what the fleet runs: one version has nothing before it, the other waits for
  /// a check that nobody has reported yet.
  void release() {
    release("research", "staging", "two weeks of notes without a complaint");
    release("support", "staging", "it asks before it gives much money back");
  }

  private void release(String agent, String environment, String reason) {
    connection.post("/api/v1/releases", wanted(agent, environment, reason));
  }

  private static ObjectNode wanted(String agent, String environment, String reason) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("agent", agent)
        .put("to", environment)
        .put("reason", reason);
  }

  /// A key for each registered agent, by agent.
  Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    for (String agent : Fleet.registeredAgents()) {
      JsonNode issued =
          connection.post(
              "/api/v1/keys",
              JsonMapper.shared()
                  .createObjectNode()
                  .put("agent", agent)
                  .put("environment", Fleet.environmentOf(agent)));
      keys.put(agent, issued.path("key").asString());
    }
    return keys;
  }

  /// Stops a run as an operator does.
  void stop(String run, String reason) {
    ObjectNode kill = JsonMapper.shared().createObjectNode().put("reason", reason);
    kill.putObject("selector").put("run", run);
    unlessItEnds(() -> connection.post("/api/v1/kills", kill));
  }

  /// Tries the kill switch and the circuit breaker, so that there are figures of a drill.
  void drill() {
    ObjectNode usual = JsonMapper.shared().createObjectNode();
    unlessItEnds(() -> connection.post("/api/v1/kills/drill", usual));
  }

  /// What the end of the demo breaks off is no failure.
  private static void unlessItEnds(Runnable request) {
    try {
      request.run();
    } catch (CommandFailure e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
    }
  }

  private static String manifests(String name) {
    try (InputStream stream = DemoRegistrar.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
