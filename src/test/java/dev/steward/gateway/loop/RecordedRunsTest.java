// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.LoopRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Plays recorded runs past a watch as the gateway would see them: before each thing that the model
/// did, a request with all that came before.
class RecordedRunsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Cost NO_PRICE = new Cost.Unknown("no usage recorded");

  /// How many runs there are, how many are stopped, and what was told.
  private record Tally(int runs, int stopped, int flagged, Map<LoopRule, Integer> told) {}

  @Test
  void noTauBenchRunThatSucceededIsStopped(TestReporter reporter) throws IOException {
    Path file = existing("trajectories/taubench_airline.jsonl");
    Tally succeeded = play(file, run -> run.path("reward").asInt() == 1);
    reporter.publishEntry("tau-bench, succeeded", succeeded.toString());
    reporter.publishEntry(
        "tau-bench, failed", play(file, run -> run.path("reward").asInt() != 1).toString());

    assertThat(succeeded.runs()).isGreaterThan(50);
    assertThat(succeeded.stopped()).isZero();
  }

  @Test
  void noAgentDojoRunThatSucceededIsStopped(TestReporter reporter) throws IOException {
    Path file = existing("agentdojo/runs.jsonl");
    Tally succeeded = play(file, run -> run.path("utility").asBoolean());
    reporter.publishEntry("AgentDojo, succeeded", succeeded.toString());
    reporter.publishEntry(
        "AgentDojo, failed", play(file, run -> !run.path("utility").asBoolean()).toString());

    assertThat(succeeded.runs()).isGreaterThan(100);
    assertThat(succeeded.stopped()).isZero();
  }

  /// Their agents talk without tool calls; all of them failed.
  @Test
  void whatWhoAndWhenTellsIsCounted(TestReporter reporter) throws IOException {
    Tally failed = play(existing("trajectories/whowhen.jsonl"), _ -> true);
    reporter.publishEntry("Who&When, failed", failed.toString());

    assertThat(failed.runs()).isGreaterThan(50);
  }

  private static Path existing(String name) {
    Path file = Path.of("../shared/data").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "skipped: ../shared/data is missing");
    return file;
  }

  private static Tally play(Path file, Predicate<JsonNode> chosen) throws IOException {
    int runs = 0;
    int stopped = 0;
    int flagged = 0;
    Map<LoopRule, Integer> told = new EnumMap<>(LoopRule.class);
    for (String line : Files.readAllLines(file)) {
      JsonNode run = JSON.readTree(line);
      if (chosen.test(run)) {
        List<Loop> loops = loops(run.path("steps"));
        runs++;
        stopped += loops.stream().anyMatch(Loop::stops) ? 1 : 0;
        flagged += !loops.isEmpty() && loops.stream().noneMatch(Loop::stops) ? 1 : 0;
        loops.forEach(loop -> told.merge(loop.rule(), 1, Integer::sum));
      }
    }
    return new Tally(runs, stopped, flagged, told);
  }

  private static List<Loop> loops(JsonNode steps) {
    LoopWatch watch = new LoopWatch(LoopLimits.DEFAULT);
    List<Loop> loops = new ArrayList<>();
    ArrayNode messages = JSON.createArrayNode();
    int call = 0;
    for (JsonNode step : steps) {
      ObjectNode message = message(step);
      if (step.path("role").asString("").equals("assistant") && !messages.isEmpty()) {
        String id = "call-" + ++call;
        loops.addAll(
            watch.observe(
                new Step.Asked(Dialogue.START.plusSeconds(call), id, messages.toString(), "")));
        String answer = JSON.createArrayNode().add(message).toString();
        loops.addAll(
            watch.observe(
                new Step.Answered(Dialogue.START.plusSeconds(call), id, answer, "", NO_PRICE)));
      }
      messages.add(message);
    }
    loops.addAll(
        watch.observe(
            new Step.Asked(Dialogue.START.plusSeconds(call + 1), "last", messages.toString(), "")));
    return loops;
  }

  private static ObjectNode message(JsonNode step) {
    ObjectNode message = JSON.createObjectNode().put("role", step.path("role").asString(""));
    message.set("content", step.path("content"));
    if (step.has("tool_call_id")) {
      message.set("tool_call_id", step.path("tool_call_id"));
    }
    for (JsonNode call : step.path("tool_calls")) {
      ObjectNode one = message.withArray("tool_calls").addObject();
      one.set("id", call.path("id"));
      one.putObject("function")
          .put("name", call.path("name").asString(""))
          .put("arguments", call.path("args").toString());
    }
    return message;
  }
}
