// SPDX-License-Identifier: Apache-2.0
package dev.steward.store;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.Batch;
import dev.steward.trace.DeadLetter;
import dev.steward.trace.EmptyTraces;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.SpanStore;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A span store that keeps what a transaction commits, counts what was written how often, and fails
/// when told to. It survives the loaders of a test, as a database survives a process.
final class FakeSpanStore extends EmptyTraces implements SpanStore {
  /// What the next writes do before or after they commit.
  enum Fault {
    NONE,
    FAIL_BEFORE_COMMIT,
    FAIL_AFTER_COMMIT
  }

  /// A span of this name is refused, as a database refuses a bad row.
  static final String BAD_ROW = "bad-row";

  private final Map<SpanKey, Span> spans = new LinkedHashMap<>();
  private final Map<SpanKey, Integer> inserts = new HashMap<>();
  private final Map<String, DeadLetter> letters = new LinkedHashMap<>();
  private final List<Integer> batchSizes = new ArrayList<>();
  private Counts counts = new Counts(0, 0, 0, JournalPosition.START);
  private Fault fault = Fault.NONE;
  private int faultsLeft;
  private boolean keepsBadRows;

  synchronized void fail(Fault how, int times) {
    fault = how;
    faultsLeft = times;
  }

  synchronized void keepBadRows() {
    keepsBadRows = true;
  }

  /// How often each span was committed as new.
  synchronized Map<SpanKey, Integer> inserts() {
    return Map.copyOf(inserts);
  }

  synchronized List<Integer> batchSizes() {
    return List.copyOf(batchSizes);
  }

  @Override
  public synchronized Written write(Batch batch) {
    return commit(batch, batch.upTo(), Set.of());
  }

  @Override
  public synchronized Written reload(Set<String> ids, Batch batch) {
    if (!letters.keySet().containsAll(ids)) {
      throw new ApiException(ErrorCode.NOT_FOUND, "a letter of " + ids + " is not there");
    }
    return commit(batch, counts.upTo(), ids);
  }

  private DeadLetter found(String id) {
    return deadLetter(id).orElseThrow();
  }

  private Written commit(Batch batch, JournalPosition upTo, Set<String> reloaded) {
    Fault now = faultsLeft > 0 ? fault : Fault.NONE;
    faultsLeft--;
    if (now == Fault.FAIL_BEFORE_COMMIT) {
      throw new ApiException(ErrorCode.STORAGE_FAILED, "out of order");
    }
    if (!keepsBadRows && batch.spans().stream().anyMatch(s -> s.name().equals(BAD_ROW))) {
      throw new IllegalArgumentException("value out of range");
    }
    int loaded = 0;
    for (Span span : batch.spans()) {
      if (spans.put(span.key(), span) == null) {
        loaded++;
        inserts.merge(span.key(), 1, Integer::sum);
      }
    }
    int duplicates = batch.spans().size() - loaded;
    int dead = batch.deadLetters().stream().mapToInt(DeadLetter::spans).sum();
    int taken = reloaded.stream().mapToInt(id -> found(id).spans()).sum();
    reloaded.forEach(letters::remove);
    batch.deadLetters().forEach(letter -> letters.put(letter.id(), letter));
    counts =
        new Counts(
            counts.loaded() + loaded,
            counts.duplicates() + duplicates,
            counts.deadLetters() + dead - taken,
            upTo);
    batchSizes.add(batch.spans().size());
    if (now == Fault.FAIL_AFTER_COMMIT) {
      throw new ApiException(ErrorCode.STORAGE_FAILED, "the answer to the commit got lost");
    }
    return new Written(loaded, duplicates);
  }

  @Override
  public Map<String, SpanKey> answered(Set<String> responseIds) {
    return Map.of();
  }

  @Override
  public synchronized Counts counts() {
    return counts;
  }

  @Override
  public synchronized List<DeadLetter> deadLetters(int limit) {
    return letters.values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<DeadLetter> deadLetter(String id) {
    return Optional.ofNullable(letters.get(id));
  }

  @Override
  public synchronized List<DeadLetter> takeDeadLetters(Set<String> ids) {
    List<DeadLetter> taken = new ArrayList<>();
    ids.forEach(id -> Optional.ofNullable(letters.remove(id)).ifPresent(taken::add));
    return taken;
  }

  @Override
  public synchronized int size(String traceId) {
    return spans(traceId).size();
  }

  @Override
  public synchronized List<Span> spans(String traceId) {
    return spans.values().stream().filter(s -> s.key().traceId().equals(traceId)).toList();
  }

  @Override
  public List<String> openTraces(Instant since) {
    return List.of();
  }

  @Override
  public void close() {}
}
