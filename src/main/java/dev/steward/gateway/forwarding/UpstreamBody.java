// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.upstream.Reached;
import dev.steward.gateway.upstream.UpstreamAnswer;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;

/// The body of one provider's answer, read whole. One that breaks off refuses the call.
final class UpstreamBody {
  /// Of a larger body only the beginning is read at first.
  static final int HELD_BYTES_MAX = 8 << 20;

  /// Up to here what a provider says of the length is taken at its word.
  private static final int EXACT_BYTES_MAX = 256 << 10;

  private final Reached<Outgoing> reached;
  private final Cuttable call;

  UpstreamBody(Reached<Outgoing> reached, Cuttable call) {
    this.reached = reached;
    this.call = call;
  }

  /// The body, or its beginning where it is as large as what is held or larger.
  byte[] read() {
    UpstreamAnswer from = reached.answer();
    return waiting(() -> {
      byte[] body = read(from);
      check(body, Math.min(from.length(), HELD_BYTES_MAX));
      if (body.length < HELD_BYTES_MAX) {
        reached.place().ended();
      }
      return body;
    });
  }

  private static byte[] read(UpstreamAnswer from) throws IOException {
    if (from.length() < 0 || from.length() > EXACT_BYTES_MAX) {
      return from.body().readNBytes(HELD_BYTES_MAX);
    }
    byte[] body = new byte[(int) from.length()];
    int count = from.body().readNBytes(body, 0, body.length);
    if (count < body.length) {
      return Arrays.copyOf(body, count);
    }
    // A connection is kept only where the end was seen.
    if (from.body().read() >= 0) {
      throw new IOException("it sent more than the " + from.length() + " bytes it said");
    }
    return body;
  }

  /// The whole body; empty when it is larger than this.
  Optional<byte[]> with(byte[] beginning, int bytesMax) {
    UpstreamAnswer from = reached.answer();
    if (from.length() > bytesMax) {
      return Optional.empty();
    }
    int room = bytesMax - beginning.length;
    byte[] rest = waiting(() -> from.body().readNBytes(room + 1));
    if (rest.length > room) {
      return Optional.empty();
    }
    byte[] all = Arrays.copyOf(beginning, beginning.length + rest.length);
    System.arraycopy(rest, 0, all, beginning.length, rest.length);
    return Optional.of(
        waiting(() -> {
          check(all, from.length());
          reached.place().ended();
          return all;
        }));
  }

  private static void check(byte[] body, long length) throws IOException {
    if (body.length < length) {
      throw new IOException("it sent " + body.length + " of " + length + " bytes");
    }
  }

  private byte[] waiting(Cuttable.Waiting<byte[]> read) {
    try {
      return call.waiting(read);
    } catch (CutException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      boolean late = e.getCause() instanceof SocketTimeoutException;
      throw new RefusedException(brokeOff(String.valueOf(e.getMessage()), late), e);
    }
  }

  /// Says that the provider broke off its answer, and what its client is told.
  Refusal brokeOff(String reason, boolean late) {
    reached.place().brokeOff(reason);
    return Refusal.of(
        late ? Refusal.Kind.UPSTREAM_LATE : Refusal.Kind.UPSTREAM_FAILED,
        "The model provider "
            + reached.choice().provider().name()
            + " broke off its answer ("
            + reason
            + "): ask again.");
  }
}
