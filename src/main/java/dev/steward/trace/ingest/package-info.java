// SPDX-License-Identifier: Apache-2.0
/// The front of ingest, which receivers hand accepted requests to.
///
/// In: journal records from the receivers. Out: the acknowledgement, what arrived, and counts that
/// add up. It must not know the wire a record came by, nor which files or database keep it.
@NullMarked
package dev.steward.trace.ingest;

import org.jspecify.annotations.NullMarked;
