// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import dev.steward.control.access.Actor;
import dev.steward.control.command.Command;
import dev.steward.control.gate.CarriedProofs;
import dev.steward.domain.Uninterrupted;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A command on its way, and the thread that waits for how it ends.
final class Waiting {
  private final Command command;
  private final Actor actor;
  private final CarriedProofs proofs;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Accepted accepted;
  private volatile @Nullable RuntimeException failure;

  Waiting(Command command, Actor actor, CarriedProofs proofs) {
    this.command = command;
    this.actor = actor;
    this.proofs = proofs;
  }

  Command command() {
    return command;
  }

  Actor actor() {
    return actor;
  }

  CarriedProofs proofs() {
    return proofs;
  }

  void accept(Accepted result) {
    accepted = result;
    ended.countDown();
  }

  /// Says why it failed, unless it has ended already.
  void fail(RuntimeException reason) {
    if (ended.getCount() == 0) {
      return;
    }
    failure = reason;
    ended.countDown();
  }

  /// Waits for the end also when interrupted: the command cannot be called back any more.
  Accepted await() {
    try (Uninterrupted stretch = new Uninterrupted()) {
      stretch.await(ended::await);
    }
    RuntimeException reason = failure;
    if (reason != null) {
      throw reason;
    }
    Accepted result = accepted;
    if (result == null) {
      throw new IllegalStateException("a command ended without a result");
    }
    return result;
  }
}
