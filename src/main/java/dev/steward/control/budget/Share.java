// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.budget;

import dev.steward.domain.Decimals;
import java.math.BigDecimal;

/// What one node has of a window, both from its beginning on.
///
/// @param lent taken less what was given back
/// @param spent as the node said last; past `lent` only where calls cost more than their worst case
public record Share(BigDecimal lent, BigDecimal spent) {
  public static final Share NOTHING = new Share(BigDecimal.ZERO, BigDecimal.ZERO);

  public Share {
    lent = Decimals.plain(lent);
    spent = Decimals.plain(spent);
  }

  /// What nobody else can have.
  BigDecimal taken() {
    return lent.max(spent);
  }

  Share take(BigDecimal amount, BigDecimal spentSoFar) {
    return new Share(lent.add(amount), spent.max(spentSoFar));
  }

  Share giveBack(BigDecimal amount, BigDecimal spentSoFar) {
    return new Share(lent.subtract(amount).max(BigDecimal.ZERO), spent.max(spentSoFar));
  }
}
