// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.view.LedgerReading;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.event.Event;
import dev.steward.control.event.Thing;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry with what it says.
///
/// @param envelope a change; null where this program reads none
/// @param activity what was done at the gateway; null where this program reads none
record ReadEntry(
    LedgerReading.Line line, @Nullable Envelope envelope, @Nullable ActivityEntry activity) {

  static ReadEntry of(LedgerReading.Line line) {
    try {
      return new ReadEntry(line, EnvelopeCodec.read(line.data()), null);
    } catch (IllegalArgumentException e) {
      // an entry of a newer Steward is shown as it is
      return new ReadEntry(line, null, ActivityEntry.read(line.data()).orElse(null));
    }
  }

  /// The same with what it says of one thing alone; with all where it says nothing of it.
  ReadEntry about(String kind, String name) {
    Envelope read = envelope;
    List<Event> events = read == null ? List.of() : read.events();
    List<Event> meant =
        events.stream()
            .filter(e -> Thing.of(e).is(kind) && Thing.of(e).name().equals(name))
            .toList();
    return read == null || meant.isEmpty()
        ? this
        : new ReadEntry(line, new Envelope(read.at(), read.actor(), read.rest(), meant), null);
  }

  long index() {
    return line.index();
  }

  @Nullable Instant at() {
    Envelope read = envelope;
    ActivityEntry done = activity;
    if (read != null) {
      return read.at();
    }
    return done == null ? null : done.at();
  }
}
