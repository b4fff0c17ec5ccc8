// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.manifest;

import dev.steward.server.client.ExitCode;
import tools.jackson.databind.JsonNode;

/// A plan as a person reads it: what is created, changed, deleted, and what is wrong.
public final class PlanText {
  private PlanText() {}

  public static String of(JsonNode plan) {
    StringBuilder text = new StringBuilder();
    plan.path("problems").forEach(p -> text.append("error: ").append(problem(p)).append('\n'));
    plan.path("warnings").forEach(p -> text.append("warning: ").append(problem(p)).append('\n'));
    for (JsonNode change : plan.path("changes")) {
      text.append(word(change)).append('\n');
      change.path("fields").forEach(field -> text.append(field(field)));
    }
    return text.append(ending(plan)).toString();
  }

  /// A change that waits for a second person is not done, and what builds on it must not go on.
  public static int exitCode(JsonNode plan, boolean dryRun) {
    if (!plan.path("problems").isEmpty()) {
      return ExitCode.WRONG_USE;
    }
    return plan.path("proposal").isObject() && !dryRun ? ExitCode.CHECK_FAILED : ExitCode.DONE;
  }

  private static String word(JsonNode change) {
    return "%-10s%s/%s"
        .formatted(
            change.path("change").asString(),
            change.path("kind").asString(),
            change.path("name").asString());
  }

  private static String field(JsonNode field) {
    StringBuilder text = new StringBuilder("    " + field.path("path").asString() + "\n");
    lines(text, "      - ", field.path("before").asString(""));
    lines(text, "      + ", field.path("after").asString(""));
    return text.toString();
  }

  private static void lines(StringBuilder text, String mark, String value) {
    if (!value.isEmpty()) {
      value.lines().forEach(line -> text.append(mark).append(line).append('\n'));
    }
  }

  private static String waiting(JsonNode proposal) {
    String id = proposal.path("id").asString();
    StringBuilder text =
        new StringBuilder("It widens what agents may do or spend where they run:\n");
    proposal.path("widens").forEach(line -> lines(text, "  + ", line.asString()));
    proposal.path("narrows").forEach(line -> lines(text, "  - ", line.asString()));
    text.append(
        id.isEmpty()
            ? "all of it would wait for a second person\n"
            : "all of it waits for a second person: steward accept " + id + " --reason WHY\n");
    return text.toString();
  }

  static String problem(JsonNode problem) {
    String file = problem.path("file").asString("");
    int line = problem.path("line").asInt(0);
    String field = problem.path("field").asString("");
    return (file.isEmpty() ? "" : file + (line > 0 ? ":" + line : "") + ": ")
        + (field.isEmpty() ? "" : field + ": ")
        + problem.path("message").asString("");
  }

  private static String ending(JsonNode plan) {
    JsonNode proposal = plan.path("proposal");
    if (proposal.isObject()) {
      return waiting(proposal);
    }
    if (plan.path("applied").asBoolean()) {
      return "applied, ledger entry " + plan.path("sequence").asLong() + "\n";
    }
    return plan.path("problems").isEmpty() ? "" : "nothing was changed\n";
  }
}
