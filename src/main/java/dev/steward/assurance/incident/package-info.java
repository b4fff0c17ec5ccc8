// SPDX-License-Identifier: Apache-2.0
/// The story of an incident, put together and never edited, and the report that follows from it.
///
/// In: an incident, what happened to its agents, the ledger's entries about it, its runs with their
/// effects. Out: a timeline and a report, both with the source of every line. What a reader may not
/// see is left out, and how much of it there was is told.
@NullMarked
package dev.steward.assurance.incident;

import org.jspecify.annotations.NullMarked;
