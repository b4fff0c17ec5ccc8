// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.signal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// One measure of the calls that share an agent and labels, since the server started.
///
/// @param agent that called, else the service that told of it; "" of what is added up for too many
/// @param labels by their names in Prometheus, in their order
/// @param buckets how many values are at most each bound of the measure; none of what is only
///   summed up
/// @param count of all values
public record Series(
    Measure measure,
    String agent,
    Map<String, String> labels,
    List<Long> buckets,
    long count,
    BigDecimal sum) {}
