// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.flight;

import dev.steward.control.live.CallCutter;
import dev.steward.control.live.InFlight;
import dev.steward.control.live.InFlightCalls;
import dev.steward.control.state.Kill;
import dev.steward.domain.Selector;
import dev.steward.domain.Subject;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// All calls on their way. A call is shown here first and asks for kills and switches after, so
/// that one that comes at the same time either finds it or is found by it.
public final class Flights implements InFlightCalls, CallCutter {
  private final Function<Subject, Optional<Kill>> killed;
  private final Function<Kill, String> reason;
  private final Set<Flight> flights = ConcurrentHashMap.newKeySet();
  private volatile Function<Subject, Optional<Stop>> late = _ -> Optional.empty();

  /// @param killed the kill that means a call, such as `KillSwitch.killed`
  /// @param reason why it was given, such as `KillSwitch.reason`
  public Flights(Function<Subject, Optional<Kill>> killed, Function<Kill, String> reason) {
    this.killed = killed;
    this.reason = reason;
  }

  /// Why the kill was given, "" where that was erased.
  public String reason(Kill kill) {
    return reason.apply(kill);
  }

  /// Shows a call of the current thread, which must close it. Whether it may go on says `cut`.
  public Flight open(InFlight facts) {
    return open(facts, Thread.currentThread()::interrupt);
  }

  /// Shows a call of the current thread that is to be ended in its own way.
  ///
  /// @param end called by who kills it, once, and never after its close
  public Flight open(InFlight facts, Runnable end) {
    return open(facts, Optional::empty, end);
  }

  /// Shows a call of the current thread whose client can be told before the call is ended.
  ///
  /// @param parting what tells its client that it is cut and ends the answer, called by a thread of
  ///   its own, and interrupted where it takes too long; empty where only its own thread can
  /// @param end called by who kills it, once, and never after its close
  public Flight open(InFlight facts, Supplier<Optional<Runnable>> parting, Runnable end) {
    Flight flight = new Flight(this, facts, Thread.currentThread(), parting, end);
    flights.add(flight);
    check(flight);
    return flight;
  }

  @Override
  public List<InFlight> list() {
    List<InFlight> all = new ArrayList<>();
    for (Flight flight : flights) {
      all.add(flight.shown());
    }
    all.sort(Comparator.comparing(InFlight::since).thenComparing(InFlight::id));
    return all;
  }

  @Override
  public int count(Selector selector) {
    int count = 0;
    for (Flight flight : flights) {
      if (selector.matches(flight.facts().subject())) {
        count++;
      }
    }
    return count;
  }

  @Override
  public int cut(Kill kill) {
    return cut(new Stop.Killed(kill));
  }

  /// @param switched what has left the version of a call that was given it before and begins now
  void late(Function<Subject, Optional<Stop>> switched) {
    late = switched;
  }

  /// Ends the calls that are meant, and does not wait for their ends.
  ///
  /// @return how many were cut now
  int cut(Stop stop) {
    // The set is read with acquire only: without the fence the reads could pass the writing of the
    // kill, and a call that begins now would see neither the kill nor be seen.
    VarHandle.fullFence();
    int cut = 0;
    Partings partings = new Partings();
    for (Flight flight : flights) {
      if (stop.matches(flight.facts().subject()) && flight.cut(stop)) {
        partings.add(flight);
        cut++;
      }
    }
    partings.begin();
    return cut;
  }

  void check(Flight flight) {
    VarHandle.fullFence();
    Subject subject = flight.facts().subject();
    killed
        .apply(subject)
        .<Stop>map(Stop.Killed::new)
        .or(() -> late.apply(subject))
        .ifPresent(flight::refuse);
  }

  void remove(Flight flight) {
    flights.remove(flight);
  }
}
