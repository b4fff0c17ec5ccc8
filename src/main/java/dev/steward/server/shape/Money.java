// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.domain.Cost;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// An amount of money on the wire. An unknown one is never 0.
///
/// @param amount decimal, exact; where `known` is false what is known of it, null when nothing is
/// @param known whether the amount is the whole cost
public record Money(@Nullable String amount, String currency, boolean known) {

  public static Money of(RunCost cost) {
    return new Money(
        cost.priced() == 0 ? null : plain(cost.amount()), cost.currency(), cost.known());
  }

  public static Money of(Cost cost) {
    return switch (cost) {
      case Cost.Known known -> new Money(plain(known.amount()), known.currency(), true);
      case Cost.Unknown _ -> new Money(null, "USD", false);
    };
  }

  private static String plain(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}
