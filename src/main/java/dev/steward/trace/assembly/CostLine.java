// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.domain.Spend;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one agent of a run spent on one thing within one minute, in one step and inside of one tool
/// or none.
///
/// @param agent who spent it: the run's agent or one of its sub-agents
/// @param version of that agent
/// @param team of that agent, "" for none
/// @param minute start of the minute
/// @param what it went to
/// @param provider who is paid, by its normal name; "" when not known
/// @param step part of the agent's work that it was spent in, by name
/// @param model "" when not known, or when it did not go to one
/// @param tool "" when the model was not called by a tool
/// @param amount sum of what is known
/// @param currency of the amount, "" when nothing is known
public record CostLine(
    String agent,
    String version,
    String team,
    Instant minute,
    Spend what,
    String provider,
    String step,
    String model,
    String tool,
    String currency,
    BigDecimal amount,
    int priced,
    int unknown,
    int modelCalls,
    @Nullable Long inputTokens,
    @Nullable Long outputTokens) {

  CostLine by(String name, String versionOfIt, String teamOfIt) {
    return new CostLine(
        name,
        versionOfIt,
        teamOfIt,
        minute,
        what,
        provider,
        step,
        model,
        tool,
        currency,
        amount,
        priced,
        unknown,
        modelCalls,
        inputTokens,
        outputTokens);
  }
}
