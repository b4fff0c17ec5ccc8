// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.estimate;

import dev.steward.domain.resource.Budget.Limit;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Supplier;

/// The most that one call can cost.
///
/// @param inputTokens at most
/// @param outputTokens of one answer at most
/// @param answers how many the call asks for
/// @param ceiling its highest prices, empty where nobody knows them
/// @param finer a tighter bound that takes longer to find
public record WorstCase(
    long inputTokens,
    long outputTokens,
    int answers,
    Optional<Ceiling> ceiling,
    Optional<Supplier<WorstCase>> finer) {
  public WorstCase {
    if (inputTokens < 0 || outputTokens < 0 || answers < 1) {
      throw new IllegalArgumentException(
          "no call has %d input tokens and %d answers of %d tokens"
              .formatted(inputTokens, answers, outputTokens));
    }
  }

  public WorstCase(long inputTokens, long outputTokens, Ceiling ceiling) {
    this(inputTokens, outputTokens, 1, Optional.of(ceiling), Optional.empty());
  }

  /// How much of the unit it needs, empty where its price in that currency is not known.
  ///
  /// @param unit a currency, `tokens` or `calls`
  public Optional<BigDecimal> amount(String unit) {
    return switch (unit) {
      case Limit.CALLS -> Optional.of(BigDecimal.ONE);
      case Limit.TOKENS ->
          Optional.of(BigDecimal.valueOf(Math.addExact(inputTokens, outputOfAll())));
      default -> in(unit).map(prices -> prices.amount(inputTokens, outputOfAll()));
    };
  }

  /// How long each answer can be so that no more than that is needed, negative where no length is
  /// short enough.
  public long outputThatFits(String unit, BigDecimal left) {
    return switch (unit) {
      case Limit.CALLS -> left.compareTo(BigDecimal.ONE) >= 0 ? Long.MAX_VALUE : -1;
      case Limit.TOKENS ->
          each(left.subtract(BigDecimal.valueOf(inputTokens)).toBigInteger().longValue());
      default -> in(unit).map(prices -> each(prices.outputTokens(inputTokens, left))).orElse(-1L);
    };
  }

  public WorstCase withOutput(long max) {
    return new WorstCase(inputTokens, max, answers, ceiling, finer);
  }

  private Optional<Ceiling> in(String currency) {
    return ceiling.filter(prices -> prices.speaks(currency));
  }

  private long each(long tokens) {
    return Math.floorDiv(tokens, answers);
  }

  private long outputOfAll() {
    return Math.multiplyExact(outputTokens, answers);
  }
}
