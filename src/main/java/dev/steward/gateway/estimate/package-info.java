// SPDX-License-Identifier: Apache-2.0
/// What a model call can cost at most, told before it is sent.
///
/// In: the size of a call and the prices in force. Out: its worst case in money, tokens and calls.
/// It must not know budgets.
@NullMarked
package dev.steward.gateway.estimate;

import org.jspecify.annotations.NullMarked;
