// SPDX-License-Identifier: Apache-2.0
/// The control ledger read backwards: what happened lately, and nothing else of it.
///
/// In: the ledger. Out: its entries. It must not know what they mean.
@NullMarked
package dev.steward.control.chronicle;

import org.jspecify.annotations.NullMarked;
