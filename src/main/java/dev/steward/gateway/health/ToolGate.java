// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.health;

import dev.steward.control.live.ToolServerHealth.Health;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.upstream.ProviderGate;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// What stands before one tool server: the limit of its calls, its circuit breaker, and the count
/// of how its calls go.
public final class ToolGate {
  private final String server;
  private final ProviderGate gate;
  private final LastHour hour;
  private final InstantSource clock;

  ToolGate(String server, ProviderGate gate, LastHour hour, InstantSource clock) {
    this.server = server;
    this.gate = gate;
    this.hour = hour;
    this.clock = clock;
  }

  /// The same server with another limit.
  ToolGate with(int limit, Duration open) {
    return limit == gate.limit()
        ? this
        : new ToolGate(server, new ProviderGate(server, limit, open), hour, clock);
  }

  /// Takes a place, which must be left.
  ///
  /// @throws ToolServerException where there is none
  public Visit enter() throws ToolServerException {
    String refusal =
        switch (gate.enter()) {
          case FREE -> "";
          case OPEN -> " has failed too often and is left alone for some seconds: ask again then.";
          case BUSY ->
              " is answering "
                  + gate.limit()
                  + " calls already: ask again later, or raise its 'concurrency'.";
        };
    if (refusal.isEmpty()) {
      return new Place();
    }
    hour.passedOver(clock.instant());
    throw new ToolServerException(new Reason.NotSent("The tool server " + server + refusal));
  }

  Health health() {
    LastHour.Sums sums = hour.sums(clock.instant());
    return new Health(
        server,
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
