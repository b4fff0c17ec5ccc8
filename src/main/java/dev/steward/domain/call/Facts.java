// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.call;

import dev.steward.domain.Cost;
import java.time.Instant;

/// What is known at the moment of a decision beside the call itself.
///
/// @param cost the most that the call can cost
public record Facts(Instant now, RunSoFar run, Cost cost, Taint taint) {}
