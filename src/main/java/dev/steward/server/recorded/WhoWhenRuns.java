// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads a line of Who&When: several agents that failed together, and who was to blame at which
/// step. In one half of them equal agents speak in a group chat, in the other an orchestrator sends
/// its agents off and judges what they bring.
final class WhoWhenRuns {
  private static final String ORCHESTRATOR = "Orchestrator";
  private static final String GROUP = "group-chat";

  /// Both halves have a member that is no agent but runs the code in the message before it.
  private static final Pattern TERMINAL =
      Pattern.compile("Computer_?terminal", Pattern.CASE_INSENSITIVE);

  private static final Pattern EXIT = Pattern.compile("^exitcode: (\\d+)");
  private static final Pattern CODE = Pattern.compile("```\\w*\\n(.*?)```", Pattern.DOTALL);

  static RecordedRun read(JsonNode line) {
    String run = Fields.text(line, "run");
    String split = Fields.text(line, "split");
    JsonNode messages = Fields.list(line, "steps");
    String root = split.equals("Hand-Crafted") ? ORCHESTRATOR : GROUP;
    Map<String, String> facts = new LinkedHashMap<>();
    for (String name :
        List.of("split", "level", "question", "expected", "mistake_agent", "mistake_step")) {
      facts.put(name, Fields.textOrNone(line, name));
    }
    return new RecordedRun(
        Benchmark.WHOWHEN,
        run,
        "who-and-when",
        root,
        run,
        Fields.text(line, "question_id"),
        null,
        null,
        instructions(line.path("system_prompt")),
        root.equals(GROUP),
        steps(root, messages),
        judgements(line, messages.size()),
        facts,
        null);
  }

  private static Map<String, String> instructions(JsonNode prompts) {
    Map<String, String> instructions = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> prompt : prompts.properties()) {
      instructions.put(prompt.getKey(), prompt.getValue().asString(""));
    }
    return instructions;
  }

  private static List<RecordedRun.Step> steps(String root, JsonNode messages) {
    List<RecordedRun.Step> steps = new ArrayList<>();
    String before = "";
    String speakerBefore = root;
    for (JsonNode message : messages) {
      int index = steps.size();
      String speaker = speaker(Fields.text(message, "agent"));
      String text = Fields.text(message, "content");
      if (index == 0) {
        // What starts the talk is the task, whoever is recorded as having brought it in.
        steps.add(new RecordedRun.Told(index, text));
      } else if (TERMINAL.matcher(speaker).matches()) {
        steps.add(execution(index, speakerBefore, speaker, before, text));
      } else {
        steps.add(new RecordedRun.Turn(index, speaker, text, List.of()));
        speakerBefore = speaker;
      }
      before = text;
    }
    return steps;
  }

  /// `Orchestrator (-> WebSurfer)` and `Orchestrator (thought)` are one speaker.
  private static String speaker(String said) {
    int bracket = said.indexOf(" (");
    return bracket > 0 ? said.substring(0, bracket) : said;
  }

  private static RecordedRun.Action execution(
      int index, String by, String tool, String before, String result) {
    Matcher exit = EXIT.matcher(result);
    boolean failed = exit.find() && !exit.group(1).equals("0");
    List<String> code = CODE.matcher(before).results().map(r -> r.group(1)).toList();
    return new RecordedRun.Action(
        index,
        by,
        tool,
        null,
        code.isEmpty() ? null : Json.object(Map.of("code", String.join("\n", code))),
        result,
        failed ? "exit_code_" + exit.group(1) : null,
        failed ? result.lines().findFirst().orElse("") : "");
  }

  private static List<RecordedRun.Judgement> judgements(JsonNode line, int steps) {
    String reason = Fields.textOrNone(line, "mistake_reason");
    JsonNode step = line.path("mistake_step");
    int at = step.isIntegralNumber() && step.intValue() < steps ? step.intValue() : -1;
    return List.of(
        new RecordedRun.Judgement(-1, "outcome", Fields.text(line, "outcome"), 0.0, reason),
        new RecordedRun.Judgement(
            at, "decisive mistake", Fields.text(line, "mistake_agent"), null, reason));
  }
}
