// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.endpoint;

import dev.steward.gateway.upstream.HttpUpstream;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The body of a call, passed on while it comes. Its beginning is kept, so that it can be sent once
/// more as long as no more than that was read.
public final class RequestBody implements HttpUpstream.Body {
  private static final int READ_BYTES = 16 << 10;
  private static final int KEPT_BYTES_MAX = 1 << 20;

  private final InputStream in;
  private final long length;
  private final long max;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long read;

  /// @param length of it, -1 where it is not known
  /// @param max bytes
  public RequestBody(InputStream in, long length, long max) {
    this.in = in;
    this.length = length;
    this.max = max;
  }

  /// One that is at hand.
  public static RequestBody of(byte[] bytes) {
    return new RequestBody(new ByteArrayInputStream(bytes), bytes.length, bytes.length);
  }

  /// @throws RefusedException TOO_LARGE where its sender says so already
  public void check() {
    if (length > max) {
      throw tooLarge();
    }
  }

  public boolean empty() {
    return length == 0;
  }

  /// Whether it can be sent, also once more.
  public boolean sendable() {
    return read <= KEPT_BYTES_MAX;
  }

  /// What came so far, as one that is at hand.
  public RequestBody again() {
    return of(kept.toByteArray());
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void write(OutputStream to) throws IOException {
    if (!sendable()) {
      throw new IllegalStateException("more was read than is kept");
    }
    kept.writeTo(to);
    byte[] buffer = new byte[READ_BYTES];
    for (int count = next(buffer); count >= 0; count = next(buffer)) {
      read += count;
      if (read > max) {
        throw tooLarge();
      }
      if (sendable()) {
        kept.write(buffer, 0, count);
      }
      to.write(buffer, 0, count);
      to.flush();
    }
  }

  /// All of it, which can still be sent.
  ///
  /// @throws RefusedException TOO_LARGE where it is more than is kept, or than may come
  public byte[] whole() {
    byte[] buffer = new byte[READ_BYTES];
    for (int count = next(buffer); count >= 0; count = next(buffer)) {
      read += count;
      if (read > max) {
        throw tooLarge();
      }
      if (!sendable()) {
        throw new RefusedException(
            Refusal.of(
                Refusal.Kind.TOO_LARGE,
                "A call that people must agree to has at most "
                    + KEPT_BYTES_MAX
                    + " bytes: send a smaller one."));
      }
      kept.write(buffer, 0, count);
    }
    return kept.toByteArray();
  }

  private int next(byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException | RuntimeException e) {
      throw new RefusedException(
          Refusal.of(Refusal.Kind.MALFORMED, "The body of the request broke off: send it whole."),
          e);
    }
  }

  private RefusedException tooLarge() {
    return new RefusedException(
        Refusal.of(
            Refusal.Kind.TOO_LARGE,
            "The body is larger than "
                + max
                + " bytes: send smaller ones, or raise 'agents.request-limit' in the"
                + " configuration."));
  }
}
