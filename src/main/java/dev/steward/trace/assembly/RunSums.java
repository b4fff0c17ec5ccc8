// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.assembly;

import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds up known and unknown cost. Amounts of different currencies are never added: US dollars are
/// shown where there are any, and what is in another currency counts as unknown beside them.
public final class RunSums {
  /// Decimals of an amount that are kept; the cheapest token costs a few 1e-9 dollars.
  public static final int SCALE_MAX = 18;

  private final TreeMap<String, BigDecimal> amounts = new TreeMap<>();
  private final TreeMap<String, Integer> priced = new TreeMap<>();
  private int unknown;

  /// @param currency "" when nothing is known
  public void add(String currency, BigDecimal amount, int pricedSpans, int unknownSpans) {
    unknown += unknownSpans;
    if (pricedSpans > 0) {
      amounts.merge(currency, amount, BigDecimal::add);
      priced.merge(currency, pricedSpans, Integer::sum);
    }
  }

  public RunCost cost() {
    if (amounts.isEmpty()) {
      return new RunCost(BigDecimal.ZERO, "USD", 0, unknown);
    }
    String currency = amounts.containsKey("USD") ? "USD" : amounts.firstKey();
    int others = priced.values().stream().mapToInt(Integer::intValue).sum();
    int here = priced.getOrDefault(currency, 0);
    return new RunCost(
        normal(amounts.getOrDefault(currency, BigDecimal.ZERO)),
        currency,
        here,
        unknown + others - here);
  }

  /// The amount without idle zeros, so that equal sums are equal values.
  public static BigDecimal normal(BigDecimal amount) {
    BigDecimal exact =
        amount.scale() > SCALE_MAX ? amount.setScale(SCALE_MAX, RoundingMode.HALF_EVEN) : amount;
    BigDecimal stripped = exact.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /// Sum of two counts of which either may be unknown.
  public static @Nullable Long plus(@Nullable Long one, @Nullable Long other) {
    if (one == null) {
      return other;
    }
    return other == null ? one : Long.valueOf(one + other);
  }
}
