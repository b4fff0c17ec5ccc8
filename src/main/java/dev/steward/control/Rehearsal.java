// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.command.Decided;
import dev.steward.control.command.Decider;
import dev.steward.control.event.Envelope;
import dev.steward.control.gate.Proving;
import dev.steward.control.state.Fold;
import dev.steward.control.state.State;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/// What a State would be after commands that are never written: something to try a part of the
/// server against, without a trace in the ledger.
public final class Rehearsal {
  private Rehearsal() {}

  /// @throws IllegalArgumentException when a command comes to nothing
  public static State of(
      State from, List<? extends Command> commands, Instant now, RandomGenerator random) {
    State state = from;
    for (Command command : commands) {
      Decided decided = Decider.decide(state, command, Actor.SYSTEM, now, random, Proving.NOW);
      if (decided.events().isEmpty()) {
        throw new IllegalArgumentException("came to nothing: " + decided.plan().problems());
      }
      Fold fold = new Fold(state);
      fold.add(new Envelope(now, Actor.SYSTEM, 0, decided.events()), decided.known());
      state = fold.state();
    }
    return state;
  }
}
