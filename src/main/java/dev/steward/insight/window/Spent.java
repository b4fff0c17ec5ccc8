// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was spent, by currency. Sums of it are the same in any order. Nearly all is in one
/// currency, and sums of that make no maps.
///
/// @param currency "" where nothing has a known cost; else US dollars where any are, else the first
/// @param amount in that currency
/// @param priced how many calls have a known cost in it
/// @param unknown how many calls have no known cost
/// @param others what was spent in others
record Spent(
    String currency, BigDecimal amount, int priced, int unknown, SortedMap<String, Amount> others) {
  private static final SortedMap<String, Amount> NONE = Collections.emptySortedMap();
  private static final String FIRST = "USD";

  static final Spent NOTHING = new Spent("", BigDecimal.ZERO, 0, 0, NONE);

  /// What calls with a known cost came to.
  record Amount(BigDecimal sum, int priced) {
    Amount plus(Amount other) {
      return new Amount(sum.add(other.sum), priced + other.priced);
    }
  }

  static Spent of(RunCost cost) {
    return cost.priced() == 0
        ? new Spent("", BigDecimal.ZERO, 0, cost.unknown(), NONE)
        : new Spent(cost.currency(), cost.amount(), cost.priced(), cost.unknown(), NONE);
  }

  Spent plus(Spent other) {
    boolean one = others.isEmpty() && other.others.isEmpty();
    if (one && (other.currency.isEmpty() || other.currency.equals(currency))) {
      return new Spent(
          currency,
          other.priced == 0 ? amount : amount.add(other.amount),
          priced + other.priced,
          unknown + other.unknown,
          NONE);
    }
    if (one && currency.isEmpty()) {
      return new Spent(other.currency, other.amount, other.priced, unknown + other.unknown, NONE);
    }
    SortedMap<String, Amount> all = all();
    other.all().forEach((each, sum) -> all.merge(each, sum, Amount::plus));
    String main = all.containsKey(FIRST) ? FIRST : all.firstKey();
    Amount most = all.getOrDefault(main, new Amount(BigDecimal.ZERO, 0));
    all.remove(main);
    return new Spent(main, most.sum(), most.priced(), unknown + other.unknown, all);
  }

  boolean nothing() {
    return priced == 0 && unknown == 0;
  }

  private SortedMap<String, Amount> all() {
    SortedMap<String, Amount> all = new TreeMap<>(others);
    if (!currency.isEmpty()) {
      all.put(currency, new Amount(amount, priced));
    }
    return all;
  }

  /// Currencies are never added: what is in another than the first is unknown beside it.
  RunCost cost() {
    int elsewhere = 0;
    for (Amount other : others.values()) {
      elsewhere += other.priced();
    }
    return new RunCost(
        RunSums.normal(amount), currency.isEmpty() ? FIRST : currency, priced, unknown + elsewhere);
  }
}
