// SPDX-License-Identifier: Apache-2.0
/// Budgets: a call reserves its worst case at every level before it is sent, and settles what it
/// really used after.
///
/// In: whom a call concerns, its worst case, what it used. Out: a reservation or why there is none;
/// leases through control, a log of what happens between them, a view of what is used. It must not
/// know the wire.
@NullMarked
package dev.steward.gateway.budget;

import org.jspecify.annotations.NullMarked;
