// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.condition.ToolSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The tools that are declared, by name.
public final class Tools {
  public static final Tools NONE = new Tools(Map.of());

  private final Map<String, KnownTool> byName;

  private Tools(Map<String, KnownTool> byName) {
    this.byName = byName;
  }

  /// Tools of the servers; those with the same schema share what is made of it.
  public static Tools of(Collection<ToolServer> servers) {
    Map<String, KnownTool> byName = new TreeMap<>();
    Map<String, ToolSchema> schemas = new HashMap<>();
    schemas.put("{}", ToolSchema.NONE);
    for (ToolServer server : servers) {
      for (ToolServer.Tool tool : server.tools()) {
        String name = server.name() + "/" + tool.name();
        ToolSchema schema = schemas.computeIfAbsent(tool.inputSchemaJson(), ToolSchema::new);
        Optional<Set<String>> labels = Optional.of(Set.copyOf(tool.labels()));
        byName.put(
            name, new KnownTool(name, Effect.of(tool.effect()), labels, schema, tool.price()));
      }
    }
    return new Tools(byName);
  }

  public Collection<KnownTool> all() {
    return byName.values();
  }

  public boolean declares(String name) {
    return byName.containsKey(name);
  }

  /// The tool; one that nobody declared has neither effect nor schema.
  public KnownTool tool(String name) {
    KnownTool known = byName.get(name);
    return known == null ? KnownTool.undeclared(name) : known;
  }
}
