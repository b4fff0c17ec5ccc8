// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import java.time.Duration;

/// Limits of the loader.
///
/// @param flushEvery the longest a read record waits for its batch to be written
/// @param flushRows rows after which a batch is written before that
/// @param batchRowsMax rows in one transaction when the loader is behind
/// @param tailBytesMax payload bytes read ahead of the span store; the rest stays in the journal
/// @param storeRetryMin first pause after the span store failed
/// @param storeRetryMax longest pause between tries
public record LoaderConfig(
    Duration flushEvery,
    int flushRows,
    int batchRowsMax,
    int tailBytesMax,
    Duration storeRetryMin,
    Duration storeRetryMax) {

  public static final LoaderConfig DEFAULT =
      new LoaderConfig(
          Duration.ofSeconds(1),
          5_000,
          20_000,
          32 << 20,
          Duration.ofMillis(100),
          Duration.ofSeconds(5));

  public LoaderConfig {
    if (tailBytesMax <= 0) {
      throw new IllegalArgumentException("the limit of bytes read ahead is not positive");
    }
    if (flushRows <= 0 || batchRowsMax < flushRows) {
      throw new IllegalArgumentException(
          "rows of a batch: " + flushRows + " to " + batchRowsMax + " is no range");
    }
    if (storeRetryMin.isNegative() || storeRetryMax.compareTo(storeRetryMin) < 0) {
      throw new IllegalArgumentException(
          "pause after a failure: " + storeRetryMin + " to " + storeRetryMax + " is no range");
    }
  }
}
