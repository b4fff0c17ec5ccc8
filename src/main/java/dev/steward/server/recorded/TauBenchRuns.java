// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Reads a line of tau-bench: one agent, a simulated user, a reward.
final class TauBenchRuns {
  static RecordedRun read(JsonNode line) {
    String task = Fields.text(line, "task");
    String trial = Fields.text(line, "trial");
    String model = Fields.text(line, "model");
    String environment = Fields.text(line, "env");
    String agent = environment.substring(environment.lastIndexOf(' ') + 1);
    ToolDialogue dialogue = new ToolDialogue(agent, Fields.list(line, "steps"));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("trial", trial);
    facts.put("user_instruction", Fields.textOrNone(line, "user_instruction"));
    facts.put("expected_actions", line.path("expected_actions").toString());
    JsonNode reward = line.path("reward");
    return new RecordedRun(
        Benchmark.TAU_BENCH,
        String.join("/", environment, model, task, trial),
        "tau-bench",
        agent,
        task + "/trial-" + trial,
        task,
        Makers.of(model),
        model,
        dialogue.instructions(),
        true,
        dialogue.steps(),
        List.of(
            new RecordedRun.Judgement(
                -1,
                "outcome",
                Fields.text(line, "outcome"),
                reward.isNumber() ? reward.doubleValue() : null,
                "the reward of tau-bench")),
        facts,
        null);
  }
}
