// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

import dev.steward.control.live.ToolServerHealth.Health;
import dev.steward.gateway.upstream.ProviderGate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What stands before one tool server or one endpoint of an agent: the limit of its calls, its
/// circuit breaker, and the count of how its calls go.
public final class CountedGate {
  private final String name;
  private final ProviderGate gate;
  private final LastHour hour;
  private final InstantSource clock;

  CountedGate(String name, int limit, Duration open, InstantSource clock) {
    this(name, new ProviderGate(name, limit, open), new LastHour(), clock);
  }

  private CountedGate(String name, ProviderGate gate, LastHour hour, InstantSource clock) {
    this.name = name;
    this.gate = gate;
    this.hour = hour;
    this.clock = clock;
  }

  /// The same with another limit.
  CountedGate with(int limit, Duration open) {
    return limit == gate.limit()
        ? this
        : new CountedGate(name, new ProviderGate(name, limit, open), hour, clock);
  }

  /// What became of a call that wanted in.
  public sealed interface Entered {
    /// It has a place, which must be left.
    record In(Visit visit) implements Entered {}

    /// It has none.
    ///
    /// @param open whether the circuit is open; else all places are taken
    /// @param why as a sentence goes on that begins with the name of who was not called
    record Spared(boolean open, String why) implements Entered {}
  }

  /// Takes a place where there is one.
  public Entered enter() {
    return switch (gate.enter()) {
      case FREE -> new Entered.In(new Place());
      case OPEN ->
          spared(true, "has failed too often and is left alone for some seconds: ask again then.");
      case BUSY ->
          spared(
              false,
              "is answering "
                  + gate.limit()
                  + " calls already: ask again later, or raise its 'concurrency'.");
    };
  }

  private Entered spared(boolean open, String why) {
    hour.passedOver(clock.instant());
    return new Entered.Spared(open, why);
  }

  Health health() {
    LastHour.Sums sums = hour.sums(clock.instant());
    return new Health(
        name,
        sums.calls(),
        sums.errors(),
        sums.firstByte().latency(),
        sums.whole().latency(),
        gate.circuit(),
        gate.untilProbe(),
        gate.inFlight(),
        gate.limit(),
        sums.passedOver(),
        sums.lastError());
  }

  /// One call under way.
  private final class Place implements Visit {
    private final long begunNanos = System.nanoTime();
    private boolean began;
    private boolean told;
    private boolean left;

    private Place() {
      hour.called("", now());
    }

    @Override
    public synchronized void began() {
      if (!began) {
        began = true;
        hour.began(took(), now());
      }
    }

    @Override
    public synchronized void answered() {
      if (!told) {
        told = true;
        gate.answered(took().toNanos());
        hour.ended(took(), now());
      }
    }

    @Override
    public synchronized void troubled(String reason) {
      if (!told) {
        told = true;
        gate.answered(took().toNanos());
        hour.failed(reason, now());
      }
    }

    @Override
    public synchronized void failed(String reason) {
      if (!told) {
        told = true;
        gate.failed(took().toNanos(), new IOException(reason));
        hour.failed(reason, now());
      }
    }

    @Override
    public synchronized void leave() {
      if (left) {
        return;
      }
      left = true;
      if (!told) {
        told = true;
        gate.undecided();
      }
      gate.leave();
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    private Instant now() {
      return clock.instant();
    }
  }
}
