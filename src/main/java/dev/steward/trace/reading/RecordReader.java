// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.reading;

import dev.steward.trace.JournalRecord;
import dev.steward.trace.PriceBook;

/// Turns journal records into facts. Safe for use by many threads.
public final class RecordReader {
  private final PriceBook prices;

  public RecordReader(PriceBook prices) {
    this.prices = prices;
  }

  /// Never throws for what the record holds: what cannot be read is in `unreadable`.
  public Facts read(JournalRecord record) {
    throw new UnsupportedOperationException(prices + " " + record.signal());
  }
}
