// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import dev.steward.domain.Cost;
import dev.steward.domain.Spend;
import java.math.BigDecimal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Something that a span cost beside its tokens. It is there only where a Price holds for it.
///
/// @param provider who is paid, by the price's word
/// @param quantity calls, seconds or minutes; null when its sender did not say a number
public record Charge(Spend what, String provider, @Nullable BigDecimal quantity, Cost cost) {

  /// Both kinds of cost together: null where there is neither, unknown where a part of it is.
  public static @Nullable Cost total(@Nullable Cost tokens, Collection<Charge> charges) {
    Cost all = tokens;
    for (Charge charge : charges) {
      all = all == null ? charge.cost() : plus(all, charge.cost());
    }
    return all;
  }

  private static Cost plus(Cost one, Cost other) {
    if (!(one instanceof Cost.Known first)) {
      return one;
    }
    if (!(other instanceof Cost.Known second)) {
      return other;
    }
    return first.currency().equals(second.currency())
        ? new Cost.Known(
            first.amount().add(second.amount()),
            first.currency(),
            first.source().equals(second.source()) ? first.source() : Cost.Source.PRICED,
            first.basis().isEmpty() ? second.basis() : first.basis() + "+" + second.basis())
        : new Cost.Unknown("its parts are in " + first.currency() + " and in " + second.currency());
  }
}
