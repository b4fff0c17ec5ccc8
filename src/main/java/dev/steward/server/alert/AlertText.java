// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.alert;

import dev.steward.server.client.Table;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Alerts as a person reads them at a terminal.
final class AlertText {
  private AlertText() {}

  static String list(JsonNode answer) {
    Table table = new Table("ID", "SEVERITY", "STATUS", "RAISED", "RULE", "ABOUT", "TITLE");
    for (JsonNode item : answer.path("items")) {
      table.row(
          text(item, "id"),
          text(item, "severity"),
          text(item, "status"),
          text(item, "raisedAt"),
          text(item, "rule"),
          agents(item),
          words(item, "title"));
    }
    return table.isEmpty() ? "no alerts, or none is yours to see\n" : table.toString();
  }

  static String one(JsonNode item) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        %s alert %s: %s
        %s; rule %s; about %s
        began %s, raised %s
        %s
        """
            .formatted(
                text(item, "severity"),
                text(item, "id"),
                words(item, "title"),
                text(item, "status"),
                text(item, "rule"),
                agents(item),
                text(item, "began"),
                text(item, "raisedAt"),
                words(item, "why")));
    JsonNode answer = item.path("acknowledged");
    if (answer.isObject()) {
      text.append("acknowledged ")
          .append(text(answer, "at"))
          .append(": ")
          .append(words(answer, "reason"))
          .append('\n');
    }
    for (JsonNode told : item.path("told")) {
      text.append("told ").append(told(told)).append('\n');
    }
    for (JsonNode delivery : item.path("deliveries")) {
      text.append(
          "%s through %s: %s%s%n"
              .formatted(
                  text(delivery, "event"),
                  text(delivery, "channel"),
                  text(delivery, "status"),
                  delivery.path("trouble").isNull() ? "" : ", " + text(delivery, "trouble")));
    }
    text.append(
        item.path("next").isObject()
            ? "next " + told(item.path("next")) + "\n"
            : "nothing more is told unless something changes\n");
    line(text, "silenced until", item, "silencedUntil");
    line(text, "resolved", item, "resolvedAt");
    line(text, "runbook", item, "runbook");
    line(text, "incident", item, "incident");
    return text.toString();
  }

  static String silences(JsonNode answer) {
    Table table = new Table("ID", "HOLDS", "UNTIL", "RULE", "AGENT", "ENVIRONMENT", "WHY");
    for (JsonNode item : answer.path("items")) {
      table.row(
          text(item, "id"),
          item.path("active").asBoolean() ? "yes" : "over",
          text(item, "until"),
          any(item, "rule"),
          any(item, "agent"),
          any(item, "environment"),
          words(item, "reason"));
    }
    return table.isEmpty() ? "no silences, or none is yours to see\n" : table.toString();
  }

  static String silence(JsonNode item) {
    return "silence %s holds until %s and hides %d open alerts now%n"
        .formatted(text(item, "id"), text(item, "until"), item.path("hides").asLong());
  }

  static String thresholds(JsonNode answer) {
    Table table = new Table("RULE", "AGENT", "ENVIRONMENT", "MEASURE", "LIMIT", "SAYS", "VALUE");
    for (JsonNode item : answer.path("items")) {
      table.row(
          text(item, "rule"),
          text(item, "agent"),
          any(item, "environment"),
          text(item, "measure") + " over " + text(item, "window"),
          text(item, "side") + " " + item.path("limit"),
          text(item, "said").replace('-', ' '),
          item.path("value").isNull() ? text(item, "why") : item.path("value").toString());
    }
    return table.isEmpty()
        ? "no AlertRule has a threshold, or for no agent of yours\n"
        : table.toString();
  }

  private static String told(JsonNode told) {
    List<String> channels = new ArrayList<>();
    told.path("channels").forEach(channel -> channels.add(channel.asString()));
    return "%s (%s) through %s"
        .formatted(
            text(told, "at"),
            text(told, "stage"),
            channels.isEmpty() ? "no channel" : String.join(", ", channels));
  }

  private static void line(StringBuilder text, String word, JsonNode item, String name) {
    if (!text(item, name).isEmpty()) {
      text.append(word).append(' ').append(text(item, name)).append('\n');
    }
  }

  private static String agents(JsonNode item) {
    List<String> agents = new ArrayList<>();
    for (JsonNode each : item.path("agents")) {
      String environment = text(each, "environment");
      agents.add(text(each, "agent") + (environment.isEmpty() ? "" : " in " + environment));
    }
    return agents.isEmpty() ? "the server" : String.join(", ", agents);
  }

  private static String any(JsonNode item, String name) {
    return text(item, name).isEmpty() ? "any" : text(item, name);
  }

  private static String words(JsonNode item, String name) {
    return item.path(name).isNull() ? "(erased)" : text(item, name);
  }

  private static String text(JsonNode item, String name) {
    return item.path(name).asString("");
  }
}
