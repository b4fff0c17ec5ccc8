// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LoopRule;
import dev.steward.gateway.conversation.Found;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/// What runs of one agent spend per minute, as a moving average over its calls. A run that spends
/// far more teaches it little, so that a loop does not become the measure of loops.
final class Pace {
  static final int LEARNT_FROM = 50;
  private static final BigDecimal WEIGHT = new BigDecimal("0.02");
  private static final BigDecimal TAUGHT_MAX = BigDecimal.valueOf(3);
  private static final BigDecimal WORTH_A_WORD = new BigDecimal("0.10");
  private static final MathContext DIGITS = MathContext.DECIMAL64;

  private BigDecimal average = BigDecimal.ZERO;
  private String currency = "";
  private int calls;

  /// What is known of an agent's runs.
  ///
  /// @param calls that it was learnt from, up to what is asked for
  record Learnt(BigDecimal average, String currency, int calls) {
    static final Learnt NOTHING = new Learnt(BigDecimal.ZERO, "", 0);
  }

  Pace() {}

  Pace(Learnt before) {
    average = before.average();
    currency = before.currency();
    calls = before.calls();
  }

  synchronized Learnt learnt() {
    return new Learnt(average, currency, calls);
  }

  /// @param lastMinute what the run has spent in the minute up to now
  synchronized Optional<Found> spent(BigDecimal lastMinute, String in) {
    if (!in.equals(currency)) {
      currency = in;
      average = BigDecimal.ZERO;
      calls = 0;
    }
    Optional<Found> found = calls < LEARNT_FROM ? Optional.empty() : compare(lastMinute);
    learn(lastMinute);
    return found;
  }

  private Optional<Found> compare(BigDecimal lastMinute) {
    if (average.signum() == 0 || lastMinute.compareTo(WORTH_A_WORD) < 0) {
      return Optional.empty();
    }
    long times = lastMinute.divide(average, DIGITS).longValue();
    BigDecimal usual = average;
    String in = currency;
    return Optional.of(
        new Found(
            LoopRule.SPEND_RATE,
            times,
            () ->
                "spent %s %s within a minute, %d times what runs of this agent spend on average (%s %s)"
                    .formatted(money(lastMinute), in, times, money(usual), in)));
  }

  private void learn(BigDecimal lastMinute) {
    calls = Math.min(calls + 1, LEARNT_FROM);
    if (calls < LEARNT_FROM) {
      // A plain mean first, or the first call would weigh for long.
      average =
          average.add(
              lastMinute.subtract(average).divide(BigDecimal.valueOf(calls), DIGITS), DIGITS);
      return;
    }
    BigDecimal taught =
        average.signum() == 0 ? lastMinute : lastMinute.min(average.multiply(TAUGHT_MAX, DIGITS));
    average = average.add(taught.subtract(average).multiply(WEIGHT, DIGITS), DIGITS);
  }

  private static String money(BigDecimal amount) {
    BigDecimal rounded = amount.setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0
        ? amount.round(new MathContext(2)).toPlainString()
        : rounded.toPlainString();
  }
}
