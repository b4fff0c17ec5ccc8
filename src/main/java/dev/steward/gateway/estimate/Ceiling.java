// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.estimate;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// The highest prices that a call can be charged.
///
/// @param currency ISO 4217
/// @param fixed what it costs beside its tokens
public record Ceiling(
    String currency, BigDecimal inputPerMillion, BigDecimal outputPerMillion, BigDecimal fixed) {
  /// What costs nothing, in whatever currency.
  public static final Ceiling FREE =
      new Ceiling("", BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  /// Whether it says what a call costs in that currency.
  boolean speaks(String asked) {
    return currency.equals(asked) || currency.isEmpty();
  }

  BigDecimal amount(long inputTokens, long outputTokens) {
    BigDecimal input = inputPerMillion.multiply(BigDecimal.valueOf(inputTokens));
    BigDecimal output = outputPerMillion.multiply(BigDecimal.valueOf(outputTokens));
    return input.add(output).movePointLeft(6).add(fixed);
  }

  /// How many output tokens the amount pays for beside that input, -1 where not even the input.
  long outputTokens(long inputTokens, BigDecimal amount) {
    BigDecimal rest = amount.subtract(amount(inputTokens, 0));
    if (rest.signum() < 0) {
      return -1;
    }
    if (outputPerMillion.signum() == 0) {
      return Long.MAX_VALUE;
    }
    BigDecimal tokens = rest.movePointRight(6).divide(outputPerMillion, 0, RoundingMode.DOWN);
    return tokens.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
  }
}
