// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import java.util.List;

/// An MCP server, or another server of tools.
///
/// @param url where it listens, "" for one started over stdio
/// @param command how it is started, empty for one with a url
public record ToolServer(
    Metadata metadata, String owner, String url, List<String> command, List<Tool> tools)
    implements Resource {

  /// One tool.
  ///
  /// @param effect class of what it does, "" when not declared
  /// @param sources data sources it reads or writes
  /// @param inputSchemaJson "{}" when not declared
  public record Tool(
      String name,
      String description,
      String effect,
      List<String> sources,
      String inputSchemaJson) {}
}
