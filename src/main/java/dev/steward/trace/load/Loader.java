// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import dev.steward.domain.Uninterrupted;
import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;
import dev.steward.trace.SpanStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Moves the journal into the span store, exactly once, and shows it to the live tail on the way.
///
/// One thread follows the journal and shows what it says; another writes the store. The store's own
/// committed position is the only memory of how far that is.
public final class Loader implements AutoCloseable {
  private final Journal journal;
  private final SpanStore store;
  private final Tail tail;
  private final RecordsToBatches records;
  private final ReadAhead ahead;
  private final LoaderConfig config;
  private final DeadLetters deadLetters;
  private final ReentrantLock storeTurn = new ReentrantLock();
  private final Progress progress = new Progress();
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Thread follower;
  private @Nullable Thread writer;

  /// @param ids gives UUIDv7s for dead letters
  public Loader(
      Journal journal,
      Reading reading,
      Tail tail,
      SpanStore store,
      LoaderConfig config,
      InstantSource clock,
      Supplier<String> ids) {
    this.journal = journal;
    this.tail = tail;
    this.store = store;
    this.config = config;
    this.records = new RecordsToBatches(reading, clock, ids);
    this.ahead = new ReadAhead(config);
    this.deadLetters = new DeadLetters(store, storeTurn, records, tail);
  }

  /// Starts behind the last committed position.
  ///
  /// @throws IllegalStateException when the journal ends before what the span store has loaded
  @SuppressWarnings("ThreadPriorityCheck") // accepting must not wait for a core that loading has
  public void start() {
    JournalPosition from = store.counts().upTo();
    JournalPosition end = journal.end();
    if (from.compareTo(end) > 0 || from.spans() > end.spans()) {
      throw new IllegalStateException(
          "the span store has loaded the journal up to "
              + from
              + ", but the journal ends at "
              + end
              + ": one of the two folders was replaced. Restore both from the same backup, or move"
              + " the span store away to begin a new one");
    }
    progress.loaded(from);
    journal.loaded(from);
    follower =
        Thread.ofPlatform()
            .name("journal-follower")
            .daemon()
            .priority(Thread.MIN_PRIORITY)
            .start(
                new JournalFollower(
                    journal, from, records, tail, ahead, progress, new Patience(config, stop)));
    writer =
        Thread.ofPlatform()
            .name("store-writer")
            .daemon()
            .priority(Thread.MIN_PRIORITY)
            .start(
                new StoreWriter(
                    store,
                    storeTurn,
                    ahead,
                    records,
                    tail,
                    journal,
                    progress,
                    new Patience(config, stop)));
  }

  /// Waits until everything before the position is in the span store.
  ///
  /// @return false when the time was over first
  public boolean awaitLoaded(JournalPosition position, Duration timeout)
      throws InterruptedException {
    return progress.await(position, timeout);
  }

  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /// Counts of the last committed transaction; taken before the journal's end they always add up.
  public SpanStore.Counts stored() {
    return store.counts();
  }

  /// When the oldest record that was read and is not in the store came in.
  public Optional<Instant> oldestWaiting() {
    return ahead.oldest();
  }

  /// How far it is.
  public Progress progress() {
    return progress;
  }

  /// Stops reading, writes what has been read, and ends; the rest stays in the journal. A store
  /// that fails is given one more try.
  @Override
  public void close() {
    stop.countDown();
    try (Uninterrupted stretch = new Uninterrupted()) {
      if (follower != null) {
        follower.interrupt();
        stretch.join(follower);
      }
      ahead.close();
      if (writer != null) {
        stretch.join(writer);
      }
    }
  }
}
