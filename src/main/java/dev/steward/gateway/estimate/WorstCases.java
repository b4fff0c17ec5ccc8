// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.estimate;

import dev.steward.trace.rate.HighestRates;
import dev.steward.trace.rate.PriceBook;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Tells what a call can cost at most. A token is at least one byte, so the length of the body
/// bounds its input in no time; the tokenizer is only asked where that bound is too much.
public final class WorstCases {
  /// What no model answers in one go; taken where a call sets no limit.
  public static final long OUTPUT_MAX = 131_072;

  /// More than that is the same as that.
  private static final int OUTPUT_ASKED_MAX = 1_000_000_000;

  /// What no model reads; taken where a call refers to what cannot be seen.
  private static final long CONTEXT_MAX = 1_048_576;

  private static final Set<String> DEAR_PICTURES = Set.of("openai", "azure");
  private static final long DEAR_PICTURE_TOKENS = 50_000;
  private static final long PICTURE_TOKENS = 10_000;

  /// What providers add to a body: instructions for tools and for the form of the answer.
  private static final long ADDED_TOKENS = 1_024;

  private final PriceBook prices;
  private final TokenCounter tokens;
  private final InstantSource clock;
  private final long outputMax;

  /// @param outputMax longest answer that is assumed of a call that sets no limit
  public WorstCases(PriceBook prices, TokenCounter tokens, InstantSource clock, long outputMax) {
    this.prices = prices;
    this.tokens = tokens;
    this.clock = clock;
    this.outputMax = outputMax;
  }

  public WorstCase of(CallSize size) {
    long beside = ADDED_TOKENS + size.images() * pictureTokens(size);
    if (size.references() > 0) {
      long input = Math.max(CONTEXT_MAX, size.bodyBytes() + beside);
      return worst(size, input, Optional.empty());
    }
    Supplier<WorstCase> finer =
        () -> {
          long counted = tokens.count(size.provider(), size.body().get());
          return worst(size, Math.min(counted, size.bodyBytes()) + beside, Optional.empty());
        };
    return worst(size, size.bodyBytes() + beside, Optional.of(finer));
  }

  private WorstCase worst(CallSize size, long input, Optional<Supplier<WorstCase>> finer) {
    long output = Math.clamp(size.maxOutput().orElse(outputMax), 0, OUTPUT_ASKED_MAX);
    return new WorstCase(
        input, output, Math.max(1, size.answers()), ceiling(size, input, output), finer);
  }

  private Optional<Ceiling> ceiling(CallSize size, long input, long output) {
    Optional<HighestRates> found =
        prices.highest(
            size.provider().isEmpty() ? null : size.provider(),
            size.model(),
            input,
            size.serviceTier(),
            size.units(),
            clock.instant());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    HighestRates rates = found.get();
    BigDecimal perOutput = rates.outputPerMillion();
    BigDecimal perSearch = rates.perSearch();
    if ((perOutput == null && output > 0) || (perSearch == null && size.searches() > 0)) {
      return Optional.empty();
    }
    BigDecimal searches =
        perSearch == null
            ? BigDecimal.ZERO
            : perSearch.multiply(BigDecimal.valueOf(size.searches()));
    return Optional.of(
        new Ceiling(
            rates.currency(),
            rates.inputPerMillion(),
            perOutput == null ? BigDecimal.ZERO : perOutput,
            rates.perRequest().add(searches)));
  }

  private static long pictureTokens(CallSize size) {
    return DEAR_PICTURES.contains(size.provider()) ? DEAR_PICTURE_TOKENS : PICTURE_TOKENS;
  }
}
