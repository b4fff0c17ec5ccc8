// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Price;
import dev.steward.trace.price.ListedPrices;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorstCasesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final ListedPrices PRICES =
      ListedPrices.of(
          List.of(
              price(
                  "gpt-x",
                  Map.of("input", "2", "output", "8", "cache-write", "2.5"),
                  List.of(
                      new Price.Tier(200_000, "", rates(Map.of("input", "4", "output", "12"))),
                      new Price.Tier(0, "priority", rates(Map.of("input", "3.5")))))));
  private final WorstCases worstCases =
      new WorstCases(PRICES, new TokenCounter(), InstantSource.fixed(NOW), WorstCases.OUTPUT_MAX);

  @Test
  void noCallCostsMoreThanItsWorstCase() {
    String body = "Grüße, 世界! ".repeat(50);
    WorstCase worst = worstCases.of(CallSize.text("openai", "gpt-x", body, OptionalLong.of(1000)));
    long bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    Cost real = PRICES.price("openai", "gpt-x", null, Usage.of(bytes, 1000), NOW);
    assertThat(worst.amount("USD").orElseThrow())
        .isGreaterThanOrEqualTo(((Cost.Known) real).amount());
    assertThat(worst.amount("tokens").orElseThrow().longValue()).isGreaterThan(bytes + 1000);
    assertThat(worst.amount("calls")).contains(BigDecimal.ONE);
    assertThat(worst.amount("EUR")).isEmpty();
  }

  @Test
  void theTokenizerIsFinerThanTheBytes() {
    String body = "The quick brown fox jumps over the lazy dog. ".repeat(400);
    WorstCase coarse = worstCases.of(CallSize.text("openai", "gpt-x", body, OptionalLong.of(10)));
    WorstCase finer = coarse.finer().orElseThrow().get();
    assertThat(finer.inputTokens()).isLessThan(coarse.inputTokens() / 2);
    assertThat(finer.inputTokens()).isGreaterThan(4000);
    assertThat(finer.finer()).isEmpty();
  }

  @Test
  void anOtherTokenizerGetsMoreRoomThanThePublicOne() {
    String body = "The quick brown fox jumps over the lazy dog. ".repeat(400);
    long own = finer("openai", body);
    long other = finer("anthropic", body);
    assertThat(other).isGreaterThan(own * 3 / 2);
  }

  @Test
  void theHighestRateThatMayHoldIsTaken() {
    WorstCase small = worstCases.of(size(1_000, 0, "default", Set.of()));
    assertThat(small.ceiling().orElseThrow().inputPerMillion()).isEqualByComparingTo("2");
    assertThat(worstCases.of(size(1_000, 0, "", Set.of())).ceiling().orElseThrow())
        .extracting(Ceiling::inputPerMillion)
        .isEqualTo(new BigDecimal("3.5"));
    assertThat(
            worstCases
                .of(size(1_000, 0, "default", Set.of("cache-write")))
                .ceiling()
                .orElseThrow()
                .inputPerMillion())
        .isEqualByComparingTo("2.5");
    assertThat(
            worstCases
                .of(size(300_000, 0, "default", Set.of()))
                .ceiling()
                .orElseThrow()
                .outputPerMillion())
        .isEqualByComparingTo("12");
  }

  @Test
  void whatIsOnlyReferredToMayBeAsLargeAsAContext() {
    WorstCase worst = worstCases.of(size(500, 1, "default", Set.of()));
    assertThat(worst.inputTokens()).isGreaterThanOrEqualTo(1_000_000);
    assertThat(worst.finer()).isEmpty();
  }

  @Test
  void aMissingMaxIsTheLongestAnswerOfAnyModel() {
    WorstCase worst = worstCases.of(CallSize.text("openai", "gpt-x", "hi", OptionalLong.empty()));
    assertThat(worst.outputTokens()).isEqualTo(WorstCases.OUTPUT_MAX);
    WorstCase absurd =
        worstCases.of(CallSize.text("openai", "gpt-x", "hi", OptionalLong.of(Long.MAX_VALUE)));
    assertThat(absurd.amount("USD")).isPresent();
  }

  @Test
  void anUnknownModelHasNoCeiling() {
    assertThat(
            worstCases
                .of(CallSize.text("openai", "nobody-knows", "hi", OptionalLong.of(1)))
                .ceiling())
        .isEmpty();
  }

  @Test
  void theOutputThatFitsCostsNoMoreThanWhatIsLeft() {
    WorstCase worst = worstCases.of(CallSize.text("openai", "gpt-x", "hi", OptionalLong.empty()));
    BigDecimal left = new BigDecimal("0.1");
    long fits = worst.outputThatFits("USD", left);
    assertThat(worst.withOutput(fits).amount("USD").orElseThrow()).isLessThanOrEqualTo(left);
    assertThat(worst.withOutput(fits + 1).amount("USD").orElseThrow()).isGreaterThan(left);
    assertThat(worst.outputThatFits("USD", BigDecimal.ZERO)).isNegative();
  }

  private long finer(String provider, String body) {
    CallSize size = CallSize.text(provider, "gpt-x", body, OptionalLong.of(10));
    return worstCases.of(size).finer().orElseThrow().get().inputTokens();
  }

  private static CallSize size(long bytes, int references, String tier, Set<String> units) {
    return new CallSize(
        "openai", "gpt-x", bytes, () -> "", 0, references, 0, 1, OptionalLong.of(100), tier, units);
  }

  private static Price price(String model, Map<String, String> rates, List<Price.Tier> tiers) {
    return new Price(
        new Metadata(model, Map.of()),
        "openai",
        model,
        List.of(),
        "USD",
        rates(rates),
        tiers,
        Instant.EPOCH,
        null,
        null);
  }

  private static Map<String, BigDecimal> rates(Map<String, String> rates) {
    Map<String, BigDecimal> read = new java.util.HashMap<>();
    rates.forEach((unit, rate) -> read.put(unit, new BigDecimal(rate)));
    return read;
  }
}
