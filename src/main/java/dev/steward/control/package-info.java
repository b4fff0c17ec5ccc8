// SPDX-License-Identifier: Apache-2.0
/// Commands become events, events become the State that the whole server reads.
///
/// In: commands with an actor. Out: receipts of the control ledger and an immutable State,
/// published once per group commit. It must not know HTTP, spans or any database.
@NullMarked
package dev.steward.control;

import org.jspecify.annotations.NullMarked;
