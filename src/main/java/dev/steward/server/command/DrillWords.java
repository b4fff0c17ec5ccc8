// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.command;

import tools.jackson.databind.JsonNode;

/// A drill in words.
final class DrillWords {
  private DrillWords() {}

  static String of(JsonNode held) {
    StringBuilder text = new StringBuilder();
    for (JsonNode part : held.path("items")) {
      text.append(
          "%s: %s%n"
              .formatted(
                  part.path("of").asString().replace('-', ' '),
                  part.path("passed").asBoolean()
                      ? "passed"
                      : "FAILED, " + part.path("note").asString("")));
      for (var figure : part.path("figures").properties()) {
        text.append("  ").append(line(figure.getKey(), figure.getValue().longValue()));
      }
    }
    return text.toString();
  }

  private static String line(String name, long value) {
    return name.endsWith("Micros")
        ? "%s %.1f ms%n".formatted(words(name.substring(0, name.length() - 6)), value / 1_000.0)
        : "%s %d%n".formatted(words(name), value);
  }

  private static String words(String name) {
    return name.replaceAll("([A-Z])", " $1").toLowerCase(java.util.Locale.ROOT);
  }
}
