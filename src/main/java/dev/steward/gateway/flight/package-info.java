// SPDX-License-Identifier: Apache-2.0
/// The calls that have begun and not ended, and how a kill or a switch of versions ends them.
///
/// In: a call's facts, from its own thread. Out: the view that the console reads, and interrupts.
@NullMarked
package dev.steward.gateway.flight;

import org.jspecify.annotations.NullMarked;
