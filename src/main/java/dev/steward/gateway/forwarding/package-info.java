// SPDX-License-Identifier: Apache-2.0
/// The way of a call that may go on: to a provider of its chain, and back to the client with what
/// it answered.
///
/// In: a call that is known and allowed. Out: bytes to the client, and in the call's record how the
/// provider answered. It asks neither budgets nor loops; whoever forwards settles.
@NullMarked
package dev.steward.gateway.forwarding;

import org.jspecify.annotations.NullMarked;
