// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.yaml.Fields;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a ToolServer is written.
final class ToolServerKind implements Kind<ToolServer> {
  private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

  @Override
  public Class<ToolServer> type() {
    return ToolServer.class;
  }

  @Override
  public boolean owned() {
    return true;
  }

  @Override
  public ToolServer read(Metadata metadata, Fields spec) {
    String owner = Owners.read(spec);
    String url = Addresses.read(spec, "url", Set.of("http", "https"));
    List<String> command = spec.texts("command");
    if (!url.isEmpty() && !command.isEmpty()) {
      spec.flaw("command", "stands beside a url; a tool server has one or the other");
    }
    List<Tool> tools = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields tool : spec.objects("tools")) {
      Tool read = tool(tool);
      if (!names.add(read.name())) {
        tool.flaw("name", "'" + read.name() + "' stands twice; remove one");
      }
      tools.add(read);
    }
    return new ToolServer(metadata, owner, url, command, List.copyOf(tools));
  }

  @Override
  public void write(ToolServer server, ObjectNode spec) {
    spec.put("owner", server.owner());
    Kind.put(spec, "url", server.url());
    Kind.put(spec, "command", server.command());
    if (server.tools().isEmpty()) {
      return;
    }
    ArrayNode tools = spec.putArray("tools");
    for (Tool tool : server.tools()) {
      ObjectNode node = tools.addObject();
      node.put("name", tool.name());
      Kind.put(node, "description", tool.description());
      Kind.put(node, "effect", tool.effect());
      Kind.put(node, "sources", tool.sources());
      if (!tool.inputSchemaJson().equals("{}")) {
        node.set("inputSchema", CanonicalJson.read(tool.inputSchemaJson()));
      }
    }
  }

  private static Tool tool(Fields tool) {
    String name = tool.text("name");
    if (!name.isEmpty() && !TOOL.matcher(name).matches()) {
      tool.flaw(
          "name", "'" + Names.shortened(name) + "' is no tool name: letters, digits, _ . : -");
    }
    JsonNode schema = tool.json("inputSchema").orElseGet(CanonicalJson::object);
    if (!schema.isObject()) {
      tool.flaw("inputSchema", "must be a JSON schema, which is a mapping");
    }
    Tool read =
        new Tool(
            name,
            tool.text("description", ""),
            Names.reference(tool, "effect", false),
            tool.texts("sources"),
            CanonicalJson.text(schema));
    tool.close();
    return read;
  }
}
