// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.proposal;

import dev.steward.server.client.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Proposals as a person reads them at a terminal.
final class ProposalText {
  private ProposalText() {}

  static String list(JsonNode answer) {
    Table table = new Table("ID", "STATUS", "CHANGES", "WIDENS", "SINCE");
    for (JsonNode item : answer.path("items")) {
      List<String> changes = new ArrayList<>();
      for (JsonNode change : item.path("changes")) {
        changes.add(change.path("kind").asString() + "/" + change.path("name").asString());
      }
      table.row(
          item.path("id").asString(),
          item.path("status").asString(),
          String.join(", ", changes),
          item.path("widens").path(0).asString("")
              + (item.path("widens").size() > 1 ? ", ..." : ""),
          item.path("at").asString());
    }
    return table.isEmpty() ? "nothing waits for a second person\n" : table.toString();
  }

  static String one(JsonNode item) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s %s (%s), proposed by %s at %s%n"
            .formatted(
                item.path("id").asString(),
                item.path("status").asString(),
                item.path("course").asString(),
                item.path("by").path("id").asString(),
                item.path("at").asString()));
    item.path("widens").forEach(line -> text.append("  widens   " + line.asString() + "\n"));
    item.path("narrows").forEach(line -> text.append("  narrows  " + line.asString() + "\n"));
    for (JsonNode change : item.path("changes")) {
      text.append(
          "%-10s%s/%s%n"
              .formatted(
                  change.path("change").asString(),
                  change.path("kind").asString(),
                  change.path("name").asString()));
      for (JsonNode field : change.path("fields")) {
        text.append("    " + field.path("path").asString() + "\n");
        field.path("before").asString("").lines().forEach(l -> text.append("      - " + l + "\n"));
        field.path("after").asString("").lines().forEach(l -> text.append("      + " + l + "\n"));
      }
    }
    JsonNode answer = item.path("answer");
    if (answer.isObject()) {
      text.append(
          "%s by %s at %s: %s%n"
              .formatted(
                  item.path("status").asString(),
                  answer.path("by").path("id").asString(),
                  answer.path("at").asString(),
                  answer.path("reason").asString()));
    }
    return text.toString();
  }
}
