// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.trace.span.Evaluation;
import dev.steward.trace.span.LogLine;
import dev.steward.trace.span.MetricPoint;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;

/// A batch for tests, said in few words.
public final class BatchDraft {
  private final List<Span> spans = new ArrayList<>();
  private final List<Evaluation> evaluations = new ArrayList<>();
  private final List<LateContent> contents = new ArrayList<>();
  private final List<LogLine> logs = new ArrayList<>();
  private final List<MetricPoint> metrics = new ArrayList<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private @org.jspecify.annotations.Nullable Refusals refusals;
  private JournalPosition upTo = JournalPosition.START;

  public static Batch of(SpanDraft... drafts) {
    return new BatchDraft().spans(drafts).build();
  }

  public static Batch of(List<Span> spans) {
    BatchDraft draft = new BatchDraft();
    draft.spans.addAll(spans);
    return draft.build();
  }

  public BatchDraft spans(SpanDraft... drafts) {
    for (SpanDraft draft : drafts) {
      spans.add(draft.build());
    }
    return this;
  }

  public BatchDraft evaluation(Evaluation evaluation) {
    evaluations.add(evaluation);
    return this;
  }

  public BatchDraft late(LateContent content) {
    contents.add(content);
    return this;
  }

  public BatchDraft log(LogLine line) {
    logs.add(line);
    return this;
  }

  public BatchDraft metric(MetricPoint point) {
    metrics.add(point);
    return this;
  }

  public BatchDraft letter(DeadLetter letter) {
    letters.add(letter);
    return this;
  }

  public BatchDraft upTo(long segment, long offset, long count) {
    upTo = new JournalPosition(segment, offset, count);
    return this;
  }

  /// Makes letters with that id of spans that are another sender's.
  public BatchDraft refusing(String id) {
    refusals =
        (span, reason) -> new DeadLetter(id, upTo, 1, reason, new byte[0], java.time.Instant.EPOCH);
    return this;
  }

  public Batch build() {
    return new Batch(spans, evaluations, contents, logs, metrics, letters, upTo, refusals);
  }
}
