// SPDX-License-Identifier: Apache-2.0
/// The way from an accepted request to the span store.
///
/// In: journal records from the receivers. Out: the acknowledgement, batches for the span store,
/// what the live tail sees, dead letters, and counts that add up. It must not know the wire a
/// record came by, nor which files or database keep it.
@NullMarked
package dev.steward.trace.ingest;

import org.jspecify.annotations.NullMarked;
