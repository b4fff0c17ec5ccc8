// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.entry;

import dev.steward.domain.resource.ToolServer;
import java.util.List;
import java.util.Optional;

/// What a client is connected with.
public sealed interface Destination {
  /// Between the name of a server and that of its tool, where a client sees several servers.
  String BETWEEN = "__";

  /// One server, its names untouched.
  record One(ToolServer server) implements Destination {}

  /// All servers that the caller's version lists, each tool as `server__tool`.
  record All(List<ToolServer> servers) implements Destination {}

  /// A tool at its server.
  record Named(ToolServer server, String tool) {}

  default List<ToolServer> servers() {
    return switch (this) {
      case One one -> List.of(one.server());
      case All all -> all.servers();
    };
  }

  /// The path of it, such as `/mcp/crm`.
  default String path() {
    return switch (this) {
      case One one -> "/mcp/" + one.server().name();
      case All _ -> "/mcp";
    };
  }

  /// The tool that a client means, empty where no server could have it.
  default Optional<Named> tool(String name) {
    return switch (this) {
      case One one -> Optional.of(new Named(one.server(), name));
      case All all -> {
        Named longest = null;
        for (ToolServer server : all.servers()) {
          String prefix = server.name() + BETWEEN;
          boolean longer =
              longest == null || server.name().length() > longest.server().name().length();
          if (name.startsWith(prefix) && longer) {
            longest = new Named(server, name.substring(prefix.length()));
          }
        }
        yield Optional.ofNullable(longest);
      }
    };
  }

  /// The name of a tool as the client knows it.
  default String shown(ToolServer server, String tool) {
    return switch (this) {
      case One _ -> tool;
      case All _ -> server.name() + BETWEEN + tool;
    };
  }
}
