// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// How a proof ended, as the terminal shows it.
final class ProofText {
  private static final int SHOWN_MAX = 20;

  private ProofText() {}

  static String of(JsonNode proof) {
    StringBuilder text = new StringBuilder();
    boolean proved = proof.path("proved").asBoolean();
    text.append(proved ? "proved: " : "refuted: ")
        .append(proof.path("statement").asString())
        .append(System.lineSeparator());
    if (proof.path("change").isObject()) {
      return text.append(change(proof.path("change"))).toString();
    }
    if (proved) {
      return text.append(
              "  %s cases of agent, tool and environment, whatever conditions say%n"
                  .formatted(proof.path("cases").asString()))
          .toString();
    }
    JsonNode found = proof.path("counterexample");
    return text.append(
            "  %s calls %s in %s%s: %s%n"
                .formatted(
                    found.path("agent").asString(),
                    found.path("tool").asString(),
                    found.path("environment").asString(),
                    workflow(found),
                    outcome(found)))
        .append(suppositions(found, ""))
        .toString();
  }

  private static String change(JsonNode change) {
    StringBuilder text =
        new StringBuilder(
            "  %s: %s of %s cases of agent, call and environment are looser, %s tighter%n"
                .formatted(
                    change.path("course").asString(),
                    counted(change.path("looser")),
                    change.path("cases").asString(),
                    counted(change.path("tighter"))));
    differences("looser", change.path("looser"), text);
    differences("tighter", change.path("tighter"), text);
    return text.toString();
  }

  /// The server lists no more than so many.
  private static String counted(JsonNode differences) {
    return differences.size() < ComparisonItem.LISTED_MAX
        ? Integer.toString(differences.size())
        : ComparisonItem.LISTED_MAX + " or more";
  }

  private static void differences(String word, JsonNode differences, StringBuilder text) {
    int shown = Math.min(SHOWN_MAX, differences.size());
    for (JsonNode each : differences.values().stream().limit(shown).toList()) {
      text.append(
          "  %-7s %s: %s in %s%s, %s -> %s%s%n"
              .formatted(
                  word,
                  each.path("agent").asString(),
                  each.path("what").asString(),
                  each.path("environment").asString(),
                  workflow(each),
                  outcome(each.path("before")),
                  outcome(each.path("after")),
                  duties(word, each.path("duties"))));
      text.append(suppositions(each.path("before"), "before, "));
      text.append(suppositions(each.path("after"), "after, "));
    }
    if (differences.size() > shown) {
      text.append("  %s more are %s%n".formatted(differences.size() - shown, word));
    }
  }

  private static String workflow(JsonNode of) {
    String said = of.path("workflow").asString("");
    return said.isEmpty() ? "" : " for the workflow " + said;
  }

  private static String outcome(JsonNode outcome) {
    String rules = words(outcome.path("rules"));
    return outcome.path("outcome").asString() + (rules.isEmpty() ? "" : " by " + rules);
  }

  private static String duties(String word, JsonNode duties) {
    if (duties.isEmpty()) {
      return "";
    }
    List<String> all = duties.values().stream().map(JsonNode::asString).toList();
    return (word.equals("looser") ? ", no longer: " : ", newly: ") + String.join("; ", all);
  }

  private static String suppositions(JsonNode of, String when) {
    StringBuilder text = new StringBuilder();
    for (JsonNode supposed : of.path("suppositions")) {
      text.append(
          "  %swhen %s: %s (%s)%n"
              .formatted(
                  when,
                  supposed.path("holds").asBoolean() ? "true " : "false",
                  supposed.path("condition").asString(),
                  supposed.path("rule").asString()));
    }
    return text.toString();
  }

  private static String words(JsonNode rules) {
    return String.join(", ", rules.values().stream().map(JsonNode::asString).toList());
  }
}
