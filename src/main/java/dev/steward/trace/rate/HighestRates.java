// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.rate;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The most that a price in force can charge for what a call may use.
///
/// @param currency ISO 4217
/// @param inputPerMillion for a million input tokens, however they are billed
/// @param outputPerMillion null where output has no price
/// @param perRequest for the call itself
/// @param perSearch for one web search, null where it has no price
public record HighestRates(
    String currency,
    BigDecimal inputPerMillion,
    @Nullable BigDecimal outputPerMillion,
    BigDecimal perRequest,
    @Nullable BigDecimal perSearch) {}
