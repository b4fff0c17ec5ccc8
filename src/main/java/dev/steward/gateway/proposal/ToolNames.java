// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.proposal;

import dev.steward.control.state.State;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.ruling.Proposed;
import dev.steward.gateway.wire.Asked;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds the tools that a name in a proposed call may mean.
final class ToolNames {
  private static final String SEPARATOR = "__";

  /// What some clients put before the names of tools that they have over MCP.
  private static final String MCP = "mcp__";

  private final State state;
  private final AgentVersion version;
  private final Asked asked;
  private final String provider;

  /// @param provider whose kinds of actions the answer may have
  ToolNames(State state, AgentVersion version, Asked asked, String provider) {
    this.state = state;
    this.version = version;
    this.asked = asked;
    this.provider = provider;
  }

  /// At least one. Where several servers have a tool of that name, any of them may be meant.
  List<Target> of(Proposed call) {
    if (call.form() == Proposed.Form.ACTION) {
      return List.of(new Target(provider, action(call.name()), false));
    }
    Set<Target> found = new LinkedHashSet<>();
    for (ToolUse use : version.tools()) {
      for (String tool : use.tools()) {
        if (same(tool, call.name())) {
          found.add(target(use.server(), tool));
        }
      }
    }
    String name = call.name().startsWith(MCP) ? call.name().substring(MCP.length()) : call.name();
    for (int at = name.indexOf(SEPARATOR); at > 0; at = name.indexOf(SEPARATOR, at + 1)) {
      String server = name.substring(0, at);
      String tool = name.substring(at + SEPARATOR.length());
      if (!tool.isEmpty() && known(server)) {
        found.add(target(server, written(server, tool)));
      }
    }
    String hosted = found.isEmpty() ? hosted(call.name()) : "";
    if (!hosted.isEmpty()) {
      found.add(new Target(provider, hosted, false));
    }
    return found.isEmpty() ? List.of(target(Target.LOCAL, call.name())) : List.copyOf(found);
  }

  private boolean known(String server) {
    return server.equals(Target.LOCAL)
        || state.find(ToolServer.class, server).isPresent()
        || version.tools().stream().anyMatch(use -> use.server().equals(server));
  }

  /// The tool as the version or its server writes it.
  private String written(String server, String name) {
    for (ToolUse use : version.tools()) {
      for (String tool : use.tools()) {
        if (use.server().equals(server) && same(tool, name)) {
          return tool;
        }
      }
    }
    return state.find(ToolServer.class, server).stream()
        .flatMap(declared -> declared.tools().stream())
        .map(ToolServer.Tool::name)
        .filter(tool -> same(tool, name))
        .findFirst()
        .orElse(name);
  }

  private Target target(String server, String tool) {
    return new Target(server, tool, !server.equals(Target.LOCAL) && behind(server));
  }

  /// What Steward cannot call the agent runs by itself.
  private boolean behind(String server) {
    return state.find(ToolServer.class, server).filter(ToolServer::reachable).isPresent();
  }

  /// Providers allow few characters in names, so clients put others in their place.
  private static boolean same(String tool, String name) {
    return tool.equals(name) || tool.replaceAll("[^a-zA-Z0-9_-]", "_").equals(name);
  }

  /// The tool of a kind that the provider defines, as versions list it: an action `computer` of a
  /// tool `computer_use_preview`.
  private String action(String kind) {
    for (String hosted : asked.hostedTools()) {
      if (hosted.equals(kind) || hosted.startsWith(kind + "_")) {
        return hosted;
      }
    }
    return kind;
  }

  /// The kind of the tool with this name where the provider defines what it does, else "".
  private String hosted(String name) {
    if (asked.hostedTools().isEmpty()) {
      return "";
    }
    for (JsonNode tool : JsonMapper.shared().readTree(asked.tools().orElse("[]"))) {
      String type = tool.path("type").asString("");
      if (tool.path("name").asString("").equals(name) && asked.hostedTools().contains(type)) {
        return type;
      }
    }
    return "";
  }
}
