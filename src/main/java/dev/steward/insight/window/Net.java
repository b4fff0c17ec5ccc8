// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.domain.resource.Agent.Worth;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// What runs were worth by their outcomes, and what is left of it when they are paid.
///
/// @param net empty where the cost is not known, or is in another currency
public record Net(BigDecimal value, Optional<BigDecimal> net, String currency) {

  /// Empty where nobody said what any outcome is worth. A run without a told outcome is worth
  /// nothing yet.
  ///
  /// @param worth of outcomes by their labels, all in one currency
  public static Optional<Net> of(Map<String, Worth> worth, Window window) {
    if (worth.isEmpty()) {
      return Optional.empty();
    }
    String currency = worth.values().iterator().next().currency();
    BigDecimal value = BigDecimal.ZERO;
    for (Map.Entry<String, Worth> each : worth.entrySet()) {
      long runs = window.outcomes().getOrDefault(each.getKey(), 0L);
      value = value.add(each.getValue().amount().multiply(BigDecimal.valueOf(runs)));
    }
    RunCost cost = window.cost();
    boolean paid = cost.known() && cost.currency().equals(currency);
    return Optional.of(
        new Net(
            value, paid ? Optional.of(value.subtract(cost.amount())) : Optional.empty(), currency));
  }
}
