// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

/// Settings of the span store.
///
/// @param memoryMib memory limit of DuckDB, in MiB
/// @param threads DuckDB may use
/// @param hotDays days kept in the DuckDB file, today included; older ones become Parquet
/// @param keepDays days kept at all, today included
public record DuckDbConfig(int memoryMib, int threads, int hotDays, int keepDays) {
  public static final DuckDbConfig DEFAULT = new DuckDbConfig(256, 2, 3, 30);

  public DuckDbConfig {
    if (memoryMib < 64 || threads < 1 || hotDays < 1 || keepDays < hotDays) {
      throw new IllegalArgumentException(
          "want memoryMib >= 64, threads >= 1, 1 <= hotDays <= keepDays");
    }
  }
}
