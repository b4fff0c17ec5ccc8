// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.control.state.Kill;
import dev.steward.control.state.State;
import dev.steward.gateway.flight.Flight;
import dev.steward.gateway.relay.Cuttable.Why;
import dev.steward.gateway.wire.Refusal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a client is told whose call was ended by somebody else.
public final class Stopping {
  private final Supplier<State> state;
  private volatile @Nullable Told last;

  public Stopping(Supplier<State> state) {
    this.state = state;
  }

  /// What a kill is told as, by one State.
  private record Told(State state, Kill kill, Refusal refusal) {}

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

  /// Why a call may not begin.
  @SuppressWarnings("ReferenceEquality")
  public Refusal of(Kill kill) {
    State now = state.get();
    Told told = last;
    // A kill cuts hundreds of calls at once, and the reason is read from the disk.
    if (told == null || told.state() != now || !told.kill().id().equals(kill.id())) {
      // What cut the call was not written yet; once it is, its reason can be found.
      told = new Told(now, kill, refusal(now.kills().find(kill.id()).orElse(kill), now));
      last = told;
    }
    return told.refusal();
  }

  private static Refusal refusal(Kill kill, State now) {
    String reason = now.text(kill.reason()).map(text -> ": " + text).orElse("");
    return Refusal.of(
        Refusal.Kind.KILLED,
        "An operator has stopped the calls of "
            + kill.selector()
            + reason
            + " ("
            + kill.id()
            + "). They begin again when it is restored.");
  }
}
