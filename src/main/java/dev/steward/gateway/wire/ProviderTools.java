// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Finds in a request the tools that would act at the provider, where no gateway sees them: in the
/// words of each dialect, and of servers that speak a dialect with words of their own.
final class ProviderTools {
  /// Types of tools that the agent runs itself.
  private static final List<String> OWN = List.of("", "function", "custom");

  private static final List<String> GEMINI_OWN =
      List.of("functionDeclarations", "function_declarations");

  private ProviderTools() {}

  /// Their names as the dialect writes them.
  static List<String> in(Operation operation, JsonBody body) {
    List<String> hosted = new ArrayList<>();
    if (operation.dialect() == Dialect.GEMINI && operation != Operation.INTERACTIONS) {
      for (JsonNode tool : body.read("tools")) {
        tool.propertyNames().stream()
            .filter(name -> !GEMINI_OWN.contains(name))
            .forEach(hosted::add);
      }
    } else {
      addTyped(body.read("tools"), hosted);
    }
    if (operation.dialect() == Dialect.BEDROCK) {
      addOfBedrock(body, hosted);
    }
    if (body.has("web_search_options") || searches(body)) {
      hosted.add("web_search");
    }
    if (body.has("mcp_servers")) {
      hosted.add("mcp");
    }
    for (JsonNode plugin : body.read("plugins")) {
      hosted.add(plugin.path("id").asString("plugin"));
    }
    return hosted;
  }

  private static void addTyped(JsonNode tools, List<String> hosted) {
    for (JsonNode tool : tools) {
      String type = tool.path("type").asString("");
      if (!OWN.contains(type)) {
        hosted.add(type);
      }
    }
  }

  /// What the maker's own dialect knows can stand in a field of its own.
  private static void addOfBedrock(JsonBody body, List<String> hosted) {
    for (JsonNode tool : body.read("toolConfig").path("tools")) {
      if (tool.has("systemTool")) {
        hosted.add(tool.path("systemTool").path("name").asString("systemTool"));
      }
    }
    JsonNode more = body.read("additionalModelRequestFields");
    addTyped(more.path("tools"), hosted);
    if (more.has("mcp_servers")) {
      hosted.add("mcp");
    }
  }

  /// Some servers that speak like OpenAI search when they are told how to.
  private static boolean searches(JsonBody body) {
    return body.has("search_parameters")
        && !body.read("search_parameters").path("mode").asString("").equals("off");
  }
}
