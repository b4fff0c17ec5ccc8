// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The client's side of a stream: whole parts go in and reach the client at once. While it is idle
/// a comment can be put between two of them, which is how a client that has left is noticed.
final class ClientStream {
  private static final byte[] COMMENT = ": waiting\n\n".getBytes(StandardCharsets.UTF_8);

  private final OutputStream out;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean between = true;
  private volatile long lastWrite;
  private volatile @Nullable IOException gone;

  /// @param nanos a clock that never jumps
  ClientStream(OutputStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.lastWrite = nanos.getAsLong();
  }

  /// @param ended whether the bytes end a part, so that something may stand behind them
  void write(byte[] bytes, int offset, int length, boolean ended) {
    lock.lock();
    try {
      between = ended;
      out.write(bytes, offset, length);
      out.flush();
      lastWrite = nanos.getAsLong();
    } catch (IOException | RuntimeException e) {
      gone = e instanceof IOException io ? io : new IOException(e);
    } finally {
      lock.unlock();
    }
  }

  void comment() {
    lock.lock();
    try {
      if (between) {
        write(COMMENT, 0, COMMENT.length, true);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether a write failed, so that nobody reads any more.
  boolean left() {
    return gone != null;
  }

  long idleNanos() {
    return nanos.getAsLong() - lastWrite;
  }
}
