// SPDX-License-Identifier: Apache-2.0
/// Drills of the kill switch and of the circuit breaker on a synthetic agent, in the running
/// server.
///
/// In: how many streams, and who wants it. Out: figures, in the control ledger. It must not know
/// the registry: nothing of a drill is declared there.
@NullMarked
package dev.steward.server.drill;

import org.jspecify.annotations.NullMarked;
