// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.journal;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.store.file.FrameHead;
import dev.steward.trace.JournalPosition;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A record on its way to the disk, and the caller that waits for it.
final class Pending {
  /// The last one a writer takes.
  static final Pending END = new Pending(new byte[0], 0);

  private final byte[] body;
  private final int spans;
  private final int bodySum;
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile @Nullable JournalPosition position;
  private volatile @Nullable Throwable failure;

  Pending(byte[] body, int spans) {
    this.body = body;
    this.spans = spans;
    this.bodySum = FrameHead.bodySum(body);
  }

  byte[] body() {
    return body;
  }

  FrameHead head(long spansBefore) {
    return new FrameHead(body.length, spansBefore + spans, spans, bodySum);
  }

  void synced(JournalPosition at) {
    position = at;
    settled.countDown();
  }

  void failed(Throwable cause) {
    failure = cause;
    settled.countDown();
  }

  /// Waits for the sync. An interrupt does not end the wait, since the record may be written
  /// whatever the caller does; it is kept for the caller to see.
  JournalPosition await(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (!settled.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new ApiException(
                ErrorCode.STORAGE_FAILED,
                "the journal did not sync within " + limit + ": check the disk, then send again");
          }
          return outcome();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private JournalPosition outcome() {
    JournalPosition at = position;
    if (at != null) {
      return at;
    }
    Throwable cause = failure;
    throw new ApiException(
        ErrorCode.STORAGE_FAILED,
        "the journal could not be written: "
            + (cause == null ? "unknown" : cause.getMessage())
            + "; make room on the disk, then send again",
        cause == null ? new IllegalStateException("no cause was given") : cause);
  }
}
