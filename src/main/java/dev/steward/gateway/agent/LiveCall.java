// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.agent;

import dev.steward.domain.Cost;
import dev.steward.gateway.delegation.Chain;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.Place;
import java.time.Duration;
import java.time.Instant;

/// A call that a version in force has answered and another one gets a copy of.
///
/// @param release whose version gets it
/// @param callee that answered
/// @param chain on whose behalf
/// @param cost of its models and tools
/// @param heard what was answered
/// @param whole whether it was answered to the end, and not ended by its client or by us
record LiveCall(
    String release,
    AgentAsked asked,
    Caller callee,
    Place place,
    Chain chain,
    Instant startedAt,
    Duration took,
    Cost cost,
    Heard heard,
    boolean whole) {}
