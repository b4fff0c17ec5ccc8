// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import dev.steward.server.client.Table;
import tools.jackson.databind.JsonNode;

/// A preview as the terminal shows it.
public final class PreviewText {
  private PreviewText() {}

  public static String of(JsonNode preview) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s calls of %s runs since %s: %s newly denied, %s newly need approval, %s newly allowed, %s with other duties, %s as now%n"
            .formatted(
                preview.path("calls").asString(),
                preview.path("runs").asString(),
                preview.path("since").asString(),
                preview.path("newlyDenied").asString(),
                preview.path("newlyNeedApproval").asString(),
                preview.path("newlyAllowed").asString(),
                preview.path("otherDuties").asString(),
                preview.path("same").asString()));
    if (preview.path("undecided").asLong() > 0) {
      text.append(
          "%s calls cannot be decided on: their arguments were not recorded, and a condition asks for them%n"
              .formatted(preview.path("undecided").asString()));
    }
    String cut = preview.path("cut").asString("");
    if (!cut.isEmpty()) {
      text.append("Older runs were left out: %s.%n".formatted(cut));
    }
    Table table = new Table("AGENT", "ENVIRONMENT", "TOOL", "NOW", "THEN", "CALLS", "FOR EXAMPLE");
    for (JsonNode change : preview.path("changes")) {
      table.row(
          change.path("agent").asString(),
          change.path("environment").asString(),
          change.path("tool").asString(),
          change.path("before").asString(),
          change.path("after").asString(),
          change.path("calls").asString(),
          change.path("examples").path(0).path("run").asString(""));
    }
    if (!table.isEmpty()) {
      text.append(table);
    }
    for (JsonNode change : preview.path("changes")) {
      JsonNode example = change.path("examples").path(0);
      text.append(
          "%s %s: %s%n"
              .formatted(
                  change.path("agent").asString(),
                  change.path("tool").asString(),
                  example.path("reason").asString("")));
      duties("newly: ", change.path("added"), text);
      duties("no longer: ", change.path("removed"), text);
      if (example.path("arguments").isString()) {
        text.append("  with %s%n".formatted(example.path("arguments").asString()));
      }
    }
    if (preview.path("left").asInt() > 0) {
      text.append("%s more are not listed%n".formatted(preview.path("left").asString()));
    }
    return text.toString();
  }

  private static void duties(String word, JsonNode duties, StringBuilder text) {
    for (JsonNode duty : duties) {
      text.append("  %s%s%n".formatted(word, duty.asString()));
    }
  }
}
