// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.shelf.Revision;
import dev.steward.control.state.State;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import dev.steward.domain.resource.ToolServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What differs between two versions of an agent, artefact by artefact. Tools are compared as they
/// were declared when each version was: a server can change a tool without the version changing.
public final class VersionDiff {
  private VersionDiff() {}

  /// The seven parts of a version.
  public enum Artefact {
    PROMPTS,
    MODELS,
    TOOLS,
    DATA,
    MEMORY,
    CODE,
    ORCHESTRATION;

    /// As in a manifest.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One version at a moment.
  ///
  /// @param state that knows the history of the tool servers up to the moment
  /// @param sequence of the control ledger at the moment
  public record Side(AgentVersion version, State state, long sequence) {
    private Optional<ToolServer> server(String name) {
      @Nullable Revision last = null;
      for (Revision revision : state.history("ToolServer", name)) {
        if (revision.sequence() <= sequence) {
          last = revision;
        }
      }
      return last == null || last.deleted()
          ? Optional.empty()
          : Optional.of((ToolServer) state.read("ToolServer", name, last));
    }
  }

  /// What differs in one artefact, nothing where it is the same.
  public record Part(Artefact artefact, List<FieldDiff> fields) {
    public Part {
      fields = List.copyOf(fields);
    }

    public boolean same() {
      return fields.isEmpty();
    }
  }

  /// All seven parts in their order.
  public static List<Part> of(Side before, Side after) {
    JsonNode old = CanonicalJson.read(before.version().json());
    JsonNode now = CanonicalJson.read(after.version().json());
    List<Part> parts = new ArrayList<>();
    for (Artefact artefact : Artefact.values()) {
      List<FieldDiff> fields =
          artefact == Artefact.TOOLS
              ? TreeDiff.of(declared(before), declared(after))
              : TreeDiff.of(part(old, artefact), part(now, artefact));
      parts.add(new Part(artefact, fields));
    }
    return parts;
  }

  private static ObjectNode part(JsonNode version, Artefact artefact) {
    ObjectNode holder = JsonNodeFactory.instance.objectNode();
    JsonNode part = version.get(artefact.word());
    if (part != null) {
      holder.set(artefact.word(), part);
    }
    return holder;
  }

  /// Every tool that the version may call as `server/tool`, with what its server says of it.
  private static ObjectNode declared(Side side) {
    ObjectNode tools = JsonNodeFactory.instance.objectNode();
    tools(side)
        .forEach((name, tool) -> {
          ObjectNode node = JsonNodeFactory.instance.objectNode();
          if (!tool.description().isEmpty()) {
            node.put("description", tool.description());
          }
          if (!tool.effect().isEmpty()) {
            node.put("effect", tool.effect());
          }
          if (!tool.inputSchemaJson().equals("{}")) {
            node.set("inputSchema", CanonicalJson.read(tool.inputSchemaJson()));
          }
          pinned(tool.definition(), node);
          node.put("tool", name);
          tools.withArray("tools").add(node);
        });
    return tools;
  }

  private static void pinned(ToolServer.Definition definition, ObjectNode node) {
    if (!definition.title().isEmpty()) {
      node.put("title", definition.title());
    }
    if (!definition.outputSchemaJson().equals("{}")) {
      node.set("outputSchema", CanonicalJson.read(definition.outputSchemaJson()));
    }
    if (!definition.annotationsJson().equals("{}")) {
      node.set("annotations", CanonicalJson.read(definition.annotationsJson()));
    }
  }

  /// The tools of a version by `server/tool`; one that its server does not declare has neither
  /// description nor schema.
  public static SortedMap<String, ToolServer.Tool> tools(Side side) {
    SortedMap<String, ToolServer.Tool> tools = new TreeMap<>();
    for (ToolUse use : side.version().tools()) {
      SortedMap<String, ToolServer.Tool> offered = new TreeMap<>();
      side.server(use.server())
          .ifPresent(server -> server.tools().forEach(tool -> offered.put(tool.name(), tool)));
      boolean all = use.tools().isEmpty() || use.tools().contains("*");
      SortedSet<String> names = new TreeSet<>(all ? offered.keySet() : use.tools());
      if (names.isEmpty()) {
        names.add("*");
      }
      for (String name : names) {
        ToolServer.Tool unknown = ToolServer.Tool.named(name);
        tools.put(use.server() + "/" + name, offered.getOrDefault(name, unknown));
      }
    }
    return tools;
  }
}
