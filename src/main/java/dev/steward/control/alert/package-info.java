// SPDX-License-Identifier: Apache-2.0
/// What the ledger says of alerts: what fires by which rule, who was told when, who answered, and
/// what people silenced.
///
/// In: events of alerts, by way of the fold. Out: which alerts are open, how they stand, and what
/// is to be told next. What it is that was found it does not know.
@NullMarked
package dev.steward.control.alert;

import org.jspecify.annotations.NullMarked;
