// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import dev.steward.server.client.Shown;
import dev.steward.server.client.Table;
import tools.jackson.databind.JsonNode;

/// The tools of one server as a person reads them: how each stands, and below it what differs and
/// what looks suspicious.
final class ToolsText {
  private ToolsText() {}

  static String of(JsonNode answer) {
    StringBuilder text = new StringBuilder();
    String trouble = answer.path("trouble").asString("");
    if (!trouble.isEmpty()) {
      text.append("trouble: ").append(trouble).append('\n');
    }
    Table table = new Table("TOOL", "STANDING", "EFFECT", "LABELS");
    for (JsonNode tool : answer.path("items")) {
      table.row(
          tool.path("name").asString(),
          tool.path("standing").asString(),
          effect(tool),
          labels(tool));
    }
    text.append(table.isEmpty() ? "no tools\n" : table.toString());
    for (JsonNode tool : answer.path("items")) {
      details(text, tool);
    }
    return text.toString();
  }

  private static String effect(JsonNode tool) {
    String said = tool.path("effect").asString("");
    return said.isEmpty() ? tool.path("proposedEffect").asString("") + " (proposed)" : said;
  }

  private static String labels(JsonNode tool) {
    StringBuilder labels = new StringBuilder();
    for (JsonNode label : tool.path("labels")) {
      labels.append(labels.isEmpty() ? "" : ", ").append(label.asString());
    }
    return labels.toString();
  }

  private static void details(StringBuilder text, JsonNode tool) {
    StringBuilder details = new StringBuilder();
    if (!tool.path("trouble").asString("").isEmpty()) {
      details.append("  ").append(tool.path("trouble").asString()).append('\n');
    }
    for (JsonNode found : tool.path("suspicions")) {
      details
          .append("  ")
          .append(found.path("weight").asString())
          .append(": ")
          .append(found.path("place").asString())
          .append(' ')
          .append(found.path("message").asString())
          .append('\n');
    }
    for (JsonNode test : tool.path("tests")) {
      if (!test.path("passed").asBoolean()) {
        details
            .append("  contract test ")
            .append(test.path("name").asString())
            .append(": ")
            .append(test.path("problem").asString())
            .append('\n');
      }
    }
    for (JsonNode field : tool.path("differences")) {
      details.append("  ").append(field.path("path").asString()).append('\n');
      lines(details, "    - ", field.path("before").asString(""));
      lines(details, "    + ", field.path("after").asString(""));
    }
    if (!details.isEmpty()) {
      text.append('\n').append(tool.path("name").asString()).append('\n').append(details);
    }
  }

  private static void lines(StringBuilder text, String mark, String value) {
    value.lines().forEach(line -> text.append(mark).append(Shown.of(line)).append('\n'));
  }
}
