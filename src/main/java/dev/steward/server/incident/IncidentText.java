// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import dev.steward.server.client.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Incidents as a person reads them at a terminal.
final class IncidentText {
  private IncidentText() {}

  static String list(JsonNode answer) {
    Table table = new Table("ID", "SEVERITY", "STATUS", "OPENED", "ABOUT", "TITLE");
    for (JsonNode item : answer.path("items")) {
      table.row(
          item.path("id").asString(),
          item.path("severity").asString(),
          item.path("status").asString(),
          item.path("openedAt").asString(),
          agents(item),
          title(item));
    }
    return table.isEmpty() ? "no incidents, or none is yours to see\n" : table.toString();
  }

  static String one(JsonNode item) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        %s incident %s: %s
        %s; led by %s; about %s
        began %s, opened %s after %s
        """
            .formatted(
                item.path("severity").asString(),
                item.path("id").asString(),
                title(item),
                item.path("status").asString(),
                item.path("commander").asString().isEmpty()
                    ? "nobody"
                    : item.path("commander").asString(),
                agents(item),
                item.path("began").asString(),
                item.path("openedAt").asString(),
                time(item.path("detectionSeconds"))));
    end(item, "contained", text);
    end(item, "resolved", text);
    text.append("why: ").append(words(item.path("reason"))).append('\n');
    if (!item.path("cause").asString().isEmpty()) {
      text.append("alarm: ").append(item.path("cause").asString()).append('\n');
    }
    for (JsonNode run : item.path("runs")) {
      text.append("run: ").append(run.asString()).append('\n');
    }
    for (JsonNode note : item.path("notes")) {
      text.append(
          "%s %s: %s\n"
              .formatted(
                  note.path("at").asString(), actor(note.path("by")), words(note.path("text"))));
    }
    return text.toString();
  }

  static String timeline(JsonNode story) {
    StringBuilder text = new StringBuilder();
    for (JsonNode line : story.path("items")) {
      String agent = line.path("agent").asString();
      String detail = line.path("detail").asString();
      text.append(line.path("at").asString())
          .append(' ')
          .append(line.path("personsWords").asBoolean() ? "in their words, " : "")
          .append(actor(line.path("by")))
          .append(agent.isEmpty() ? ": " : ", " + agent + ": ")
          .append(line.path("title").asString())
          .append(detail.isEmpty() ? "" : ": " + detail)
          .append(" (")
          .append(line.path("page").asString())
          .append(
              line.path("sequence").isNull()
                  ? ""
                  : ", ledger entry " + line.path("sequence").asString())
          .append(")\n");
    }
    return text.toString();
  }

  private static void end(JsonNode item, String word, StringBuilder text) {
    JsonNode at = item.path(word + "At");
    if (!at.isNull()) {
      String measure = word.equals("contained") ? "containmentSeconds" : "resolutionSeconds";
      text.append(
          "%s %s, %s after it was opened\n"
              .formatted(word, at.asString(), time(item.path(measure))));
    }
  }

  private static String agents(JsonNode item) {
    List<String> agents = new ArrayList<>();
    for (JsonNode concern : item.path("agents")) {
      String environment = concern.path("environment").asString();
      agents.add(
          concern.path("agent").asString() + (environment.isEmpty() ? "" : " in " + environment));
    }
    return agents.isEmpty() ? "no agent" : String.join(", ", agents);
  }

  private static String title(JsonNode item) {
    return words(item.path("title"));
  }

  private static String words(JsonNode text) {
    return text.isNull() ? "(erased)" : text.asString();
  }

  private static String actor(JsonNode by) {
    return by.path("kind").asString() + ":" + by.path("id").asString();
  }

  private static String time(JsonNode seconds) {
    return Duration.ofSeconds(seconds.asLong()).toString();
  }
}
