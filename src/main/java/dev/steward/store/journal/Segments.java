// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import dev.steward.trace.JournalPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The segments there are, where each ends, and how far they are synced and loaded: what the writer
/// and the readers of a journal share.
final class Segments {
  private static final System.Logger LOG = System.getLogger(Segments.class.getName());

  private record Known(Segment segment, JournalPosition end) {}

  private final int kept;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final TreeMap<Long, Known> known = new TreeMap<>();
  private volatile JournalPosition end = JournalPosition.START;
  private volatile JournalPosition lastRecord = JournalPosition.START;
  private volatile long backlogBytes;
  private JournalPosition loaded = JournalPosition.START;
  private int holds;

  Segments(int kept) {
    this.kept = kept;
  }

  /// A segment and how far it may be read.
  record Stretch(Segment segment, JournalPosition end) {}

  /// Where the last segment is synced to.
  JournalPosition end() {
    return end;
  }

  /// Behind the last record: in a segment before the last one as long as that is empty.
  JournalPosition lastRecord() {
    return lastRecord;
  }

  long backlogBytes() {
    return backlogBytes;
  }

  /// Adds the next segment, or an empty one in the place of the last, which was empty too.
  void begin(Segment segment, JournalPosition segmentEnd) {
    lock.lock();
    try {
      known.put(segment.number(), new Known(segment, segmentEnd));
      moveEnd(segmentEnd);
    } finally {
      lock.unlock();
    }
  }

  /// Says that the last segment is synced up to there.
  void synced(JournalPosition upTo) {
    lock.lock();
    try {
      Known last = known.lastEntry().getValue();
      known.put(last.segment().number(), new Known(last.segment(), upTo));
      moveEnd(upTo);
    } finally {
      lock.unlock();
    }
  }

  /// The segment of that number, null when it is not there.
  @Nullable Stretch at(long number) {
    lock.lock();
    try {
      return stretch(known.get(number));
    } finally {
      lock.unlock();
    }
  }

  /// The first segment behind that number, null when there is none.
  @Nullable Stretch after(long number) {
    lock.lock();
    try {
      Map.Entry<Long, Known> next = known.higherEntry(number);
      return next == null ? null : stretch(next.getValue());
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the end is no longer where it was.
  void awaitMove(JournalPosition from) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (end.equals(from)) {
        grown.await();
      }
    } finally {
      lock.unlock();
    }
  }

  void loaded(JournalPosition upTo) {
    lock.lock();
    try {
      if (upTo.compareTo(loaded) > 0) {
        loaded = upTo;
      }
      deleteLoaded();
      measure();
    } finally {
      lock.unlock();
    }
  }

  void hold(int change) {
    lock.lock();
    try {
      holds += change;
      deleteLoaded();
    } finally {
      lock.unlock();
    }
  }

  private void moveEnd(JournalPosition position) {
    end = position;
    boolean othersAreGone = known.size() == 1 && position.segment() > 0;
    if (position.offset() > SegmentHeader.BYTES || othersAreGone) {
      lastRecord = position;
    }
    measure();
    grown.signalAll();
  }

  private void measure() {
    long bytes = 0;
    for (Known each : known.tailMap(loaded.segment(), true).values()) {
      boolean begun = each.segment().number() == loaded.segment();
      long from = begun ? Math.max(loaded.offset(), SegmentHeader.BYTES) : SegmentHeader.BYTES;
      bytes += each.end().offset() - from;
    }
    backlogBytes = bytes;
  }

  private void deleteLoaded() {
    while (holds == 0
        && known.size() > 1
        && known.firstKey() < Math.min(loaded.segment(), end.segment()) - kept) {
      Segment oldest = known.firstEntry().getValue().segment();
      try {
        Files.deleteIfExists(oldest.file());
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, oldest.file() + " is loaded and cannot be deleted", e);
        return;
      }
      known.pollFirstEntry();
    }
  }

  private static @Nullable Stretch stretch(@Nullable Known known) {
    return known == null ? null : new Stretch(known.segment(), known.end());
  }
}
