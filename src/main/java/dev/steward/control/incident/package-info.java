// SPDX-License-Identifier: Apache-2.0
/// What the ledger says of incidents: what people track from when it was told until it is over.
///
/// In: events of incidents, by way of the fold. Out: which are open, what they are about, how they
/// stand and how long that took. What happened meanwhile it does not know.
@NullMarked
package dev.steward.control.incident;

import org.jspecify.annotations.NullMarked;
