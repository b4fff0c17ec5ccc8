// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.access.Actor;
import dev.steward.control.plan.Plan;
import dev.steward.control.state.PeopleDirectory;
import dev.steward.control.state.State;
import dev.steward.ledger.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// The one place where something changes: a command comes in, events go to the ledger, and a new
/// State is published.
public final class Control implements AutoCloseable {
  private Control() {}

  /// Folds the ledger and begins to take commands. The ledger, directory and snapshots stay the
  /// caller's to close, after this.
  public static Control open(
      Ledger ledger,
      PeopleDirectory people,
      SnapshotStore snapshots,
      InstantSource clock,
      RandomGenerator random,
      ControlConfig config) {
    throw new UnsupportedOperationException();
  }

  /// Carries out the command, and returns once it is durable and `state()` shows it.
  ///
  /// @throws dev.steward.domain.ApiException FORBIDDEN when the actor may not, INVALID, NOT_FOUND
  ///   or CONFLICT with every reason when it cannot be, LEDGER_BUSY, STORAGE_FAILED
  public Accepted submit(Command command, Actor actor) {
    throw new UnsupportedOperationException();
  }

  /// What an apply or delete would change, or why it would be refused. Nothing is written.
  public Plan preview(Command command, Actor actor) {
    throw new UnsupportedOperationException();
  }

  /// The State now. Read it once a call, so that all answers are of the same moment.
  public State state() {
    throw new UnsupportedOperationException();
  }

  /// The State after so many entries of the ledger.
  public State stateAt(long sequence) {
    throw new UnsupportedOperationException();
  }

  /// The State as it was at the moment.
  public State stateAt(Instant moment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
