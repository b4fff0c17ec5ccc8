// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cost of a stretch of time, grouped.
///
/// @param agent whose own cost, in whatever run; null for all
public record CostQuery(
    List<By> by, Instant from, Instant to, @Nullable String agent, @Nullable String environment) {

  /// A dimension that cost is grouped by.
  public enum By {
    /// Who spent it: what a sub-agent spends is its own cost, not that of the run's agent.
    AGENT,
    VERSION,
    MODEL,
    TOOL,
    WORKFLOW,
    TEAM,
    DAY
  }

  /// One group: the values in the order of `by`, "" where a span has none.
  public record Row(
      List<String> group,
      RunCost cost,
      long runs,
      long modelCalls,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens) {}
}
