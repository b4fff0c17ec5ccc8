// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.flight;

import dev.steward.control.live.InFlight;
import dev.steward.domain.Cost;
import dev.steward.domain.Subject;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call on its way, held by the thread that makes it. An interrupt that a stop sends it arrives
/// before `close` returns or never.
public final class Flight implements AutoCloseable {
  private final Flights flights;
  private final Thread thread;
  private final Supplier<Optional<Runnable>> parting;
  private final Runnable end;
  private volatile InFlight facts;
  private volatile @Nullable LongFunction<Cost> price;
  private volatile @Nullable Stop stop;
  private boolean interrupted;
  private boolean closed;

  Flight(
      Flights flights,
      InFlight facts,
      Thread thread,
      Supplier<Optional<Runnable>> parting,
      Runnable end) {
    this.flights = flights;
    this.facts = facts;
    this.thread = thread;
    this.parting = parting;
    this.end = end;
  }

  /// Says that more tokens came.
  public void tokens(long more) {
    InFlight now = facts;
    facts =
        new InFlight(
            now.id(),
            now.kind(),
            now.subject(),
            now.since(),
            now.tokens() + more,
            now.cost(),
            now.step());
  }

  /// Says how to tell what it cost so far from the tokens that came; asked only by who looks.
  public void priced(LongFunction<Cost> soFar) {
    price = soFar;
  }

  /// Says that more is known of it, or that it goes elsewhere now; whoever kills there finds it,
  /// and a kill that is in force there already cuts it.
  public void concerns(Subject subject) {
    InFlight now = facts;
    facts =
        new InFlight(
            now.id(), now.kind(), subject, now.since(), now.tokens(), now.cost(), now.step());
    flights.check(this);
  }

  /// What cut it, empty while it may go on. Asked by its own thread, which from then on may write
  /// its last words: what was left of the interrupt is taken back.
  public Optional<Stop> cut() {
    Stop by = stop;
    if (by != null && Thread.currentThread() == thread) {
      settle();
    }
    return Optional.ofNullable(by);
  }

  /// Ends it; the thread is free for another call.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    flights.remove(this);
    settle();
  }

  InFlight facts() {
    return facts;
  }

  /// The facts with the cost so far.
  InFlight shown() {
    InFlight now = facts;
    LongFunction<Cost> soFar = price;
    return soFar == null
        ? now
        : new InFlight(
            now.id(),
            now.kind(),
            now.subject(),
            now.since(),
            now.tokens(),
            soFar.apply(now.tokens()),
            now.step());
  }

  /// Says that it is meant, without an interrupt: its own thread is about to ask.
  synchronized void refuse(Stop by) {
    if (stop == null) {
      stop = by;
    }
  }

  /// Says that it is cut, which `end` makes true.
  ///
  /// @return whether it is cut by this
  synchronized boolean cut(Stop by) {
    if (closed || stop != null) {
      return false;
    }
    stop = by;
    return true;
  }

  /// What tells its client before it is ended.
  Optional<Runnable> parting() {
    return parting.get();
  }

  /// Ends its work.
  synchronized void end() {
    if (!closed) {
      interrupted = true;
      end.run();
    }
  }

  /// Takes back the interrupt that a kill sent, where no wait has swallowed it.
  private synchronized void settle() {
    if (interrupted && Thread.currentThread() == thread) {
      interrupted = false;
      Thread.interrupted();
    }
  }
}
