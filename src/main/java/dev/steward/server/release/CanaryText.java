// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import dev.steward.server.client.Table;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// What is said of a canary, as a person reads it at a terminal.
final class CanaryText {
  private CanaryText() {}

  static String verdict(JsonNode said) {
    Table table = new Table("TEST", "CONTROL", "CANARY", "OF", "OF", "INTERVAL", "E", "THRESHOLD");
    for (JsonNode reading : said.path("readings")) {
      JsonNode interval = reading.path("interval");
      table.row(
          reading.path("name").asString(),
          number(reading.path("control").asDouble()),
          number(reading.path("canary").asDouble()),
          reading.path("controlUnits").asString(),
          reading.path("canaryUnits").asString(),
          interval.isObject()
              ? number(interval.path("lower").asDouble())
                  + " to "
                  + number(interval.path("upper").asDouble())
              : "",
          number(Math.exp(Math.min(300, reading.path("logEvidence").asDouble()))),
          number(Math.exp(reading.path("threshold").asDouble())));
    }
    return "%s (%s) after %s conversations%n%s%n%s"
        .formatted(
            said.path("verdict").asString().replace('-', ' '),
            said.path("rule").asString().replace('-', ' '),
            said.path("units").asString(),
            said.path("why").asString(),
            table);
  }

  /// The lines of a release about how it is tried, "" for none.
  static String lines(JsonNode release) {
    JsonNode canary = release.path("canary");
    if (!canary.isObject()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "  canary          %s of the conversations that begin, since %s, beside %s%n"
                .formatted(
                    canary.path("weight").asString(),
                    canary.path("since").asString(),
                    canary.path("control").asString().substring(0, 12)));
    JsonNode last = canary.path("judgements").path(canary.path("judgements").size() - 1);
    if (last.isObject()) {
      text.append(
          "  %-15s %s: %s%n"
              .formatted(
                  last.path("verdict").asString().replace('-', ' '),
                  last.path("rule").asString().replace('-', ' '),
                  last.path("why").asString()));
    }
    return text.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
