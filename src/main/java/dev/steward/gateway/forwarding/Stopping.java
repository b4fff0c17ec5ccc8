// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.control.state.Kill;
import dev.steward.gateway.flight.Flight;
import dev.steward.gateway.flight.Flights;
import dev.steward.gateway.flight.Stop;
import dev.steward.gateway.relay.Cuttable.Why;
import dev.steward.gateway.wire.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a client is told whose call was ended by somebody else.
public final class Stopping {
  private static final long REMEMBERED_NANOS = Duration.ofSeconds(1).toNanos();

  private final Flights flights;
  private volatile @Nullable Told last;

  public Stopping(Flights flights) {
    this.flights = flights;
  }

  /// What a kill is told as.
  private record Told(Kill kill, Refusal refusal, long nanos) {}

  /// Why a call was ended on its way.
  public Refusal of(Flight flight, Why why) {
    return flight
        .cut()
        .map(this::of)
        .orElseGet(() ->
            switch (why) {
              case KILLED, CLIENT_GONE, STOPPING ->
                  Refusal.of(Refusal.Kind.STOPPING, "The gateway has ended this call: ask again.");
              case UPSTREAM_IDLE ->
                  Refusal.of(
                      Refusal.Kind.UPSTREAM_LATE,
                      "The model provider sent nothing for too long: ask again.");
            });
  }

  /// Why a call may not begin or go on.
  public Refusal of(Stop stop) {
    return switch (stop) {
      case Stop.Killed(Kill kill) -> of(kill);
      case Stop.Switched switched ->
          Refusal.of(
              Refusal.Kind.STOPPING,
              "Release "
                  + switched.release()
                  + " has switched "
                  + switched.agent()
                  + " in "
                  + switched.environment()
                  + " to another version and cut what was under way: ask again.");
    };
  }

  private Refusal of(Kill kill) {
    Told told = last;
    long now = System.nanoTime();
    // A kill cuts hundreds of calls at once, and the reason may be read from the disk; but it may
    // be erased there.
    if (told == null || !told.kill().equals(kill) || now - told.nanos() > REMEMBERED_NANOS) {
      told = new Told(kill, refusal(kill, flights.reason(kill)), now);
      last = told;
    }
    return told.refusal();
  }

  private static Refusal refusal(Kill kill, String reason) {
    return Refusal.of(
        Refusal.Kind.KILLED,
        "An operator has stopped the calls of "
            + kill.selector()
            + (reason.isEmpty() ? "" : ": " + reason)
            + " ("
            + kill.id()
            + "). They begin again when it is restored.");
  }
}
