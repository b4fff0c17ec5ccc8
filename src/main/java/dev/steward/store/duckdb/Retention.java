// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.trace.Holds;
import java.time.Instant;

/// Moves days that are no longer hot to Parquet, and deletes days past their time except what a
/// legal hold names.
public final class Retention {
  private final DuckDbSpanStore store;
  private final Holds holds;

  public Retention(DuckDbSpanStore store, Holds holds) {
    this.store = store;
    this.holds = holds;
  }

  /// Does what is due; the server calls it once a day.
  public Done run(Instant now) {
    throw new UnsupportedOperationException("" + store + holds + now);
  }

  /// What one pass did.
  ///
  /// @param archived days moved to Parquet
  /// @param deleted days deleted
  /// @param held traces of deleted days that a hold kept
  public record Done(int archived, int deleted, int held) {}
}
