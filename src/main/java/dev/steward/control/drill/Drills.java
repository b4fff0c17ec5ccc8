// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The drills that were held, the newest first. It never changes; the ledger has them all, here are
/// the newest of each kind.
///
/// @param all the newest first
public record Drills(List<Drill> all) {
  /// No drill was ever held.
  public static final Drills NONE = new Drills(List.of());

  private static final int OF_A_KIND_MAX = 50;

  public Drills {
    all = List.copyOf(all);
  }

  /// With one more; the oldest of its kind goes where there are too many, but never the last one
  /// that passed.
  public Drills plus(Drill held) {
    List<Drill> next = new ArrayList<>();
    next.add(held);
    int ofKind = 1;
    boolean passed = held.passed();
    for (Drill drill : all) {
      boolean same = drill.of().equals(held.of());
      if (same) {
        ofKind++;
      }
      boolean lastPassed = same && drill.passed() && !passed;
      if (!same || ofKind <= OF_A_KIND_MAX || lastPassed) {
        next.add(drill);
      }
      passed |= same && drill.passed();
    }
    return new Drills(next);
  }

  /// The newest that passed, empty when none did.
  public Optional<Drill> lastPassed(String of) {
    for (Drill drill : all) {
      if (drill.of().equals(of) && drill.passed()) {
        return Optional.of(drill);
      }
    }
    return Optional.empty();
  }

  /// Whether one has passed that is no older than this.
  public boolean passedWithin(String of, Duration ageMax, Instant now) {
    return lastPassed(of).filter(d -> !d.at().isBefore(now.minus(ageMax))).isPresent();
  }
}
