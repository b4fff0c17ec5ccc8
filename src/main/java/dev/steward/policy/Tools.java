// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.domain.call.Effect;
import dev.steward.domain.call.Feature;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.condition.ToolSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The tools that are declared, by name.
public final class Tools {
  public static final Tools NONE = new Tools(Map.of(), Map.of());

  /// What conditions know of the arguments of a resource.
  private static final ToolSchema URI =
      new ToolSchema(
          "{\"type\":\"object\",\"properties\":{\"uri\":{\"type\":\"string\"}},\"required\":[\"uri\"]}");

  private final Map<String, KnownTool> byName;

  /// Names of the tools of each server.
  private final Map<String, List<String>> byServer;

  private Tools(Map<String, KnownTool> byName, Map<String, List<String>> byServer) {
    this.byName = byName;
    this.byServer = byServer;
  }

  /// Tools of the servers; those with the same schema share what is made of it.
  public static Tools of(Collection<ToolServer> servers) {
    Map<String, KnownTool> byName = new TreeMap<>();
    Map<String, List<String>> byServer = new HashMap<>();
    Map<String, ToolSchema> schemas = new HashMap<>();
    schemas.put("{}", ToolSchema.NONE);
    for (ToolServer server : servers) {
      byServer.put(server.name(), server.tools().stream().map(ToolServer.Tool::name).toList());
      for (ToolServer.Tool tool : server.tools()) {
        String name = server.name() + "/" + tool.name();
        ToolSchema schema = schemas.computeIfAbsent(tool.inputSchemaJson(), ToolSchema::new);
        Optional<Set<String>> labels = Optional.of(Set.copyOf(tool.labels()));
        byName.put(
            name, new KnownTool(name, Effect.of(tool.effect()), labels, schema, tool.price()));
      }
    }
    return new Tools(byName, Map.copyOf(byServer));
  }

  public Collection<KnownTool> all() {
    return byName.values();
  }

  /// Names of the servers that are declared.
  public Set<String> servers() {
    return byServer.keySet();
  }

  public boolean declares(String name) {
    return byName.containsKey(name);
  }

  /// The tool; one that nobody declared has neither effect nor schema.
  public KnownTool tool(String name) {
    KnownTool known = byName.get(name);
    if (known != null) {
      return known;
    }
    Optional<Feature> feature = feature(name);
    return feature.isEmpty() ? KnownTool.undeclared(name) : feature(name, feature.get());
  }

  /// What of a server beside its tools the name means, empty for a tool.
  ///
  /// @param name `server/tool`
  public Optional<Feature> feature(String name) {
    int slash = name.indexOf('/');
    return slash < 0 || byName.containsKey(name)
        ? Optional.empty()
        : Feature.of(name.substring(slash + 1));
  }

  /// Names of the tools that a server has, without the server's.
  List<String> of(String server) {
    return byServer.getOrDefault(server, List.of());
  }

  /// It does nothing to the world, and reads what the tools of its server read, all of them.
  private KnownTool feature(String name, Feature feature) {
    String server = name.substring(0, name.indexOf('/'));
    Set<String> labels = new HashSet<>();
    for (String tool : of(server)) {
      tool(server + "/" + tool).labels().ifPresent(labels::addAll);
    }
    ToolSchema schema = feature == Feature.RESOURCE ? URI : ToolSchema.NONE;
    return new KnownTool(
        name, Optional.of(Effect.READ), Optional.of(Set.copyOf(labels)), schema, Optional.empty());
  }
}
