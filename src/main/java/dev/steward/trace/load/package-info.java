// SPDX-License-Identifier: Apache-2.0
/// The way from the journal to the span store, behind the acknowledgement.
///
/// In: journal records. Out: batches for the span store, what the live tail sees, dead letters, and
/// how far it is. It must not know who sent a record, nor which files or database keep it.
@NullMarked
package dev.steward.trace.load;

import org.jspecify.annotations.NullMarked;
