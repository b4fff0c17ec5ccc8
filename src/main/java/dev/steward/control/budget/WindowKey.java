// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.budget;

import dev.steward.domain.resource.Budget;
import java.time.Instant;

/// Which window of which budget: what spending is counted in.
///
/// @param unit of the limit, so that a budget that changes its currency begins a new window
/// @param period start of the window, or `run ID`
public record WindowKey(String budget, String unit, String period) {
  private static final String RUN = "run ";

  /// The window of a budget at a moment, for a budget by the clock.
  public static WindowKey at(Budget budget, Instant moment) {
    return new WindowKey(
        budget.name(), budget.limit().unit(), budget.window().at(moment).start().toString());
  }

  public static WindowKey ofRun(Budget budget, String run) {
    return new WindowKey(budget.name(), budget.limit().unit(), RUN + run);
  }

  /// Whether it lasts as long as a run.
  public boolean byRun() {
    return period.startsWith(RUN);
  }

  /// The run whose window it is, "" for a window by the clock.
  public String run() {
    return byRun() ? period.substring(RUN.length()) : "";
  }
}
