// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.tool.LiveTool;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Definition;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares a tool server with what it was: whether it is another one, or its tools say something
/// else of themselves to a version that lists them. What a model reads of a tool decides what it
/// does with it, so no other words narrow.
final class ToolWidening {
  private final Words words;

  ToolWidening(Words words) {
    this.words = words;
  }

  /// @param before empty where it is new
  /// @param after empty where it would be gone
  void look(Optional<ToolServer> before, Optional<ToolServer> after, Place place) {
    if (after.isEmpty()) {
      return;
    }
    ToolServer is = after.get();
    for (AgentVersion.ToolUse use : place.version().tools()) {
      if (!use.server().equals(is.name())) {
        continue;
      }
      if (before.isEmpty()) {
        words.widens("tool server " + is.name() + " would be there for " + place);
        return;
      }
      moved(before.get(), is, place);
      for (String tool : use.tools()) {
        defined(before.get(), is, tool, place);
      }
    }
  }

  /// Where a server is another one, nobody knows what its tools do now.
  private void moved(ToolServer was, ToolServer is, Place place) {
    boolean same =
        was.type() == is.type()
            && was.url().equals(is.url())
            && was.document().equals(is.document())
            && was.command().equals(is.command())
            && was.environment().equals(is.environment())
            && was.credential().equals(is.credential());
    if (!same) {
      words.widens("tool server " + was.name() + " would be another one for " + place);
    }
  }

  private void defined(ToolServer was, ToolServer is, String name, Place place) {
    Optional<Tool> after = is.tool(name);
    if (after.isEmpty()) {
      return;
    }
    String tool = "tool " + is.name() + "/" + name;
    Optional<Tool> before = was.tool(name);
    if (before.isEmpty()) {
      words.widens(tool + " would be there for " + place);
    } else if (!LiveTool.pin(before.get()).equals(LiveTool.pin(after.get()))) {
      words.widens(
          tool
              + " would be another one for "
              + place
              + ": its "
              + String.join(", ", parts(before.get().definition(), after.get().definition())));
    }
  }

  private static List<String> parts(Definition was, Definition is) {
    List<String> parts = new ArrayList<>();
    note(parts, "title", was.title(), is.title());
    note(parts, "description", was.description(), is.description());
    note(parts, "input schema", was.inputSchemaJson(), is.inputSchemaJson());
    note(parts, "output schema", was.outputSchemaJson(), is.outputSchemaJson());
    note(parts, "annotations", was.annotationsJson(), is.annotationsJson());
    return parts;
  }

  private static void note(List<String> parts, String part, String was, String is) {
    if (!was.equals(is)) {
      parts.add(part);
    }
  }
}
