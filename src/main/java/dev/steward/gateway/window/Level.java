// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.window;

import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Budget.OnUnknown;
import dev.steward.domain.resource.Budget.WhenTooLarge;
import dev.steward.gateway.estimate.WorstCase;
import java.math.BigDecimal;

/// One budget that a call is counted in, and its open window.
///
/// @param limit with what was topped up
/// @param cap what this node may come to, at most the limit
public record Level(Budget budget, Counter counter, BigDecimal limit, BigDecimal cap) {
  public String unit() {
    return budget.limit().unit();
  }

  public BigDecimal available() {
    return counter.available(cap);
  }

  /// What the call needs of it.
  public BigDecimal need(WorstCase worst) {
    return worst.amount(unit()).orElseGet(budget::unknownReservation);
  }

  public boolean fits(WorstCase worst) {
    BigDecimal need = need(worst);
    return !refusesUnknown(worst) && (need.signum() == 0 || need.compareTo(available()) <= 0);
  }

  /// Whether it takes no call whose price is unknown, and this is one.
  public boolean refusesUnknown(WorstCase worst) {
    return budget.onUnknown() == OnUnknown.REFUSE && worst.amount(unit()).isEmpty();
  }

  /// Whether the call's answer may be made shorter so that it fits.
  public boolean clamps(WorstCase worst) {
    return budget.whenTooLarge() == WhenTooLarge.CLAMP && worst.amount(unit()).isPresent();
  }

  /// The longest answer that fits, negative where none does.
  public long outputThatFits(WorstCase worst) {
    return clamps(worst) ? worst.outputThatFits(unit(), available()) : -1;
  }
}
