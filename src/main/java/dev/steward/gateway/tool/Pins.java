// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import com.google.common.base.Suppliers;
import dev.steward.control.state.State;
import dev.steward.control.tool.JsonSchema;
import dev.steward.control.tool.LiveTool;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The tools that are accepted in the State in force; made anew only when a tool server has
/// changed.
final class Pins {
  private volatile Known known = new Known(new Object(), Map.of());

  private record Known(Object revision, Map<String, Map<String, Pinned>> byServer) {}

  Optional<Pinned> find(State state, String server, String tool) {
    Map<String, Pinned> tools = of(state).byServer.get(server);
    return tools == null ? Optional.empty() : Optional.ofNullable(tools.get(tool));
  }

  @SuppressWarnings("ReferenceEquality")
  private Known of(State state) {
    Known now = known;
    Object revision = state.revisionOf("ToolServer");
    if (now.revision != revision) {
      now = read(state, revision, now);
      known = now;
    }
    return now;
  }

  private static Known read(State state, Object revision, Known before) {
    Map<String, Map<String, Pinned>> byServer = new HashMap<>();
    for (ToolServer server : state.all(ToolServer.class)) {
      Map<String, Pinned> last = before.byServer.getOrDefault(server.name(), Map.of());
      Map<String, Pinned> tools = HashMap.newHashMap(server.tools().size());
      for (Tool tool : server.tools()) {
        Pinned pinned = last.get(tool.name());
        tools.put(
            tool.name(),
            pinned != null && pinned.tool().definition().equals(tool.definition())
                ? new Pinned(server, tool, pinned.digest(), pinned.input(), pinned.output())
                : pinned(server, tool));
      }
      byServer.put(server.name(), tools);
    }
    return new Known(revision, byServer);
  }

  private static Pinned pinned(ToolServer server, Tool tool) {
    return new Pinned(
        server,
        tool,
        digest(tool),
        Suppliers.memoize(() -> JsonSchema.of(tool.definition().inputSchemaJson())),
        Suppliers.memoize(() -> JsonSchema.of(tool.definition().outputSchemaJson())));
  }

  /// One that no server can offer where the definition is not one.
  private static Digest digest(Tool tool) {
    try {
      return LiveTool.of(tool).digest();
    } catch (IllegalArgumentException _) {
      return Digest.of("no definition of " + tool.name());
    }
  }
}
