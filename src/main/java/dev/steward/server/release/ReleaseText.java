// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.release;

import dev.steward.server.client.Table;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Releases as a person reads them at a terminal.
final class ReleaseText {
  private static final int NAMED = 12;

  private ReleaseText() {}

  static String release(JsonNode release) {
    StringBuilder text =
        new StringBuilder(
            "release %s: %s %s from %s to %s%n%s%s%n"
                .formatted(
                    release.path("id").asString(),
                    release.path("agent").asString(),
                    named(release.path("version")),
                    release.path("from").asString(),
                    release.path("to").asString(),
                    release.path("state").asString().replace('-', ' '),
                    missing(release)));
    text.append(CanaryText.lines(release));
    text.append(copilot(release.path("copilot")));
    text.append(blueGreen(release));
    text.append(ShadowText.lines(release.path("shadow")));
    for (JsonNode gate : release.path("gates")) {
      text.append(
          "  %-15s %s (%s): %s%n"
              .formatted(
                  gate.path("verdict").asString().replace('-', ' '),
                  gate.path("name").asString(),
                  gate.path("requires").asString(),
                  gate.path("why").asString()));
    }
    for (JsonNode agreement : release.path("agreements")) {
      text.append(
          "  agreed          %s, %s%s%n"
              .formatted(
                  agreement.path("person").asString(),
                  agreement.path("at").asString(),
                  agreement.path("counts").asBoolean()
                      ? ""
                      : " (policies, budgets or gates changed since; it does not count)"));
    }
    if (release.path("state").asString().startsWith("waiting")) {
      text.append(
          "agree with: steward release promote %s --reason WHY%n"
              .formatted(release.path("id").asString()));
    }
    return text.toString();
  }

  /// What people answered to its version, "" where it never proposed.
  private static String copilot(JsonNode copilot) {
    if (!copilot.isObject()) {
      return "";
    }
    String said =
        copilot.path("answered").asInt() == 0
            ? "nobody has answered a call yet"
            : "%d of %d answers left the call as it was (95 %% interval %.1f to %.1f %%), %d edited, %d denied"
                .formatted(
                    copilot.path("unchanged").asInt(),
                    copilot.path("answered").asInt(),
                    100 * copilot.path("low").asDouble(),
                    100 * copilot.path("high").asDouble(),
                    copilot.path("edited").asInt(),
                    copilot.path("denied").asInt());
    return "  copilot         %s%s%n"
        .formatted(
            copilot.path("active").asBoolean() ? "it proposes; " : "it acts by itself now; ", said);
  }

  /// Which of two versions is in force, "" where it never stood by.
  private static String blueGreen(JsonNode release) {
    JsonNode pair = release.path("blueGreen");
    if (!pair.isObject()) {
      return "";
    }
    boolean switched = pair.path("switched").asBoolean();
    boolean open = release.path("state").asString().equals("rolling-out");
    String id = release.path("id").asString();
    return "  blue-green      %s is in force, %s stands by%n%s"
        .formatted(
            named(switched ? release.path("version") : pair.path("control")),
            named(switched ? pair.path("control") : release.path("version")),
            open
                ? "switch with: steward release switch %s%s --reason WHY%n"
                    .formatted(id, switched ? " --back" : "")
                : "");
  }

  private static String missing(JsonNode release) {
    List<String> names = release.path("missing").values().stream().map(JsonNode::asString).toList();
    return names.isEmpty() ? "" : ": " + String.join(", ", names);
  }

  static String list(JsonNode answer) {
    Table table = new Table("ID", "AGENT", "VERSION", "FROM", "TO", "STATE", "STARTED");
    for (JsonNode release : answer.path("items")) {
      table.row(
          release.path("id").asString(),
          release.path("agent").asString(),
          named(release.path("version")),
          release.path("from").asString(),
          release.path("to").asString(),
          release.path("state").asString(),
          release.path("startedAt").asString());
    }
    return table.isEmpty() ? "no releases%n".formatted() : table.toString();
  }

  static String stages(JsonNode answer) {
    Table table = new Table("ENVIRONMENT", "VERSION", "RELEASE", "ON ITS WAY", "EARLIER");
    for (JsonNode stage : answer.path("items")) {
      String running = stage.path("version").asString("");
      List<String> earlier =
          stage.path("versions").values().stream()
              .filter(placed -> !placed.path("version").asString().equals(running))
              .map(placed ->
                  named(placed.path("version"))
                      + (placed.path("withdrawn").asBoolean() ? " (rolled back)" : ""))
              .toList();
      table.row(
          stage.path("environment").asString(),
          running.isEmpty() ? "none" : named(stage.path("version")),
          stage.path("release").asString(""),
          stage.path("open").asString(""),
          String.join(", ", earlier));
    }
    return table.toString();
  }

  static String rollback(JsonNode plan) {
    boolean applied = plan.path("applied").asBoolean();
    StringBuilder text =
        new StringBuilder(
            "%s %s in %s from %s to %s%n"
                .formatted(
                    applied ? "rolled back" : "would roll back",
                    plan.path("agent").asString(),
                    plan.path("environment").asString(),
                    named(plan.path("from")),
                    named(plan.path("to"))));
    for (JsonNode restored : plan.path("restored")) {
      text.append(
          "  restored  %s/%s%s%n"
              .formatted(
                  restored.path("kind").asString(),
                  restored.path("name").asString(),
                  restored.path("deleted").asBoolean() ? " (was deleted)" : ""));
      for (JsonNode field : restored.path("differences")) {
        text.append(
            "              %s: %s -> %s%n"
                .formatted(
                    field.path("path").asString(),
                    field.path("before").asString(),
                    field.path("after").asString()));
      }
    }
    plan.path("lost")
        .forEach(name -> text.append("  not there any more  %s%n".formatted(name.asString())));
    plan.path("stays")
        .forEach(name -> text.append("  stays     %s (it is newer)%n".formatted(name.asString())));
    String widens = plan.path("widens").asString("");
    if (!widens.isEmpty()) {
      text.append("warning: it lets through again that %s%n".formatted(widens));
    }
    return text.toString();
  }

  private static String named(JsonNode digest) {
    String hex = digest.asString("");
    return hex.substring(0, Math.min(NAMED, hex.length()));
  }
}
