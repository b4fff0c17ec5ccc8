// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import dev.steward.control.state.State;
import dev.steward.domain.resource.ToolServer;
import java.util.HashMap;
import java.util.Map;

/// What tools do to the world, as the registry declares it: read, write, money and the like.
///
/// @param effects by `server/tool`, and by the tool's name alone where only one server has it; ""
///   where more do and disagree
public record ToolEffects(Map<String, String> effects) {
  public static final ToolEffects NONE = new ToolEffects(Map.of());

  private static final String READ = "read";

  public ToolEffects {
    effects = Map.copyOf(effects);
  }

  public static ToolEffects of(State state) {
    Map<String, String> effects = new HashMap<>();
    for (ToolServer server : state.all(ToolServer.class)) {
      for (ToolServer.Tool tool : server.tools()) {
        effects.put(server.name() + "/" + tool.name(), tool.effect());
        effects.merge(tool.name(), tool.effect(), (one, other) -> one.equals(other) ? one : "");
      }
    }
    return new ToolEffects(effects);
  }

  /// "" where it is not declared.
  ///
  /// @param tool by its name, with its server where that is known
  public String of(String tool) {
    String whole = effects.get(tool);
    return whole != null ? whole : effects.getOrDefault(tool.substring(tool.indexOf('/') + 1), "");
  }

  /// Whether it changes anything: declared as something else than reading.
  public boolean changes(String tool) {
    return !of(tool).isEmpty() && !of(tool).equals(READ);
  }
}
