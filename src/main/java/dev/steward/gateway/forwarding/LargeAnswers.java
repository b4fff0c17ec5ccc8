// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Room for the large answers of all calls that are held whole, since nobody may get any of them
/// before all of it was looked at. Whoever finds none waits a while.
final class LargeAnswers {
  /// The largest answer that can be looked at as a whole.
  static final int BYTES_MAX = 100 << 20;

  private static final int PAGE_BYTES = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int pagesMax;
  private final Semaphore pages;

  /// @param bytesMax of all of them together; the largest one finds room in any case
  LargeAnswers(long bytesMax) {
    pagesMax = (int) (Math.max(bytesMax, BYTES_MAX) / PAGE_BYTES);
    pages = new Semaphore(pagesMax, true);
  }

  /// As many as an eighth of the heap holds: each is there up to three times while it is judged.
  static LargeAnswers ofHeap() {
    return new LargeAnswers(Runtime.getRuntime().maxMemory() / 8);
  }

  /// Room that one call has taken.
  final class Room implements AutoCloseable {
    private final int taken;

    private Room(int taken) {
      this.taken = taken;
    }

    @Override
    public void close() {
      pages.release(taken);
    }
  }

  /// Takes room for an answer.
  ///
  /// @param length as the provider says it, negative where it does not
  /// @throws RefusedException BUSY when others have had all of it for too long
  Room take(long length, Cuttable call) throws IOException {
    long bytes = length < 0 ? BYTES_MAX : Math.min(length, BYTES_MAX);
    int wanted = (int) Math.min(pagesMax, bytes / PAGE_BYTES + 1);
    boolean found =
        call.waiting(() -> pages.tryAcquire(wanted, PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    if (!found) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.BUSY,
              "The gateway holds as many large answers as it has memory for, and this one must be"
                  + " looked at as a whole: ask again, ask for less, or stream it."));
    }
    return new Room(wanted);
  }
}
