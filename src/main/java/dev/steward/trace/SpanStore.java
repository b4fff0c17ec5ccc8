// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.trace.span.SpanKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where loaded spans lie. Every driver passes `SpanStoreContract`; the in-memory one is the
/// reference.
public interface SpanStore extends TraceQueries, AutoCloseable {

  /// Writes the batch and its journal position in one transaction.
  Written write(Batch batch);

  /// What became of a batch's spans: `loaded + duplicates + refused` is their number. A newer
  /// version of a span already there counts as a duplicate and replaces it.
  ///
  /// @param refused spans that belong to another sender; the store wrote letters of them
  record Written(int loaded, int duplicates, List<SpanKey> refused) {
    public Written(int loaded, int duplicates) {
      this(loaded, duplicates, List.of());
    }
  }

  /// How many spans of the trace are stored, each counted once.
  int size(String traceId);

  /// Traces with a run that was open when it was last written, received since then.
  List<String> openTraces(Instant since);

  /// The spans that gave these responses, by the response's id; a model call before any other span
  /// that names it. Those that are not known, or older than a few days, are left out.
  Map<String, SpanKey> answered(Set<String> responseIds);

  /// Totals since the store began, of the last committed transaction.
  Counts counts();

  /// How many spans ended where.
  ///
  /// @param deadLetters spans in dead letters, those of dropped letters included, so that `loaded +
  ///   duplicates + deadLetters` is always `upTo.spans()`
  record Counts(long loaded, long duplicates, long deadLetters, JournalPosition upTo) {}

  /// The oldest letters first.
  List<DeadLetter> deadLetters(int limit);

  /// The letter of that id.
  Optional<DeadLetter> deadLetter(String id);

  /// Takes letters out for good, on a person's word. Their spans stay counted as dead letters: they
  /// were accepted and never loaded.
  ///
  /// @return those that were there
  List<DeadLetter> takeDeadLetters(Set<String> ids);

  /// Writes what a second reading of these letters gave, and takes the letters out, in one
  /// transaction. Their spans leave the count of dead letters and are counted as the batch has
  /// them: loaded, duplicate, or again in its dead letters. The journal position does not move,
  /// whatever the batch says.
  ///
  /// @throws dev.steward.domain.ApiException NOT_FOUND when a letter is no longer there; nothing is
  ///   written then
  Written reload(Set<String> letters, Batch batch);

  @Override
  void close();
}
