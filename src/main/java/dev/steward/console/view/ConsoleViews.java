// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.view;

import dev.steward.trace.TraceQueries;

/// Everything that the console looks at.
///
/// @param endpoint address of the server as agents reach it, such as `http://localhost:7070`
/// @param otlpEndpoint address that agents send their spans to, such as `http://localhost:4318`
public record ConsoleViews(
    TraceQueries traces,
    Registry registry,
    LedgerReading ledger,
    IngestView ingest,
    String endpoint,
    String otlpEndpoint) {}
