// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.profile;

import dev.steward.console.format.Figures;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.VersionDiff;
import dev.steward.control.plan.VersionDiff.Artefact;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ToolUse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the seven artefacts of a version hold, each in a line.
public final class Artefacts {
  private static final int LINE_MAX = 160;

  private Artefacts() {}

  /// @param parts what differs from the version before, empty where there is none
  public static List<ArtefactRow> of(AgentVersion version, List<VersionDiff.Part> parts) {
    JsonNode json = CanonicalJson.read(version.json());
    List<ArtefactRow> rows = new ArrayList<>();
    for (Artefact artefact : Artefact.values()) {
      String change = "";
      boolean differs = false;
      for (VersionDiff.Part part : parts) {
        if (part.artefact() == artefact) {
          change = change(part.fields());
          differs = !part.same();
        }
      }
      rows.add(new ArtefactRow(artefact.word(), holds(artefact, version, json), change, differs));
    }
    return rows;
  }

  /// How much differs: "same", "1 changed", "2 added, 1 removed".
  public static String change(List<FieldDiff> fields) {
    if (fields.isEmpty()) {
      return "same";
    }
    long added = fields.stream().filter(FieldDiff::added).count();
    long removed = fields.stream().filter(f -> !f.added() && f.removed()).count();
    long changed = fields.size() - added - removed;
    List<String> words = new ArrayList<>();
    word(words, changed, "changed");
    word(words, added, "added");
    word(words, removed, "removed");
    return String.join(", ", words);
  }

  private static void word(List<String> words, long count, String what) {
    if (count > 0) {
      words.add(count + " " + what);
    }
  }

  private static String holds(Artefact artefact, AgentVersion version, JsonNode json) {
    return switch (artefact) {
      case PROMPTS -> prompts(json.path("prompts"));
      case MODELS ->
          String.join(
              ", ",
              version.models().stream().map(use -> use.model() + " (" + use.use() + ")").toList());
      case TOOLS -> tools(version.tools());
      case DATA ->
          String.join(
              ", ",
              version.data().stream()
                  .map(use ->
                      use.version().isEmpty() ? use.name() : use.name() + " " + use.version())
                  .toList());
      case MEMORY, CODE, ORCHESTRATION -> plain(json.path(artefact.word()));
    };
  }

  private static String prompts(JsonNode prompts) {
    List<String> words = new ArrayList<>();
    for (String name : prompts.propertyNames()) {
      String text = prompts.path(name).path("text").asString("");
      words.add(name + ", " + Figures.of(text.length(), "character", "characters"));
    }
    return String.join("; ", words);
  }

  private static String tools(List<ToolUse> uses) {
    List<String> words = new ArrayList<>();
    for (ToolUse use : uses) {
      words.add(
          use.tools().isEmpty() || use.tools().contains("*")
              ? "every tool of " + use.server()
              : Figures.of(use.tools().size(), "tool", "tools") + " of " + use.server());
    }
    return String.join(", ", words);
  }

  private static String plain(JsonNode node) {
    if (node.isMissingNode() || node.isEmpty()) {
      return "";
    }
    List<String> words = new ArrayList<>();
    for (String name : node.propertyNames()) {
      JsonNode value = node.path(name);
      if (!value.isContainer() || !value.isEmpty()) {
        words.add(
            name + " " + (value.isString() ? value.stringValue() : CanonicalJson.text(value)));
      }
    }
    String line = String.join(", ", words);
    return line.length() > LINE_MAX ? line.substring(0, LINE_MAX) + "…" : line;
  }
}
