// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.trace.Batch;
import dev.steward.trace.Journal;
import dev.steward.trace.SpanStore;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The thread that writes the span store, and what it does when the store will not.
///
/// A store that fails is tried again until it works, with smaller batches in case they were too
/// much for it: nothing is given up. A store that works and refuses a batch has something in it
/// that it cannot keep: the batch is halved until that record stands alone and becomes a dead
/// letter.
final class StoreWriter implements Runnable {
  private static final System.Logger LOG = System.getLogger(StoreWriter.class.getName());
  private static final int TRIES_BEFORE_HALVING = 3;

  private final SpanStore store;
  private final ReentrantLock storeTurn;
  private final ReadAhead ahead;
  private final RecordsToBatches records;
  private final Tail tail;
  private final Journal journal;
  private final Progress progress;
  private final Patience patience;

  StoreWriter(
      SpanStore store,
      ReentrantLock storeTurn,
      ReadAhead ahead,
      RecordsToBatches records,
      Tail tail,
      Journal journal,
      Progress progress,
      Patience patience) {
    this.store = store;
    this.storeTurn = storeTurn;
    this.ahead = ahead;
    this.records = records;
    this.tail = tail;
    this.journal = journal;
    this.progress = progress;
    this.patience = patience;
  }

  private enum Answer {
    WRITTEN,
    REFUSED,
    FAILED,
    STOPPED
  }

  /// One try at a batch.
  private record Try(Answer answer, String reason) {
    static final Try WRITTEN = new Try(Answer.WRITTEN, "");
  }

  @Override
  public void run() {
    try {
      for (List<Read> reads = ahead.take(); !reads.isEmpty(); reads = ahead.take()) {
        if (!load(reads)) {
          LOG.log(
              System.Logger.Level.WARNING,
              "stopped while the span store fails; the journal keeps what is not loaded");
          return;
        }
        ahead.done();
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.ERROR, "the loader's writer was interrupted and ends", e);
      progress.storeTrouble("the loader was interrupted: restart the server");
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "the loader's writer ends", e);
      progress.storeTrouble("the loader has ended, restart the server: " + e);
    }
  }

  /// Returns false when the loader stops before the store works again.
  private boolean load(List<Read> reads) throws InterruptedException {
    Batch batch = Read.together(reads);
    boolean single = reads.size() == 1;
    Try result = persist(batch, single ? Integer.MAX_VALUE : TRIES_BEFORE_HALVING);
    return switch (result.answer()) {
      case WRITTEN -> {
        settled(batch, batch);
        yield true;
      }
      case STOPPED -> false;
      case REFUSED, FAILED -> {
        if (single) {
          yield bury(reads.getFirst(), result.reason());
        }
        int half = reads.size() / 2;
        yield load(reads.subList(0, half)) && load(reads.subList(half, reads.size()));
      }
    };
  }

  /// Writes a record that the store refuses as a dead letter.
  private boolean bury(Read guilty, String reason) throws InterruptedException {
    Batch refused = guilty.batch();
    String why = "the span store refused it: " + reason;
    Batch letter =
        Read.of(List.of(records.letter(guilty.record(), refused.upTo(), why)), refused.upTo());
    while (true) {
      Try result = persist(letter, Integer.MAX_VALUE);
      switch (result.answer()) {
        case WRITTEN -> {
          settled(refused, letter);
          return true;
        }
        case STOPPED -> {
          return false;
        }
        case REFUSED, FAILED -> {
          progress.storeTrouble("the span store refuses a dead letter: " + result.reason());
          if (!patience.pause()) {
            return false;
          }
        }
      }
    }
  }

  /// Tries a batch until it is written or refused, it has failed so often, or the loader stops.
  private Try persist(Batch batch, int triesMax) throws InterruptedException {
    Try result = attempt(batch);
    for (int tries = 1; result.answer() == Answer.FAILED && tries < triesMax; tries++) {
      progress.storeTrouble("the span store fails: " + result.reason());
      if (!patience.pause()) {
        return new Try(Answer.STOPPED, result.reason());
      }
      result = attempt(batch);
    }
    if (result.answer() == Answer.WRITTEN) {
      patience.reset();
      progress.storeTrouble(null);
    }
    return result;
  }

  private Try attempt(Batch batch) {
    storeTurn.lock();
    try {
      tail.loading(batch);
      SpanStore.Written written = store.write(batch);
      if (!written.refused().isEmpty()) {
        tail.refused(written.refused());
      }
      return Try.WRITTEN;
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.WARNING, "the span store did not take " + batch.upTo(), e);
      return verdict(batch, e);
    } finally {
      storeTurn.unlock();
    }
  }

  private Try verdict(Batch batch, Throwable cause) {
    String reason = String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    try {
      if (store.counts().upTo().compareTo(batch.upTo()) >= 0) {
        return Try.WRITTEN;
      }
      if (outage(cause)) {
        return new Try(Answer.FAILED, reason);
      }
      store.write(Read.of(List.of(), store.counts().upTo()));
      return new Try(Answer.REFUSED, reason);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.DEBUG, "nor anything else", e);
      return new Try(Answer.FAILED, reason);
    }
  }

  private static boolean outage(Throwable cause) {
    return cause instanceof Error
        || (cause instanceof ApiException told
            && (told.code().retryable() || told.code().kind() == ErrorCode.Kind.INTERNAL));
  }

  private void settled(Batch shown, Batch written) {
    try {
      tail.loaded(shown);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the live tail failed at " + shown.upTo(), e);
    }
    progress.written(written);
    journal.loaded(written.upTo());
  }
}
