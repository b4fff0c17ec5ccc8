// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The client's side of a stream: whole parts go in and reach the client at once. While it is idle
/// a comment can be put between two of them, which is how a client that has left is noticed.
final class ClientStream {
  private static final byte[] COMMENT = ": waiting\n\n".getBytes(StandardCharsets.UTF_8);

  private final OutputStream out;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean between = true;
  private boolean ended;
  private boolean parted;
  private volatile long lastWrite;
  private volatile @Nullable IOException gone;

  /// @param nanos a clock that never jumps
  ClientStream(OutputStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.lastWrite = nanos.getAsLong();
  }

  /// @param whole whether the bytes end a part, so that something may stand behind them
  void write(byte[] bytes, int offset, int length, boolean whole) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      between = whole;
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

  /// Writes last words and the end, unless it was left to its thread before; what its thread writes
  /// from now on goes nowhere. May be called by any thread; where the client does not read, an
  /// interrupt ends the wait and the connection.
  void part(Supplier<byte[]> words) {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      if (!ended && gone == null) {
        ended = true;
        parted = true;
        out.write(words.get());
        out.flush();
        out.close();
      }
    } catch (IOException | RuntimeException e) {
      gone = e instanceof IOException io ? io : new IOException(e);
    } finally {
      lock.unlock();
    }
  }

  /// Leaves the rest of the stream to its own thread.
  ///
  /// @return false where last words have ended it
  boolean leave() {
    lock.lock();
    try {
      ended = true;
      return !parted;
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
