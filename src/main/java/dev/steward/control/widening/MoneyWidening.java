// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import dev.steward.control.gate.Pinning;
import dev.steward.control.state.State;
import java.math.BigDecimal;

/// Compares what a window of a budget would have with its limit. A little more for one window is
/// for whoever operates; more than that is as good as another limit.
final class MoneyWidening {
  /// Share of the limit that all that is added to one window may come to.
  private static final BigDecimal SHARE = new BigDecimal("0.20");

  private final Words words;

  MoneyWidening(Words words) {
    this.words = words;
  }

  void look(State state, MoreMoney more) {
    BigDecimal limit = more.budget().limit().amount();
    BigDecimal added = state.budgets().window(more.window()).toppedUp().add(more.amount());
    if (added.compareTo(limit.multiply(SHARE)) <= 0) {
      return;
    }
    for (Place place : Place.of(state)) {
      if (Pinning.concerns(more.budget().scope(), place.agent(), place.environment())) {
        words.widens(
            "budget %s: %s %s are added to %s %s in its window %s for %s"
                .formatted(
                    more.budget().name(),
                    added.stripTrailingZeros().toPlainString(),
                    more.window().unit(),
                    limit.stripTrailingZeros().toPlainString(),
                    more.window().unit(),
                    more.window().period(),
                    place));
      }
    }
  }
}
