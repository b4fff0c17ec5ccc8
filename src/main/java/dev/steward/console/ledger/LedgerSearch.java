// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.view.LedgerReading;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.Thing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Looks through a ledger, from an entry back.
///
/// @param actor part of a name, or an id; null for anybody
/// @param kind of the thing; null for any
/// @param thing part of a kind, name or id; null for any
/// @param from entries before that moment end the search
record LedgerSearch(
    LedgerReading ledger,
    Sentences sentences,
    @Nullable String actor,
    @Nullable String kind,
    @Nullable String thing,
    Instant from) {
  private static final int BATCH = 256;

  /// How many entries one page looks at before it says how far it got.
  private static final int LOOK_MAX = 4_096;

  /// What was found.
  ///
  /// @param next the first entry that was not looked at lies before this one
  /// @param more whether there are such entries
  record Found(List<ReadEntry> entries, long next, boolean more) {}

  /// Whether it looks for something.
  boolean asks() {
    return actor != null || kind != null || thing != null;
  }

  Found before(long before, int limit) {
    List<ReadEntry> found = new ArrayList<>();
    long floor = Math.max(0, before - LOOK_MAX);
    long at = before;
    while (at > floor && found.size() < limit) {
      long start = Math.max(floor, at - BATCH);
      List<LedgerReading.Line> lines = ledger.lines(start, (int) (at - start));
      for (LedgerReading.Line line : lines.reversed()) {
        ReadEntry read = ReadEntry.of(line);
        if (isBefore(read)) {
          return new Found(found, line.index(), false);
        }
        if (found.size() < limit) {
          at = line.index();
          if (matches(read)) {
            found.add(read);
          }
        }
      }
      if (lines.isEmpty()) {
        at = start;
      }
    }
    return new Found(found, at, at > 0);
  }

  /// How many entries there were at a moment. Times in a ledger never go back.
  long countAt(Instant moment) {
    long low = 0;
    long high = ledger.head().size();
    while (low < high) {
      long middle = (low + high) >>> 1;
      Instant at = ledger.line(middle).map(line -> ReadEntry.of(line).at()).orElse(null);
      if (at != null && at.isAfter(moment)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private boolean isBefore(ReadEntry read) {
    Instant at = read.at();
    return at != null && at.isBefore(from);
  }

  private boolean matches(ReadEntry read) {
    Envelope envelope = read.envelope();
    ActivityEntry activity = read.activity();
    if (envelope == null && activity != null) {
      return kind == null
          && (actor == null || activity.by(actor))
          && (thing == null || activity.about(thing));
    }
    if (envelope == null) {
      return actor == null && thing == null && kind == null;
    }
    return by(envelope)
        && ((kind == null && thing == null)
            || envelope.events().stream().map(Thing::of).anyMatch(this::about));
  }

  private boolean about(Thing one) {
    return (kind == null || one.is(kind)) && (thing == null || one.contains(thing));
  }

  private boolean by(Envelope envelope) {
    return actor == null
        || envelope.actor().id().equals(actor)
        || sentences
            .actor(envelope.actor())
            .toLowerCase(Locale.ROOT)
            .contains(actor.toLowerCase(Locale.ROOT));
  }
}
