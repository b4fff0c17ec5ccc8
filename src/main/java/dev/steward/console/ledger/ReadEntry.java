// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.ledger;

import dev.steward.console.view.LedgerReading;
import dev.steward.control.event.Envelope;
import dev.steward.control.event.EnvelopeCodec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An entry with what it says.
///
/// @param envelope null where this program cannot read it
record ReadEntry(LedgerReading.Line line, @Nullable Envelope envelope) {

  static ReadEntry of(LedgerReading.Line line) {
    try {
      return new ReadEntry(line, EnvelopeCodec.read(line.data()));
    } catch (IllegalArgumentException e) {
      // an entry of a newer Steward is shown as it is
      return new ReadEntry(line, null);
    }
  }

  long index() {
    return line.index();
  }

  @Nullable Instant at() {
    Envelope read = envelope;
    return read == null ? null : read.at();
  }
}
