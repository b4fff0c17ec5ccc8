// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Lets work be done again only when it has rested nine times as long as it took: however dear a
/// look is and however often there is something to see, one viewer takes a tenth of a core at most.
final class Pace {
  private static final int RESTS = 9;

  private final InstantSource clock;
  private Instant ended = Instant.MIN;
  private Duration rest = Duration.ZERO;

  Pace(InstantSource clock) {
    this.clock = clock;
  }

  /// A clock that was set back says nothing of how long it was.
  boolean rested() {
    Instant now = clock.instant();
    return now.isBefore(ended) || !now.isBefore(ended.plus(rest));
  }

  <T> T work(Supplier<T> work) {
    Instant began = clock.instant();
    T done = work.get();
    ended = clock.instant();
    Duration took = Duration.between(began, ended);
    rest = took.isNegative() ? Duration.ZERO : took.multipliedBy(RESTS);
    return done;
  }
}
