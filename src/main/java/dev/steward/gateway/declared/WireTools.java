// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.declared;

import dev.steward.control.state.State;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.wire.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The tools whose definitions a request carries, and whether a version lists them.
final class WireTools {
  /// So many names of one request are looked at.
  private static final int NAMES_MAX = 256;

  /// What some clients put before the names of tools that they have over MCP.
  private static final String MCP = "mcp__";

  private static final String SEPARATOR = "__";

  /// How tools are called that pass work on to whomever.
  private static final Set<String> PASSING_ON = Set.of("delegate", "handoff", "task");

  private final State state;
  private final AgentVersion version;

  WireTools(State state, AgentVersion version) {
    this.state = state;
    this.version = version;
  }

  /// Names of the tools that the version does not list. A version without tools says nothing of
  /// them. Tools that act at the provider are refused where they are not listed.
  Set<String> unlisted(Asked asked) {
    Set<String> unlisted = new TreeSet<>();
    if (!version.tools().isEmpty()) {
      for (String name : names(asked)) {
        if (!listed(name) && !passesOn(name)) {
          unlisted.add(name);
        }
      }
    }
    return unlisted;
  }

  static List<String> names(Asked asked) {
    List<String> names = new ArrayList<>();
    JsonNode tools = asked.body().read(asked.toolsIn());
    for (JsonNode tool : tools.isObject() ? tools.path("tools") : tools) {
      String type = tool.path("type").asString("");
      add(tool.path("function"), names);
      add(tool.path("custom"), names);
      add(tool.path("toolSpec"), names);
      tool.path("functionDeclarations").forEach(each -> add(each, names));
      tool.path("function_declarations").forEach(each -> add(each, names));
      if (type.isEmpty() || type.equals("function") || type.equals("custom")) {
        add(tool, names);
      }
    }
    asked.body().read("functions").forEach(each -> add(each, names));
    return names.subList(0, Math.min(NAMES_MAX, names.size()));
  }

  private static void add(JsonNode tool, List<String> names) {
    String name = tool.path("name").asString("");
    if (!name.isEmpty()) {
      names.add(name);
    }
  }

  private boolean listed(String sent) {
    String name = sent.startsWith(MCP) ? sent.substring(MCP.length()) : sent;
    for (ToolUse use : version.tools()) {
      String prefix = use.server() + SEPARATOR;
      String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
      for (String tool : tools(use)) {
        if (same(tool, bare) || same(tool, sent)) {
          return true;
        }
      }
    }
    return false;
  }

  private List<String> tools(ToolUse use) {
    return use.tools().isEmpty() || use.tools().contains("*")
        ? state.find(ToolServer.class, use.server()).stream()
            .flatMap(server -> server.tools().stream())
            .map(ToolServer.Tool::name)
            .toList()
        : use.tools();
  }

  private boolean passesOn(String name) {
    for (String agent : version.delegates()) {
      if (PASSING_ON.contains(name)
          || name.contains(agent)
          || name.contains(agent.replaceAll("[^a-zA-Z0-9]", "_"))) {
        return true;
      }
    }
    return false;
  }

  /// Providers allow few characters in names, so clients put others in their place.
  private static boolean same(String tool, String name) {
    return tool.equals(name) || tool.replaceAll("[^a-zA-Z0-9_-]", "_").equals(name);
  }
}
