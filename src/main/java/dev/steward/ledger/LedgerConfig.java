// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger;

import java.time.Duration;

/// The limits of one ledger.
///
/// @param waitingAppendsMax appends that may wait for the writer; the next gets LEDGER_BUSY
/// @param waitingBytesMax bytes that may wait; one append larger than this is let in when nothing
///   waits
/// @param batchEntriesMax entries written in one transaction; a list is never cut
/// @param bodyBytesMax size of one body; a larger one is refused with TOO_LARGE
/// @param checkpointInterval shortest time between two checkpoints
public record LedgerConfig(
    int waitingAppendsMax,
    long waitingBytesMax,
    int batchEntriesMax,
    int bodyBytesMax,
    Duration checkpointInterval) {

  /// 4,096 appends or 64 MiB waiting, 4,096 entries a transaction, bodies of 16 MiB, one checkpoint
  /// a second.
  public static final LedgerConfig DEFAULT =
      new LedgerConfig(4096, 64 << 20, 4096, 16 << 20, Duration.ofSeconds(1));

  public LedgerConfig {
    if (waitingAppendsMax < 1
        || waitingBytesMax < 1
        || batchEntriesMax < 1
        || bodyBytesMax < 1
        || checkpointInterval.isNegative()) {
      throw new IllegalArgumentException("a ledger's limit is not positive");
    }
  }
}
