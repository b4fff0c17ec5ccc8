// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import dev.steward.trace.Batch;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.Refusals;
import dev.steward.trace.span.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A journal record that has been read: itself, and what it says.
///
/// @param batch of this record alone
@SuppressWarnings("ReferenceEquality") // spans of a batch are told apart by which they are
record Read(JournalRecord record, Batch batch) {

  int rows() {
    return batch.spans().size()
        + batch.evaluations().size()
        + batch.contents().size()
        + batch.logs().size()
        + batch.metrics().size()
        + batch.deadLetters().size()
        + batch.moved().size();
  }

  /// What it takes up, by the only measure that is known before reading it.
  long bytes() {
    return record.payload().length;
  }

  /// Several records as one batch, which reaches as far as the last.
  static Batch together(List<Read> reads) {
    return new Batch(
        all(reads, Batch::spans),
        all(reads, Batch::evaluations),
        all(reads, Batch::contents),
        all(reads, Batch::logs),
        all(reads, Batch::metrics),
        all(reads, Batch::deadLetters),
        reads.getLast().batch().upTo(),
        (span, reason) -> letter(reads, span, reason),
        all(reads, Batch::moved));
  }

  private static DeadLetter letter(List<Read> reads, Span span, String reason) {
    for (Read read : reads) {
      Refusals refusals = read.batch().refusals();
      for (Span its : read.batch().spans()) {
        if (its == span && refusals != null) {
          return refusals.letter(span, reason);
        }
      }
    }
    throw new IllegalArgumentException("a span of no record: " + span.key());
  }

  /// A batch of nothing but letters.
  static Batch of(List<DeadLetter> letters, JournalPosition upTo) {
    return new Batch(List.of(), List.of(), List.of(), List.of(), List.of(), letters, upTo);
  }

  private static <T> List<T> all(List<Read> reads, Function<Batch, List<T>> part) {
    List<T> all = new ArrayList<>();
    reads.forEach(read -> all.addAll(part.apply(read.batch())));
    return all;
  }
}
