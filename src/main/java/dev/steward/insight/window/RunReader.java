// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.domain.SpanKind;
import dev.steward.insight.dialogue.Dialogue;
import dev.steward.insight.failure.SilentFailures;
import dev.steward.insight.grounding.Groundedness;
import dev.steward.trace.gateway.Enforced;
import dev.steward.trace.graph.SpanTree;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the spans of a run once.
final class RunReader {
  private static final int LATENCIES_MAX = 200;

  private static final String ASKED = "require_approval";
  private static final String APPROVAL = "\"steward.approval.id\"";

  private static final Pattern TIMEOUT =
      Pattern.compile("time[d]?[-_ ]?out|deadline", Pattern.CASE_INSENSITIVE);

  private RunReader() {}

  /// @param all spans of the run, each call once
  static RunReading read(Run run, Collection<Span> all) {
    List<Span> spans = all.stream().sorted(SpanTree.BY_START).toList();
    List<Span> tools = spans.stream().filter(span -> span.kind() == SpanKind.TOOL).toList();
    List<Integer> latencies = new ArrayList<>();
    int failures = 0;
    for (Span tool : tools) {
      failures += tool.status() == Span.Status.ERROR ? 1 : 0;
      if (latencies.size() < LATENCIES_MAX) {
        latencies.add(Latencies.bucket(tool.duration()));
      }
    }
    Dialogue dialogue = Dialogue.of(run, spans);
    Groundedness grounded = Groundedness.of(dialogue);
    SilentFailures silent = SilentFailures.of(dialogue);
    return new RunReading(
        tools.size(),
        failures,
        latencies,
        (int) spans.stream().filter(RunReader::asked).count(),
        (int) spans.stream().filter(WasteReader::denied).count(),
        timedOut(run, spans),
        grounded instanceof Groundedness.Known known ? known.claims() : -1,
        grounded instanceof Groundedness.Known known ? known.ungrounded() : 0,
        silent instanceof SilentFailures.Known known ? known.results() : 0,
        silent instanceof SilentFailures.Known known ? known.failures().size() : -1,
        WasteReader.read(spans, run.cost().currency()));
  }

  private static boolean asked(Span span) {
    return Enforced.of(span)
        .filter(
            done -> done.decision().equals(ASKED) || span.raw().attributesJson().contains(APPROVAL))
        .isPresent();
  }

  /// Whether what failed the run, its own span or else the last that failed, says a time limit.
  private static boolean timedOut(Run run, List<Span> spans) {
    if (run.status() != RunStatus.FAILED) {
      return false;
    }
    List<Span> failed = spans.stream().filter(span -> span.status() == Span.Status.ERROR).toList();
    Optional<Span> own =
        failed.stream()
            .filter(span -> span.key().spanId().equals(run.rootSpanId()))
            .filter(span -> span.error() != null)
            .findFirst();
    return own.or(() -> failed.isEmpty() ? Optional.empty() : Optional.of(failed.getLast()))
        .map(Span::error)
        .filter(Objects::nonNull)
        .filter(error -> TIMEOUT.matcher(error).find())
        .isPresent();
  }
}
