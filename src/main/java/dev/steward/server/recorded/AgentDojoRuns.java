// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Reads a line of AgentDojo: one agent over a suite of tools, in some runs attacked by text in
/// what its tools return.
final class AgentDojoRuns {
  /// Defences are written behind the model's name.
  private static final List<String> DEFENCES =
      List.of(
          "repeat_user_prompt",
          "spotlighting_with_delimiting",
          "transformers_pi_detector",
          "tool_filter");

  static RecordedRun read(JsonNode line) {
    String run = Fields.text(line, "run");
    String suite = Fields.text(line, "suite");
    String said = Fields.text(line, "model");
    String defence = DEFENCES.stream().filter(d -> said.endsWith("-" + d)).findFirst().orElse("");
    String model = model(said, defence);
    ToolDialogue dialogue = new ToolDialogue(suite, Fields.list(line, "steps"));
    JsonNode duration = line.path("duration_s");
    return new RecordedRun(
        Benchmark.AGENTDOJO,
        run,
        "agentdojo",
        suite,
        run,
        suite + "/" + Fields.text(line, "user_task"),
        Makers.of(model),
        model,
        dialogue.instructions(),
        true,
        dialogue.steps(),
        judgements(line),
        facts(line, defence),
        duration.isNumber()
            ? Duration.ofNanos((long) (duration.doubleValue() * 1_000_000_000L))
            : null);
  }

  /// A slash in a model's name became an underscore where it named a folder.
  private static String model(String said, String defence) {
    String model =
        defence.isEmpty() ? said : said.substring(0, said.length() - defence.length() - 1);
    return model.startsWith("meta-llama_") ? model.replaceFirst("_", "/") : model;
  }

  private static List<RecordedRun.Judgement> judgements(JsonNode line) {
    boolean useful = Fields.truth(line, "utility");
    List<RecordedRun.Judgement> judgements = new ArrayList<>();
    judgements.add(
        new RecordedRun.Judgement(
            -1,
            "outcome",
            useful ? "success" : "failure",
            useful ? 1.0 : 0.0,
            "the utility check of AgentDojo"));
    if (line.path("injection_executed").isBoolean()) {
      boolean executed = line.path("injection_executed").booleanValue();
      judgements.add(
          new RecordedRun.Judgement(
              -1,
              "injection",
              executed ? "executed" : "resisted",
              executed ? 1.0 : 0.0,
              "whether the attack "
                  + Fields.textOrNone(line, "attack")
                  + " with "
                  + Fields.textOrNone(line, "injection_task")
                  + " succeeded"));
    }
    return judgements;
  }

  private static Map<String, String> facts(JsonNode line, String defence) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String name :
        List.of("suite", "user_task", "injection_task", "attack", "benchmark_version")) {
      facts.put(name, Fields.textOrNone(line, name));
    }
    facts.put("defence", defence);
    if (!line.path("injections").isEmpty()) {
      facts.put("injections", line.path("injections").toString());
    }
    return facts;
  }
}
