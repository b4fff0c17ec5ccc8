// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import dev.steward.trace.Journal;
import dev.steward.trace.JournalPosition;

/// The thread that reads the journal, shows what it says to the tail, and hands it on.
final class JournalFollower implements Runnable {
  private static final System.Logger LOG = System.getLogger(JournalFollower.class.getName());

  private final Journal journal;
  private final RecordsToBatches records;
  private final Tail tail;
  private final ReadAhead ahead;
  private final Progress progress;
  private final Patience patience;
  private JournalPosition position;

  JournalFollower(
      Journal journal,
      JournalPosition from,
      RecordsToBatches records,
      Tail tail,
      ReadAhead ahead,
      Progress progress,
      Patience patience) {
    this.journal = journal;
    this.position = from;
    this.records = records;
    this.tail = tail;
    this.ahead = ahead;
    this.progress = progress;
    this.patience = patience;
  }

  @Override
  public void run() {
    try {
      boolean more = true;
      while (more) {
        more = follow();
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "stopped at " + position, e);
    }
  }

  /// Reads until something fails; false when the loader stops.
  private boolean follow() throws InterruptedException {
    try (Journal.Reader reader = journal.reader(position)) {
      while (true) {
        Read read = records.read(reader.next());
        show(read);
        ahead.put(read);
        position = read.batch().upTo();
        patience.reset();
        progress.journalTrouble(null);
      }
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "the journal cannot be followed at " + position, e);
      progress.journalTrouble("the journal cannot be read: " + e.getMessage());
      return patience.pause();
    }
  }

  private void show(Read read) {
    try {
      tail.see(read.batch());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the live tail failed at " + read.batch().upTo(), e);
    }
  }
}
