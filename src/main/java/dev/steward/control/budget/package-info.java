// SPDX-License-Identifier: Apache-2.0
/// What the control ledger says of money: what was lent of which window to which node, what the
/// node has said it spent, and who topped up.
///
/// In: lease and top-up events. Out: an immutable book, one part of State, and the port of the log
/// that keeps what happens between two leases. It must not know State, calls or prices.
@NullMarked
package dev.steward.control.budget;

import org.jspecify.annotations.NullMarked;
