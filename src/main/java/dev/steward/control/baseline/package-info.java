// SPDX-License-Identifier: Apache-2.0
/// What the ledger says of the runs that agents are compared with, and of what differs from them.
///
/// In: events of baselines and drift, by way of the fold. Out: which baseline is in force where,
/// from when on runs count for the next one, and the alarms. How a baseline is learnt and drift is
/// found it does not know.
@NullMarked
package dev.steward.control.baseline;

import org.jspecify.annotations.NullMarked;
