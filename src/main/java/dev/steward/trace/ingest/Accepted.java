// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.ingest;

import dev.steward.trace.JournalPosition;

/// The promise that a request is on disk: what a 200 stands for.
///
/// @param at position behind its record
public record Accepted(int spans, JournalPosition at) {}
