// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.drift;

import dev.steward.insight.trait.Learning;
import dev.steward.server.client.Shown;
import dev.steward.server.client.Table;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Drift as a person reads it at a terminal: how each agent stands, and under that every open alarm
/// with what may have caused it.
final class DriftText {
  private DriftText() {}

  static String of(JsonNode answer) {
    Table table =
        new Table("AGENT", "WHERE", "STANDS", "NEAREST", "BEFORE", "LATELY", "RUNS", "BASELINE");
    StringBuilder alarms = new StringBuilder();
    for (JsonNode item : answer.path("items")) {
      JsonNode nearest = item.path("traits").path(0);
      table.row(
          item.path("agent").asString(),
          item.path("environment").asString(),
          stands(item),
          nearest.path("trait").asString("-"),
          share(nearest.path("before")),
          share(nearest.path("lately")),
          item.path("runs").asString(),
          baseline(item.path("baseline")));
      item.path("alarms").forEach(alarm -> tell(item, alarm, alarms));
    }
    return table.isEmpty()
        ? "no registered agent has runs that ended, or none is yours to see\n"
        : table + alarms.toString();
  }

  private static String stands(JsonNode item) {
    for (JsonNode alarm : item.path("alarms")) {
      if (open(alarm)) {
        return "drifted";
      }
    }
    if (item.path("baseline").isNull() || item.path("runs").asInt() < Learning.USUAL.least()) {
      return "not enough data";
    }
    for (JsonNode trait : item.path("traits")) {
      if (!trait.path("drifted").asString("").isEmpty()) {
        return "drifted, seen to";
      }
    }
    return "steady";
  }

  private static boolean open(JsonNode alarm) {
    return alarm.path("closedAt").isNull();
  }

  private static String share(JsonNode share) {
    return share.path("share").isNumber()
        ? String.format(
            Locale.ROOT,
            "%.1f %% (%.1f–%.1f)",
            100 * share.path("share").doubleValue(),
            100 * share.path("low").doubleValue(),
            100 * share.path("high").doubleValue())
        : "-";
  }

  private static String baseline(JsonNode baseline) {
    return baseline.isNull()
        ? "-"
        : baseline.path("runs").asString() + " of " + baseline.path("version").asString();
  }

  private static void tell(JsonNode item, JsonNode alarm, StringBuilder text) {
    if (!open(alarm)) {
      return;
    }
    text.append(
        """

        %s in %s: %s.
        began %s, between %s and %s; found %s
        """
            .formatted(
                Shown.of(item.path("agent").asString()),
                Shown.of(item.path("environment").asString()),
                Shown.of(alarm.path("why").asString()),
                alarm.path("began").asString(),
                alarm.path("evidence").path("earliest").asString(),
                alarm.path("evidence").path("latest").asString(),
                alarm.path("at").asString()));
    if (alarm.path("causes").isEmpty()) {
      text.append("cause: cannot tell; nothing that changes an agent happened around that time\n");
    }
    for (JsonNode cause : alarm.path("causes")) {
      text.append(
          "cause: %s %s, %s (%s)\n"
              .formatted(
                  cause.path("at").asString(),
                  Shown.of(cause.path("title").asString()),
                  cause.path("why").asString(),
                  cause.path("page").asString()));
    }
    text.append(
        "close it: steward drift close %s --reason WHY\n".formatted(alarm.path("id").asString()));
  }
}
