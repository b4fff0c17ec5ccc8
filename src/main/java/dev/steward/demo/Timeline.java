// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.talk.Pause;
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

  /// Time that goes by while it is waited for.
  final class Live implements Timeline {
    private final Pause pause;

    Live(Pause pause) {
      this.pause = pause;
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void pass(Duration taken) throws InterruptedException {
      pause.of(taken);
    }
  }
}
