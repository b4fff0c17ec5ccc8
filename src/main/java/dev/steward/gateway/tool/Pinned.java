// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.tool.JsonSchema;
import dev.steward.domain.Digest;
import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A tool as it was accepted, with its schemas ready for use.
///
/// @param digest of the definition
record Pinned(
    ToolServer server,
    Tool tool,
    Digest digest,
    Supplier<JsonSchema> input,
    Supplier<JsonSchema> output) {
  private static final JsonSchema ANYTHING = JsonSchema.of("{}");

  /// What a server has beside tools: it takes and gives what it likes, and does nothing to the
  /// world.
  static Pinned feature(ToolServer server, String name) {
    Tool tool =
        new Tool(
            name,
            ToolServer.Definition.NONE,
            Effect.READ.word(),
            List.of(),
            List.of(),
            Optional.empty(),
            "",
            List.of());
    return new Pinned(server, tool, Digest.of(name), () -> ANYTHING, () -> ANYTHING);
  }

  /// Empty when none was declared; it may then do anything.
  Optional<Effect> effect() {
    return Effect.of(tool.effect());
  }

  /// Whether it does nothing to the world.
  boolean onlyReads() {
    return effect().filter(Effect.READ::equals).isPresent();
  }
}
