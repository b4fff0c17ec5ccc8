// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// What the spans of one run say beside what its list row says.
///
/// @param tools calls of tools, each once
/// @param toolFailures those that failed
/// @param latencies buckets of the first of them
/// @param approvals calls that a person was asked about
/// @param denials calls that policy, a budget or a person denied
/// @param timedOut whether it ended by a time limit
/// @param claims definite things in its answers, -1 where that is not known
/// @param ungrounded those without a source
/// @param results of tools that could be read
/// @param silent errors of tools that it took for results, -1 where that is not known
/// @param wasted in parts of a run that ended well, in the currency of its cost
public record RunReading(
    int tools,
    int toolFailures,
    List<Integer> latencies,
    int approvals,
    int denials,
    boolean timedOut,
    int claims,
    int ungrounded,
    int results,
    int silent,
    Map<Waste, BigDecimal> wasted) {
  /// Where the spans could not be read: nothing is known of them.
  public static final RunReading UNKNOWN =
      new RunReading(0, 0, List.of(), 0, 0, false, -1, 0, 0, -1, Map.of());

  public RunReading {
    latencies = List.copyOf(latencies);
    wasted = Map.copyOf(wasted);
  }
}
