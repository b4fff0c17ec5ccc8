// SPDX-License-Identifier: Apache-2.0
/// Drivers of the ports that other rooms declare, one sub-package a technology.
///
/// In: the ports of ledger, trace and control. Out: their forms on SQLite, DuckDB and plain files.
/// It must not know the gateway, the console or the server.
@NullMarked
package dev.steward.store;

import org.jspecify.annotations.NullMarked;
