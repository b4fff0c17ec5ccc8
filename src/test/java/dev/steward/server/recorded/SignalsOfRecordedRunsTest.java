// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.insight.dialogue.Dialogue;
import dev.steward.insight.failure.SilentFailures;
import dev.steward.insight.grounding.Groundedness;
import dev.steward.insight.window.RunSpans;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.Sender;
import dev.steward.trace.assembly.RunAssembler;
import dev.steward.trace.reading.RecordReader;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.Silence;
import dev.steward.trace.span.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the signals say of runs that nobody here wrote. The figures are what they are: they stand
/// in docs/guide/signals.md, and nothing here is tuned to them.
class SignalsOfRecordedRunsTest {
  private static final Instant END = Instant.parse("2026-11-21T10:00:00Z");
  private static final RecordReader READER =
      new RecordReader((_, _, _, _, _) -> new Cost.Unknown("no prices in this test"));
  private static final RunAssembler RUNS =
      new RunAssembler(
          _ -> Optional.empty(), new Silence(Duration.ofHours(1), Duration.ofHours(1)));

  private record Recorded(String task, boolean failure, Dialogue dialogue) {}

  private static final List<Recorded> RECORDED = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    for (String line : Files.readAllLines(RecordedFiles.existing(RecordedFiles.TAU_BENCH))) {
      JsonNode json = JsonMapper.shared().readTree(line);
      List<Span> spans = new ArrayList<>();
      for (ExportTraceServiceRequest request : Benchmark.TAU_BENCH.spans(json, END)) {
        byte[] bytes = unmarked(request).toByteArray();
        spans.addAll(
            READER.read(new JournalRecord(Signal.TRACES, 1, END, Sender.UNKNOWN, bytes)).spans());
      }
      Run run = RUNS.assemble(spans, List.of(), END).getFirst();
      RECORDED.add(
          new Recorded(
              json.path("task").asString(),
              json.path("reward").asDouble() < 1,
              Dialogue.of(run, RunSpans.of(run, spans))));
    }
    assertThat(RECORDED).hasSize(140);
  }

  @Test
  void ungroundedAnswersOfFailuresAgainstSuccesses(TestReporter reporter) {
    List<Separation.Scored> all = new ArrayList<>();
    List<Separation.Scored> last = new ArrayList<>();
    for (Recorded run : RECORDED) {
      score(run, Groundedness.of(run.dialogue()), all);
      score(run, Groundedness.ofLast(run.dialogue()), last);
    }
    tell(reporter, "ungrounded, all answers", all);
    tell(reporter, "ungrounded, last answer", last);
    assertThat(all.size()).isEqualTo(140);
  }

  @Test
  void silentFailuresOfFailuresAgainstSuccesses(TestReporter reporter) {
    List<Separation.Scored> scored = new ArrayList<>();
    int results = 0;
    for (Recorded run : RECORDED) {
      if (SilentFailures.of(run.dialogue()) instanceof SilentFailures.Known known) {
        scored.add(new Separation.Scored(run.task(), run.failure(), known.failures().size()));
        results += known.results();
      }
    }
    tell(reporter, "silent failures", scored);
    assertThat(scored.size()).isEqualTo(140);
    assertThat(results).isGreaterThan(140);
  }

  private static void score(Recorded run, Groundedness said, List<Separation.Scored> scored) {
    if (said instanceof Groundedness.Known known) {
      scored.add(new Separation.Scored(run.task(), run.failure(), known.ungrounded()));
    }
  }

  private static void tell(TestReporter reporter, String what, List<Separation.Scored> scored) {
    Separation separation = Separation.of(scored);
    long some = scored.stream().filter(run -> run.score() > 0).count();
    reporter.publishEntry(what, separation + "; " + some + " runs with any");
    assertThat(separation.auc()).isBetween(separation.low(), separation.high());
    assertThat(separation.failures() + separation.successes()).isEqualTo(scored.size());
  }

  /// As sent by a process that does not look into what its tools return.
  private static ExportTraceServiceRequest unmarked(ExportTraceServiceRequest request) {
    ExportTraceServiceRequest.Builder changed = request.toBuilder();
    changed
        .getResourceSpansBuilderList()
        .forEach(resource ->
            resource
                .getScopeSpansBuilderList()
                .forEach(scope ->
                    scope
                        .getSpansBuilderList()
                        .forEach(span -> span.setStatus(Status.getDefaultInstance()))));
    return changed.build();
  }
}
