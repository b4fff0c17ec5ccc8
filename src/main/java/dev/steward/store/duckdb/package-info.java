// SPDX-License-Identifier: Apache-2.0
/// The span store in DuckDB: hot days in its own file, older days as Parquet folders.
@NullMarked
package dev.steward.store.duckdb;

import org.jspecify.annotations.NullMarked;
