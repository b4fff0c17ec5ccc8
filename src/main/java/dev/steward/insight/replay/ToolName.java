// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.replay;

import dev.steward.control.state.State;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.ToolServer;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.ToolFacts;
import java.util.Optional;

/// The server and name that policies know a recorded tool by.
record ToolName(String server, String tool) {
  private static final String LOCAL = "local";
  private static final String SEPARATOR = "__";
  private static final String MCP = "mcp__";

  /// Where no server was recorded: the one whose tool the agent's version lists by that name, or
  /// that the name begins with, else the agent itself.
  static ToolName of(ToolFacts told, Run run, State state) {
    String server = told.server();
    if (server != null && !server.isEmpty()) {
      return new ToolName(server, told.name());
    }
    Optional<AgentVersion> version = version(run, state);
    if (version.isPresent()) {
      for (ToolUse use : version.get().tools()) {
        if (use.tools().contains(told.name())) {
          return new ToolName(use.server(), told.name());
        }
      }
    }
    String name = told.name().startsWith(MCP) ? told.name().substring(MCP.length()) : told.name();
    int at = name.indexOf(SEPARATOR);
    if (at > 0 && state.find(ToolServer.class, name.substring(0, at)).isPresent()) {
      return new ToolName(name.substring(0, at), name.substring(at + SEPARATOR.length()));
    }
    return new ToolName(LOCAL, told.name());
  }

  private static Optional<AgentVersion> version(Run run, State state) {
    return run.version().matches("[0-9a-f]{12,64}")
        ? state.version(run.agent(), run.version())
        : state.versionInForce(run.agent(), run.environment());
  }
}
