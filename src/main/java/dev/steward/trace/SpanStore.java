// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Where loaded spans lie. Every driver passes `SpanStoreContract`; the in-memory one is the
/// reference.
public interface SpanStore extends TraceQueries, AutoCloseable {

  /// Writes the batch and its journal position in one transaction.
  Written write(Batch batch);

  /// What became of a batch's spans: `loaded + duplicates` is their number. A newer version of a
  /// span already there counts as a duplicate and replaces it.
  record Written(int loaded, int duplicates) {}

  /// How many spans of the trace are stored, each counted once.
  int size(String traceId);

  /// Traces with a run that was open when it was last written, received since then.
  List<String> openTraces(Instant since);

  /// Totals since the store began, of the last committed transaction.
  Counts counts();

  /// How many spans ended where.
  ///
  /// @param deadLetters spans in dead letters
  record Counts(long loaded, long duplicates, long deadLetters, JournalPosition upTo) {}

  List<DeadLetter> deadLetters(int limit);

  /// Takes letters out, to be retried or dropped.
  ///
  /// @return those that were there
  List<DeadLetter> takeDeadLetters(Set<String> ids);

  @Override
  void close();
}
