// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.cli;

import dev.steward.control.manifest.ManifestFile;
import dev.steward.demo.Fleet;
import dev.steward.server.client.ServerConnection;
import dev.steward.server.command.ManifestsOnDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Declares the demo's fleet and issues its keys, over the API that everybody has.
final class DemoRegistrar {
  private static final String MANIFESTS = "/demo/fleet.yaml";

  private final ServerConnection connection;

  DemoRegistrar(ServerConnection connection) {
    this.connection = connection;
  }

  void declare() {
    List<ManifestFile> files = List.of(new ManifestFile(MANIFESTS, manifests()));
    JsonNode plan = connection.plan("/api/v1/apply", ManifestsOnDisk.body(files));
    if (!plan.path("problems").isEmpty()) {
      throw new IllegalStateException("the demo's own manifests are refused: " + plan);
    }
  }

  /// A key for each registered agent, by agent.
  Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    for (String agent : Fleet.registeredAgents()) {
      JsonNode issued =
          connection.post(
              "/api/v1/keys",
              new JsonMapper()
                  .createObjectNode()
                  .put("agent", agent)
                  .put("environment", Fleet.ENVIRONMENT));
      keys.put(agent, issued.path("key").asString());
    }
    return keys;
  }

  private static String manifests() {
    try (InputStream stream = DemoRegistrar.class.getResourceAsStream(MANIFESTS)) {
      if (stream == null) {
        throw new IllegalStateException(MANIFESTS + " is not in the jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
