// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway;

import dev.steward.control.state.Kill;
import dev.steward.control.state.State;
import dev.steward.gateway.flight.Flight;
import dev.steward.gateway.relay.Cuttable.Why;
import dev.steward.gateway.wire.Refusal;
import java.util.function.Supplier;

/// What a client is told whose call was ended by somebody else.
public final class Stopping {
  private final Supplier<State> state;

  public Stopping(Supplier<State> state) {
    this.state = state;
  }

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
  public Refusal of(Kill kill) {
    String reason = state.get().text(kill.reason()).map(text -> ": " + text).orElse("");
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
