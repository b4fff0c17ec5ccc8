// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was spent, by currency. Sums of it are the same in any order.
///
/// @param amounts by currency
/// @param priced how many calls have a known cost, by currency
/// @param unknown how many calls have none
record Spent(
    SortedMap<String, BigDecimal> amounts, SortedMap<String, Integer> priced, int unknown) {
  static final Spent NOTHING = new Spent(new TreeMap<>(), new TreeMap<>(), 0);

  static Spent of(RunCost cost) {
    return cost.priced() == 0
        ? new Spent(new TreeMap<>(), new TreeMap<>(), cost.unknown())
        : new Spent(
            new TreeMap<>(Map.of(cost.currency(), cost.amount())),
            new TreeMap<>(Map.of(cost.currency(), cost.priced())),
            cost.unknown());
  }

  Spent plus(Spent other) {
    SortedMap<String, BigDecimal> sums = new TreeMap<>(amounts);
    SortedMap<String, Integer> counts = new TreeMap<>(priced);
    other.amounts.forEach((currency, amount) -> sums.merge(currency, amount, BigDecimal::add));
    other.priced.forEach((currency, count) -> counts.merge(currency, count, Integer::sum));
    return new Spent(sums, counts, unknown + other.unknown);
  }

  RunCost cost() {
    RunSums sums = new RunSums();
    sums.add("", BigDecimal.ZERO, 0, unknown);
    amounts.forEach(
        (currency, amount) -> sums.add(currency, amount, priced.getOrDefault(currency, 0), 0));
    return sums.cost();
  }

  /// Whether nothing of it is unknown; nothing spent is known too.
  boolean whole() {
    return unknown == 0 && amounts.size() < 2;
  }
}
