// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.NoteSignature;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where the newest checkpoint hangs, for those who read it and those who wait for one.
final class CheckpointBoard {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition published = lock.newCondition();
  private Checkpoint newest;

  CheckpointBoard(Checkpoint newest) {
    this.newest = newest;
  }

  Checkpoint newest() {
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }

  void publish(Checkpoint checkpoint) {
    lock.lock();
    try {
      newest = checkpoint;
      published.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void cosigned(long size, List<NoteSignature> cosignatures) {
    lock.lock();
    try {
      if (newest.size() == size) {
        newest = newest.with(cosignatures);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The first checkpoint of at least the size, empty when none came in time.
  Optional<Checkpoint> await(long size, Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = timeout.toNanos();
      while (newest.size() < size && nanos > 0) {
        nanos = published.awaitNanos(nanos);
      }
      return newest.size() < size ? Optional.empty() : Optional.of(newest);
    } finally {
      lock.unlock();
    }
  }
}
