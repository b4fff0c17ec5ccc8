// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.domain.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two versions that stand side by side, of which one is in force.
///
/// @param control version that was in force before
/// @param switches from one to the other, the oldest first
/// @param cuts how many of all switches left nobody where they were
public record Pair(Digest control, Instant startedAt, List<Switch> switches, int cuts) {
  private static final int SWITCHES_MAX = 200;

  /// One of the two came into force.
  ///
  /// @param candidate whether it was the version of the release
  /// @param cut whether what was under way at the other one was cut
  public record Switch(Instant at, boolean candidate, boolean cut) {}

  public Pair {
    switches = List.copyOf(switches);
  }

  static Pair begun(Digest control, Instant at) {
    return new Pair(control, at, List.of(), 0);
  }

  /// Whether the version of the release is in force.
  public boolean switched() {
    return last().filter(Switch::candidate).isPresent();
  }

  /// Whether the version of the release was in force at that moment.
  public boolean switched(Instant at) {
    boolean candidate = false;
    for (Switch each : switches) {
      if (!each.at().isAfter(at)) {
        candidate = each.candidate();
      }
    }
    return candidate;
  }

  /// Whether the last switch left nobody where they were.
  public boolean cut() {
    return last().filter(Switch::cut).isPresent();
  }

  private Optional<Switch> last() {
    return switches.isEmpty() ? Optional.empty() : Optional.of(switches.getLast());
  }

  Pair with(Switch next) {
    List<Switch> all = new ArrayList<>(switches);
    if (all.size() == SWITCHES_MAX) {
      all.removeFirst();
    }
    all.add(next);
    return new Pair(control, startedAt, all, cuts + (next.cut() ? 1 : 0));
  }
}
