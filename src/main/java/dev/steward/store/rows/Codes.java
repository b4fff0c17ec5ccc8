// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import dev.steward.domain.SpanKind;
import dev.steward.trace.run.RunStatus;
import dev.steward.trace.span.Span;
import java.util.List;

/// The numbers that stand for words in columns. A new word goes to the end of its list; none is
/// ever moved or taken out.
public final class Codes {
  public static final List<SpanKind> KINDS =
      List.of(
          SpanKind.AGENT,
          SpanKind.MODEL,
          SpanKind.TOOL,
          SpanKind.RETRIEVER,
          SpanKind.EMBEDDING,
          SpanKind.GUARDRAIL,
          SpanKind.EVALUATOR,
          SpanKind.STEP,
          SpanKind.OTHER);
  public static final List<Span.Status> SPAN_STATUSES =
      List.of(Span.Status.UNSET, Span.Status.OK, Span.Status.ERROR);
  public static final List<RunStatus> RUN_STATUSES =
      List.of(
          RunStatus.STARTED,
          RunStatus.WORKING,
          RunStatus.WAITING,
          RunStatus.FINISHED,
          RunStatus.FAILED,
          RunStatus.ABANDONED);

  private Codes() {}

  public static <T> int of(List<T> words, T word) {
    int code = words.indexOf(word);
    if (code < 0) {
      throw new IllegalStateException("no code for " + word);
    }
    return code;
  }

  public static int of(RunStatus status) {
    return of(RUN_STATUSES, status);
  }

  /// Condition: the run was open when it was written.
  public static String open() {
    return "status in ("
        + of(RunStatus.STARTED)
        + ", "
        + of(RunStatus.WORKING)
        + ", "
        + of(RunStatus.WAITING)
        + ")";
  }
}
