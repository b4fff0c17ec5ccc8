// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// When each step of a recorded run is said to have happened. Recordings have no times, so steps
/// follow each other for as long as their text would take to write; where the recording says how
/// long the whole run took, they share that.
final class Timetable {
  private static final long TURN_NANOS = 600_000_000L;
  private static final long TURN_NANOS_PER_CHARACTER = 4_000_000L;
  private static final long TURN_NANOS_MAX = 30_000_000_000L;
  private static final long ACTION_NANOS = 120_000_000L;
  private static final long REPLY_NANOS = 4_000_000_000L;

  private final List<Instant> ends = new ArrayList<>();
  private final Instant start;

  Timetable(RecordedRun run, Instant end) {
    List<Long> spent = run.steps().stream().map(Timetable::nanos).toList();
    long sum = spent.stream().mapToLong(Long::longValue).sum();
    Duration said = run.duration();
    long whole = said != null && said.isPositive() ? said.toNanos() : Math.max(sum, 1_000_000_000L);
    start = end.minusNanos(whole);
    long passed = 0;
    for (long nanos : spent) {
      passed += nanos;
      ends.add(start.plusNanos((long) ((double) passed / sum * whole)));
    }
  }

  private static long nanos(RecordedRun.Step step) {
    return switch (step) {
      case RecordedRun.Told told -> told.index() <= 1 ? 1_000_000L : REPLY_NANOS;
      case RecordedRun.Turn turn ->
          Math.min(
              TURN_NANOS_MAX,
              TURN_NANOS
                  + TURN_NANOS_PER_CHARACTER * (turn.text().length() + 60L * turn.calls().size()));
      case RecordedRun.Action action ->
          ACTION_NANOS + Math.floorMod(action.result().hashCode(), 400) * 1_000_000L;
    };
  }

  Instant start() {
    return start;
  }

  Instant startOf(int position) {
    return position == 0 ? start : ends.get(position - 1);
  }

  Instant endOf(int position) {
    return ends.get(position);
  }

  Instant end() {
    return ends.isEmpty() ? start.plusSeconds(1) : ends.getLast();
  }
}
