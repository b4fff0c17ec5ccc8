// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.run;

import dev.steward.domain.Cost;
import dev.steward.trace.span.Span;
import java.math.BigDecimal;
import java.util.List;

/// The cost of several spans together.
///
/// @param amount sum of what is known
/// @param unknown how many priced spans have no known cost; the sum is whole only when it is 0
/// @param priced how many spans have a known cost
public record RunCost(BigDecimal amount, String currency, int priced, int unknown) {
  public static final RunCost NONE = new RunCost(BigDecimal.ZERO, "USD", 0, 0);

  /// Whether the amount is the whole cost: nothing unknown, and something that was priced.
  public boolean known() {
    return unknown == 0 && priced > 0;
  }

  /// How many of the spans have a cost that is estimated.
  public static int estimated(List<Span> spans) {
    int estimated = 0;
    for (Span span : spans) {
      boolean guessed =
          span.cost() instanceof Cost.Known known && known.source() == Cost.Source.ESTIMATED;
      estimated += guessed ? 1 : 0;
    }
    return estimated;
  }

  /// Both together. Currencies are never added: US dollars stay where there are any, and what is in
  /// another currency counts as unknown beside them.
  public RunCost plus(RunCost other) {
    if (other.priced == 0 || priced == 0) {
      RunCost with = priced == 0 ? other : this;
      return new RunCost(with.amount, with.currency, with.priced, unknown + other.unknown);
    }
    if (currency.equals(other.currency)) {
      return new RunCost(
          amount.add(other.amount), currency, priced + other.priced, unknown + other.unknown);
    }
    RunCost with = other.currency.equals("USD") ? other : this;
    return new RunCost(
        with.amount,
        with.currency,
        with.priced,
        unknown + other.unknown + priced + other.priced - with.priced);
  }
}
