// SPDX-License-Identifier: Apache-2.0
/// Why an agent drifted.
///
/// In: a drift with when it probably began, and what happened to the agent. Out: what may have
/// caused it, the likeliest first, each with its evidence; nothing when it cannot be told.
@NullMarked
package dev.steward.insight.cause;

import org.jspecify.annotations.NullMarked;
