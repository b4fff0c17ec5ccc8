// SPDX-License-Identifier: Apache-2.0
/// Rules to decisions: pure, compiled, indexed.
///
/// In: declared policies and tools, then a call and the facts about it. Out: a decision with the
/// rules that made it. It must not know a store, a clock, the ledger or where policies come from.
@NullMarked
package dev.steward.policy;

import org.jspecify.annotations.NullMarked;
