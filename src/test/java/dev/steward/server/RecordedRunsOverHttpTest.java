// SPDX-License-Identifier: Apache-2.0
package dev.steward.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.imports.ImportFormat;
import dev.steward.server.imports.ImportReport;
import dev.steward.server.imports.OtlpHttpSink;
import dev.steward.server.imports.OtlpJsonReader;
import dev.steward.server.imports.Pause;
import dev.steward.server.imports.RecordedRuns;
import dev.steward.server.recorded.RecordedFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Recorded runs of benchmarks through a whole server.
class RecordedRunsOverHttpTest {
  private static final OtlpJsonReader NO_OTLP =
      json -> {
        throw new IllegalStateException(json.length + " bytes of OTLP in a benchmark");
      };

  /// Of tau-bench's 751 tool calls 9 repeat the id of an earlier call of the same tool in their
  /// run, as the provider gave it; they are calls of their own all the same.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "TAU_BENCH, " + RecordedFiles.TAU_BENCH + ", 140, 61, 79, 1674, 751",
    "AGENTDOJO, " + RecordedFiles.AGENTDOJO + ", 341, -1, -1, 1605, 1447",
    "WHOWHEN, " + RecordedFiles.WHOWHEN + ", 106, 0, 106, -1, -1"
  })
  void everyRunIsThereOnceHoweverOftenItIsImported(
      ImportFormat format,
      String name,
      int runs,
      int successes,
      int failures,
      int modelCalls,
      int toolCalls,
      @TempDir Path folder)
      throws Exception {
    Path file = RecordedFiles.existing(name);
    Instant now = Instant.now();
    try (TestServer server = TestServer.open(folder)) {
      ImportReport first = send(server, format, file, now);
      server.awaitLoaded(first.spans());

      List<JsonNode> listed = runs(server);
      assertThat(first.runs()).isEqualTo(runs);
      assertThat(first.rejected()).isZero();
      assertThat(listed).hasSize(runs);
      Map<String, Integer> outcomes = outcomes(listed);
      assertThat(outcomes.keySet()).isSubsetOf("success", "failure");
      assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(runs);
      if (successes >= 0) {
        assertThat(outcomes.getOrDefault("success", 0)).isEqualTo(successes);
        assertThat(outcomes.getOrDefault("failure", 0)).isEqualTo(failures);
      }
      if (modelCalls >= 0) {
        assertThat(sum(listed, run -> run.get("modelCalls").asLong())).isEqualTo(modelCalls);
        assertThat(sum(listed, run -> run.get("toolCalls").asLong())).isEqualTo(toolCalls);
      }
      assertThat(listed).allMatch(run -> !run.at("/cost/known").asBoolean());
      assertCounts(server, first.spans(), 0);

      send(server, format, file, now);
      server.awaitLoaded(2 * first.spans());
      assertCounts(server, first.spans(), first.spans());
      if (format == ImportFormat.TAU_BENCH) {
        send(server, format, file, now.plus(Duration.ofHours(2)));
        server.awaitLoaded(3 * first.spans());
      }
      assertThat(runs(server)).hasSize(runs);
      assertThat(outcomes(runs(server))).isEqualTo(outcomes);
    }
  }

  private static ImportReport send(TestServer server, ImportFormat format, Path file, Instant now)
      throws Exception {
    InstantSource clock = InstantSource.fixed(now);
    try (OtlpHttpSink sink = new OtlpHttpSink(server.otlpUri(""), Map.of(), clock, Pause.SLEEP)) {
      return new RecordedRuns(clock, NO_OTLP).send(format, file, sink, _ -> {});
    }
  }

  /// Every span that was accepted is loaded or was there before.
  private static void assertCounts(TestServer server, long loaded, long duplicates) {
    JsonNode counts = server.json("/api/v1/ingest");
    assertThat(counts.get("loaded").asLong()).isEqualTo(loaded);
    assertThat(counts.get("duplicates").asLong()).isEqualTo(duplicates);
    assertThat(counts.get("deadLetters").asLong()).isZero();
    assertThat(counts.get("accepted").asLong()).isEqualTo(loaded + duplicates);
  }

  private static List<JsonNode> runs(TestServer server) {
    List<JsonNode> runs = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = server.json("/api/v1/runs?limit=200" + next);
      page.get("items").forEach(runs::add);
      next = page.get("next").isNull() ? "" : "&cursor=" + page.get("next").stringValue();
    } while (!next.isEmpty());
    return runs;
  }

  private static Map<String, Integer> outcomes(List<JsonNode> runs) {
    Map<String, Integer> outcomes = new TreeMap<>();
    runs.forEach(run -> outcomes.merge(run.get("outcome").asString("none"), 1, Integer::sum));
    return outcomes;
  }

  private static long sum(List<JsonNode> runs, ToLongFunction<JsonNode> figure) {
    return runs.stream().mapToLong(figure).sum();
  }
}
