// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import java.time.Duration;
import java.time.Instant;

/// The clock that a scripted run goes by: days are played in a moment, or live at the speed of
/// life.
sealed interface Timeline {
  Instant now();

  /// Lets the time pass that something took.
  void pass(Duration taken) throws InterruptedException;

  /// Time that only counts.
  final class Simulated implements Timeline {
    private Instant now;

    Simulated(Instant start) {
      now = start;
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void pass(Duration taken) {
      now = now.plus(taken);
    }
  }

  /// Time that is really waited for.
  final class Live implements Timeline {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void pass(Duration taken) throws InterruptedException {
      Thread.sleep(taken);
    }
  }
}
