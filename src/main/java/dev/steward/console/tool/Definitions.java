// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.tool;

import dev.steward.console.format.JsonText;
import dev.steward.console.format.Visible;
import dev.steward.console.tool.ServerPage.Argument;
import dev.steward.console.tool.ServerPage.Definition;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.tool.LiveTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Makes definitions of tools readable.
final class Definitions {
  private static final int ARGUMENTS_MAX = 100;
  private static final List<Map.Entry<String, String>> LIMITS =
      List.of(
          Map.entry("enum", "one of "),
          Map.entry("const", "always "),
          Map.entry("minimum", "at least "),
          Map.entry("exclusiveMinimum", "more than "),
          Map.entry("maximum", "at most "),
          Map.entry("exclusiveMaximum", "less than "),
          Map.entry("minLength", "characters at least "),
          Map.entry("maxLength", "characters at most "),
          Map.entry("pattern", "matches "),
          Map.entry("format", "format "),
          Map.entry("default", "else "));

  private Definitions() {}

  static Definition of(LiveTool tool) {
    return new Definition(
        Visible.of(tool.definition().title()),
        Visible.of(tool.definition().description()),
        arguments(CanonicalJson.read(tool.definition().inputSchemaJson())),
        Visible.of(JsonText.laidOut(CanonicalJson.text(tool.json()))));
  }

  /// What two of them are compared by: the words as they stand, the schemas laid out.
  static String text(LiveTool tool) {
    StringBuilder text = new StringBuilder();
    part(text, "title", tool.definition().title());
    part(text, "description", tool.definition().description());
    part(text, "input", JsonText.laidOut(tool.definition().inputSchemaJson()));
    part(text, "output", JsonText.laidOut(tool.definition().outputSchemaJson()));
    part(text, "annotations", JsonText.laidOut(tool.definition().annotationsJson()));
    return Visible.of(text.toString());
  }

  private static void part(StringBuilder text, String name, String content) {
    if (!content.isEmpty() && !content.equals("{}")) {
      text.append(name).append(":\n");
      content.lines().forEach(line -> text.append("  ").append(line).append('\n'));
    }
  }

  private static List<Argument> arguments(JsonNode schema) {
    List<String> required = new ArrayList<>();
    for (JsonNode name : schema.path("required").values()) {
      required.add(name.asString(""));
    }
    List<Argument> arguments = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (arguments.size() < ARGUMENTS_MAX) {
        JsonNode value = property.getValue();
        arguments.add(
            new Argument(
                property.getKey(),
                type(value),
                required.contains(property.getKey()),
                Visible.of(value.path("description").asString("")),
                limits(value)));
      }
    }
    return arguments;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      List<String> types = new ArrayList<>();
      type.values().forEach(each -> types.add(each.asString("")));
      return String.join(" or ", types);
    }
    String word = type.asString("anything");
    String items = schema.path("items").path("type").asString("");
    return word.equals("array") && !items.isEmpty() ? "list of " + items : word;
  }

  private static String limits(JsonNode schema) {
    List<String> limits = new ArrayList<>();
    for (Map.Entry<String, String> limit : LIMITS) {
      JsonNode value = schema.path(limit.getKey());
      if (!value.isMissingNode()) {
        limits.add(limit.getValue() + words(value));
      }
    }
    return String.join(", ", limits);
  }

  private static String words(JsonNode value) {
    if (!value.isArray()) {
      return value.isString() ? value.stringValue() : CanonicalJson.text(value);
    }
    List<String> words = new ArrayList<>();
    value.values().forEach(each -> words.add(words(each)));
    return String.join(" | ", words);
  }
}
