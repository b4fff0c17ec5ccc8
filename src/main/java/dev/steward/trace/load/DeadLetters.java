// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.Batch;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.SpanStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// What could not be loaded, and a person's two answers to it.
public final class DeadLetters {
  private final SpanStore store;
  private final ReentrantLock storeTurn;
  private final RecordsToBatches records;
  private final Tail tail;

  DeadLetters(SpanStore store, ReentrantLock storeTurn, RecordsToBatches records, Tail tail) {
    this.store = store;
    this.storeTurn = storeTurn;
    this.records = records;
    this.tail = tail;
  }

  /// What became of the spans of a retried letter; those in `deadLetters` failed again and are in
  /// new letters.
  public record Retried(int loaded, int duplicates, int deadLetters) {}

  /// The oldest letters first.
  public List<DeadLetter> list(int limit) {
    return store.deadLetters(limit);
  }

  /// @return the letter, empty when it is not there any more
  public Optional<DeadLetter> find(String id) {
    return store.deadLetter(id);
  }

  /// Reads a letter again and loads it, in one transaction with taking the letter out. What fails
  /// again is a new letter with its new reason.
  ///
  /// @throws ApiException NOT_FOUND when there is no such letter, what the span store throws when
  ///   it refuses again; the letter stays as it was then
  public Retried retry(String id) {
    storeTurn.lock();
    try {
      DeadLetter letter =
          store
              .deadLetter(id)
              .orElseThrow(() ->
                  new ApiException(
                      ErrorCode.NOT_FOUND, "there is no dead letter " + id + " (any more)"));
      Batch batch = records.batch(letter.record(), letter.at());
      SpanStore.Written written = store.reload(Set.of(id), batch);
      tail.see(batch);
      tail.refused(written.refused());
      tail.loaded(batch);
      int dead =
          batch.deadLetters().stream().mapToInt(DeadLetter::spans).sum() + written.refused().size();
      return new Retried(written.loaded(), written.duplicates(), dead);
    } finally {
      storeTurn.unlock();
    }
  }

  /// Drops letters for good; their spans stay counted as dead letters.
  ///
  /// @return how many were there
  public int drop(Set<String> ids) {
    storeTurn.lock();
    try {
      return store.takeDeadLetters(ids).size();
    } finally {
      storeTurn.unlock();
    }
  }
}
