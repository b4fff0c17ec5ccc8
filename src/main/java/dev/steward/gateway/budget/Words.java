// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Budget.Limit;
import dev.steward.gateway.estimate.WorstCase;
import dev.steward.gateway.window.Counter;
import dev.steward.gateway.window.Level;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/// What people are told about a budget.
final class Words {
  private static final int MONEY_DECIMALS = 4;

  private Words() {}

  static Reservation.Exhausted exhausted(Level level, WorstCase worst) {
    Counter counter = level.counter();
    BigDecimal need = level.need(worst);
    return new Reservation.Exhausted(
        level.budget().name(),
        level.unit(),
        level.limit(),
        counter.used(),
        counter.reserved(),
        need,
        counter.ends(),
        refusal(level, worst, need));
  }

  static String low(Level level) {
    return "Budget %s has used %s of %s%s."
        .formatted(
            level.budget().name(),
            amount(level.counter().used(), level.unit()),
            amount(level.limit(), level.unit()),
            window(level));
  }

  private static String refusal(Level level, WorstCase worst, BigDecimal need) {
    String name = level.budget().name();
    if (level.refusesUnknown(worst)) {
      return "Budget "
          + name
          + " takes no call whose price is unknown, and no price of this model is known in "
          + level.unit()
          + ". Import a price of it, or declare onUnknown: charge-reservation.";
    }
    BigDecimal reserved = level.counter().reserved();
    return "Budget %s has too little left%s: %s of %s used%s, and this call may need %s. %s"
        .formatted(
            name,
            window(level),
            amount(level.counter().used(), level.unit()),
            amount(level.limit(), level.unit()),
            reserved.signum() == 0
                ? ""
                : ", " + amount(reserved, level.unit()) + " reserved by calls in flight",
            amount(need, level.unit()),
            remedy(level));
  }

  private static String remedy(Level level) {
    String topUp =
        "top it up: steward top-up "
            + level.budget().name()
            + " AMOUNT --reason WHY"
            + (level.counter().key().byRun() ? " --run " + level.counter().key().run() : "");
    Instant resets = level.counter().ends();
    return resets == null
        ? "Ask for more, or " + topUp + "."
        : "It resets at " + resets + "; or " + topUp + ".";
  }

  private static String window(Level level) {
    Budget.Every every = level.budget().window().every();
    return switch (every) {
      case RUN -> " for run " + level.counter().key().run();
      case HOUR -> " this hour";
      case DAY -> " today";
      case MONTH -> " this month";
    };
  }

  static String amount(BigDecimal amount, String unit) {
    boolean money = Limit.isCurrency(unit);
    BigDecimal shown =
        money && amount.scale() > MONEY_DECIMALS
            ? amount.setScale(MONEY_DECIMALS, RoundingMode.UP)
            : amount;
    return shown.toPlainString() + " " + unit;
  }
}
