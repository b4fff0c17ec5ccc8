// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.toolserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;

/// The body of an answer whose silence has a limit: one until its first bytes, another between two
/// parts. While the server waits for an answer of the client its silence is not its own.
final class PatientBody extends InputStream {
  private final InputStream in;
  private final Patience patience;
  private final Duration excused;
  private final Duration idle;
  private Duration next;
  private boolean waits;

  /// @param first longest wait for its first bytes
  /// @param idle longest wait for any that follow
  /// @param excused longest wait while the server itself waits
  PatientBody(InputStream in, Patience patience, Duration first, Duration idle, Duration excused) {
    this.in = in;
    this.patience = patience;
    this.next = first;
    this.idle = idle;
    this.excused = excused;
  }

  /// Says whether the server now waits for an answer of the client.
  void waits(boolean now) {
    waits = now;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    try {
      int count = patience.within(waits ? excused : next, () -> in.read(into, offset, length));
      next = idle;
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException broken = new InterruptedIOException("the wait was interrupted");
      broken.initCause(e);
      throw broken;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
