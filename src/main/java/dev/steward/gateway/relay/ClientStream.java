// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The client's side of a stream: whole parts go in and reach the client as soon as the provider
/// has nothing more at hand. A write costs more than all else that is done for a part, so parts
/// that came together go out together: a small thread writes what there is while the call's own
/// thread waits for more. While it is idle a comment can be put between two parts, which is how a
/// client that has left is noticed.
final class ClientStream {
  private static final byte[] COMMENT = ": waiting\n\n".getBytes(StandardCharsets.UTF_8);

  /// Beyond this the call's own thread writes, and so waits for a client that reads slowly.
  private static final int PENDING_BYTES_MAX = 32 << 10;

  private final OutputStream out;
  private final LongSupplier nanos;
  private final Runnable onGone;
  private final Runnable writing = this::writeLater;

  /// Held while something is written.
  private final ReentrantLock lock = new ReentrantLock();

  /// Guards what waits to be written; never held while something is.
  private final Object waiting = new Object();

  private byte[] pending = new byte[1024];
  private int count;
  private boolean scheduled;
  private boolean between = true;
  private boolean ended;
  private boolean parted;
  private volatile @Nullable Thread writer;
  private volatile long lastWrite;
  private volatile @Nullable IOException gone;

  /// @param nanos a clock that never jumps
  /// @param onGone called when a write beside the call's own thread failed
  ClientStream(OutputStream out, LongSupplier nanos, Runnable onGone) {
    this.out = out;
    this.nanos = nanos;
    this.onGone = onGone;
    this.lastWrite = nanos.getAsLong();
  }

  /// @param whole whether the bytes end a part, so that something may stand behind them
  void write(byte[] bytes, int offset, int length, boolean whole) {
    synchronized (waiting) {
      if (count + length <= PENDING_BYTES_MAX) {
        if (count + length > pending.length) {
          pending = Arrays.copyOf(pending, Math.max(2 * pending.length, count + length));
        }
        System.arraycopy(bytes, offset, pending, count, length);
        count += length;
        between = whole;
        if (!scheduled) {
          scheduled = true;
          Thread.startVirtualThread(writing);
        }
        return;
      }
    }
    lock.lock();
    try {
      drain();
      synchronized (waiting) {
        between = whole;
      }
      send(bytes, offset, length);
    } finally {
      lock.unlock();
    }
  }

  /// Writes all that waits.
  void flush() {
    lock.lock();
    try {
      drain();
    } finally {
      lock.unlock();
    }
  }

  private void writeLater() {
    lock.lock();
    try {
      writer = Thread.currentThread();
      drain();
    } finally {
      writer = null;
      lock.unlock();
    }
    if (left()) {
      onGone.run();
    }
  }

  /// With the lock.
  private void drain() {
    byte[] bytes;
    int length;
    synchronized (waiting) {
      scheduled = false;
      length = count;
      count = 0;
      bytes = pending;
      if (length > 0) {
        pending = new byte[bytes.length];
      }
    }
    if (length > 0) {
      send(bytes, 0, length);
    }
  }

  /// With the lock.
  private void send(byte[] bytes, int offset, int length) {
    if (ended || gone != null) {
      return;
    }
    try {
      out.write(bytes, offset, length);
      out.flush();
      lastWrite = nanos.getAsLong();
    } catch (IOException | RuntimeException e) {
      gone = e instanceof IOException io ? io : new IOException(e);
    }
  }

  void comment() {
    lock.lock();
    try {
      drain();
      boolean here;
      synchronized (waiting) {
        here = between && count == 0;
      }
      if (here) {
        send(COMMENT, 0, COMMENT.length);
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
      drain();
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

  /// Leaves the rest of the stream to its own thread, once all that waited is written.
  ///
  /// @return false where last words have ended it
  boolean leave() {
    lock.lock();
    try {
      drain();
      ended = true;
      return !parted;
    } finally {
      lock.unlock();
    }
  }

  /// Breaks off a write that hangs on a client that does not read.
  void force() {
    Thread hanging = writer;
    if (hanging != null) {
      hanging.interrupt();
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
