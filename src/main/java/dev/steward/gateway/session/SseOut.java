// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.session;

import dev.steward.gateway.wire.Answer;
import dev.steward.gateway.wire.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A stream of events to a client. What cannot be written because the client has left is dropped;
/// that it has left can be asked.
public final class SseOut {
  private static final byte[] COMMENT = ": waiting\n\n".getBytes(StandardCharsets.UTF_8);

  private final LongSupplier nanos;
  private @Nullable OutputStream out;
  private boolean gone;
  private long lastWrite;

  /// @param nanos a clock that never jumps
  public SseOut(LongSupplier nanos) {
    this.nanos = nanos;
    this.lastWrite = nanos.getAsLong();
  }

  public synchronized void begin(Answer answer, List<Header> more) {
    List<Header> headers = new ArrayList<>(more);
    headers.add(new Header("Content-Type", "text/event-stream"));
    headers.add(new Header("Cache-Control", "no-store"));
    headers.add(new Header("X-Accel-Buffering", "no"));
    try {
      out = answer.begin(200, headers, Answer.UNTIL_CLOSED);
      out.flush();
      lastWrite = nanos.getAsLong();
    } catch (IOException _) {
      gone = true;
    }
  }

  public synchronized boolean begun() {
    return out != null || gone;
  }

  /// @param id "" for none
  /// @return whether it went out
  public synchronized boolean event(String id, String data) {
    write(
        ((id.isEmpty() ? "" : "id: " + id + "\n") + "event: message\ndata: " + data + "\n\n")
            .getBytes(StandardCharsets.UTF_8));
    return out != null && !gone;
  }

  /// An event that only tells the client from where it can go on, and how long to wait before.
  public synchronized void prime(String id, long retryMillis) {
    write(
        ("id: " + id + "\nretry: " + retryMillis + "\ndata:\n\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Shows whether the client is still there.
  public synchronized void comment() {
    write(COMMENT);
  }

  private void write(byte[] bytes) {
    OutputStream to = out;
    if (to == null || gone) {
      return;
    }
    try {
      to.write(bytes);
      to.flush();
      lastWrite = nanos.getAsLong();
    } catch (IOException | RuntimeException _) {
      gone = true;
      notifyAll();
    }
  }

  public synchronized boolean gone() {
    return gone;
  }

  public synchronized long idleNanos() {
    return nanos.getAsLong() - lastWrite;
  }

  /// Ends the stream.
  public synchronized void close() {
    OutputStream to = out;
    if (to != null && !gone) {
      try {
        to.close();
      } catch (IOException | RuntimeException _) {
        // nobody is there to be told
      }
    }
    gone = true;
    notifyAll();
  }

  /// Waits until it is closed or its client has left.
  public synchronized void awaitEnd() throws InterruptedException {
    while (!gone) {
      wait();
    }
  }
}
