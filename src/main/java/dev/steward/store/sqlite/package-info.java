// SPDX-License-Identifier: Apache-2.0
/// Drivers on SQLite: WAL, synchronous=FULL, one writer.
@NullMarked
package dev.steward.store.sqlite;

import org.jspecify.annotations.NullMarked;
