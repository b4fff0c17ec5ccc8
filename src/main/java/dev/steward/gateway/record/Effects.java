// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.record;

import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// Writes what tools are about to do to the world, and what became of it, into the activity ledger.
/// An intent is synced before the call goes out; an outcome is written beside it, so that the agent
/// does not wait. An intent without outcome is one whose outcome nobody knows.
public final class Effects implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Effects.class.getName());
  private static final int WAITING_MAX = 4096;
  private static final Duration RETRY_MIN = Duration.ofMillis(100);
  private static final Duration RETRY_MAX = Duration.ofSeconds(2);
  private static final Duration LEAVE_AFTER = Duration.ofSeconds(10);

  private final ActivityLog log;
  private final InstantSource clock;
  private final WaitingRoom room = new WaitingRoom(WAITING_MAX, RETRY_MIN, RETRY_MAX, LEAVE_AFTER);
  private final AtomicLong unwritten = new AtomicLong();

  public Effects(ActivityLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /// Writes that the call is about to be sent; it is synced when this returns.
  ///
  /// @param state how many entries of the control ledger were in force when it was decided
  /// @param pin digest of the tool's definition
  /// @throws ApiException when it cannot be written: the call must not be sent
  public void intend(ToolRecord call, long state, Digest pin) {
    log.append(EffectEntry.intent(call, clock.instant(), state, pin));
  }

  /// Sees to it that the outcome of a call that was intended is written.
  public void ended(ToolRecord call, EffectEntry.Ended ended) {
    byte[] entry = EffectEntry.outcome(call, clock.instant(), ended);
    room.enter();
    Thread.ofVirtual()
        .name("effect-outcome")
        .start(() -> {
          try {
            keep(call, entry);
          } finally {
            room.leave();
          }
        });
  }

  /// Outcomes that could not be written since the start.
  public long unwritten() {
    return unwritten.get();
  }

  private void keep(ToolRecord call, byte[] entry) {
    int tries = 0;
    try {
      while (true) {
        try {
          log.append(entry);
          return;
        } catch (ApiException e) {
          LOG.log(
              Level.WARNING, "the outcome of tool call " + call.id() + " is not written yet", e);
        }
        tries++;
        if (!room.pause(tries)) {
          break;
        }
      }
      LOG.log(Level.ERROR, "the outcome of tool call " + call.id() + " is not in the ledger");
      unwritten.incrementAndGet();
    } catch (InterruptedException e) {
      unwritten.incrementAndGet();
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      unwritten.incrementAndGet();
      LOG.log(Level.ERROR, "the outcome of tool call " + call.id() + " is not in the ledger", e);
    }
  }

  /// Waits until every outcome is written, but not for a disk that refuses.
  @Override
  public void close() {
    room.close();
  }
}
