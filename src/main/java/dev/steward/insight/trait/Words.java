// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import dev.steward.insight.watch.Measure;
import java.math.BigDecimal;
import java.math.MathContext;

/// Numbers in sentences.
final class Words {
  private static final MathContext SHORT = new MathContext(3);

  private Words() {}

  static String above(Measure measure, double bound) {
    String number = new BigDecimal(bound).round(SHORT).stripTrailingZeros().toPlainString();
    return switch (measure) {
      case COST -> "that cost over $" + number;
      case DURATION -> "that take over " + number + " s";
      case STEPS -> "of over " + number + " steps";
      case TOKENS -> "of over " + number + " tokens";
    };
  }
}
