// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListedPricesTest {
  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void pricesSubsetsApartAndTheRestAtTheBasePrice() {
    Price price =
        price("acme", "m", "input=2 output=10 cache-read=0.2 cache-write=2.5 cache-write-1h=4");
    Usage usage = new Usage(1000L, 100L, 300, 200, 50, 40, 0, 0, 0, 0, 0, "");
    // 500 fresh, 300 read, 150 written for five minutes, 50 for an hour, 100 out
    assertThat(amount(price, usage)).isEqualByComparingTo("0.002635");
  }

  @Test
  void aSubsetWithoutAPriceCostsAsTheSetItIsPartOf() {
    Price price = price("acme", "m", "input=2 output=10");
    Usage usage = new Usage(1000L, 100L, 300, 200, 50, 40, 100, 20, 50, 10, 5, 0, "");
    assertThat(amount(price, usage)).isEqualByComparingTo("0.003");
  }

  @Test
  void cachedAudioIsNotBilledTwice() {
    Usage usage = new Usage(1000L, 0L, 400, 0, 0, 0, 300, 0, 100, 0, 0, "");
    Price apart =
        price(
            "acme", "m", "input=1 output=1 cache-read=0.1 audio-input=8 " + "audio-cache-read=0.8");
    // 100 cached audio, 300 other cached, 200 audio, 400 text
    assertThat(amount(apart, usage)).isEqualByComparingTo("0.00211");
    Price together = price("acme", "m", "input=1 output=1 cache-read=0.1 audio-input=8");
    assertThat(amount(together, usage)).isEqualByComparingTo("0.00204");
  }

  @Test
  void pricesReasoningAudioAndImagesInTheOutputApart() {
    Price price = price("acme", "m", "input=0 output=1 reasoning=2 audio-output=4 image-output=8");
    Usage usage = new Usage(5L, 100L, 0, 0, 0, 10, 0, 20, 0, 0, 30, 0, "");
    assertThat(amount(price, usage)).isEqualByComparingTo("0.00038");
  }

  @Test
  void largeInputsChangeThePriceOfAllTokens() {
    Price price =
        withTiers(
            price("acme", "m", "input=1 output=4"),
            new Price.Tier(200_000, "", rates("input=2 output=6")),
            new Price.Tier(500_000, "", rates("input=3")));
    assertThat(amount(price, Usage.of(200_000, 1000))).isEqualByComparingTo("0.204");
    assertThat(amount(price, Usage.of(200_001, 1000))).isEqualByComparingTo("0.406002");
    assertThat(amount(price, Usage.of(600_000, 1000))).isEqualByComparingTo("1.806");
  }

  @Test
  void aServiceTierHasItsOwnPriceOrNone() {
    Price price =
        withTiers(
            price("acme", "m", "input=1 output=4"),
            new Price.Tier(0, "batch", rates("input=0.5 output=2")),
            new Price.Tier(200_000, "", rates("input=2")));
    assertThat(amount(price, tier(1000, "batch"))).isEqualByComparingTo("0.0005");
    assertThat(amount(price, tier(300_000, "batch"))).isEqualByComparingTo("0.15");
    assertThat(amount(price, tier(1000, "standard"))).isEqualByComparingTo("0.001");
    assertThat(cost(price, tier(1000, "priority")))
        .isEqualTo(new Cost.Unknown("no price of model m for service tier priority"));
  }

  @Test
  void theHourOfTheDayChoosesThePrice() {
    Price price =
        withTiers(
            price("acme", "m", "input=1 output=1"),
            new Price.Tier(0, "", "16:30-00:30", rates("input=0.5")));
    ListedPrices book = ListedPrices.of(List.of(price));
    Map.of("12:00", "1", "16:30", "0.5", "00:29", "0.5", "00:30", "1")
        .forEach((time, million) -> {
          Instant at = Instant.parse("2026-05-01T" + time + ":00Z");
          assertThat(known(book.price("acme", "m", null, Usage.of(1_000_000, 0), at)).amount())
              .as(time)
              .isEqualByComparingTo(million);
        });
  }

  @Test
  void chargesRequestsAndSearchesByTheThousand() {
    Price price = price("acme", "m", "input=0 output=0 request=5 web-search=10");
    Usage usage = new Usage(1L, 1L, 0, 0, 0, 0, 0, 0, 0, 0, 3, "");
    assertThat(amount(price, usage)).isEqualByComparingTo("0.035");
  }

  @Test
  void aSearchCostsWhatTheProviderChargesWhateverTheModel() {
    Price model = price("acme", "m", "input=1 output=1");
    Price any = price("acme", "*", "web-search=10");
    Usage usage = new Usage(1000L, 0L, 0, 0, 0, 0, 0, 0, 0, 0, 2, "");
    Cost.Known known =
        known(ListedPrices.of(List.of(model, any)).price("acme", "m", null, usage, AT));
    assertThat(known.amount()).isEqualByComparingTo("0.021");
    assertThat(known.basis()).contains("+");
    assertThat(cost(model, usage))
        .isEqualTo(new Cost.Unknown("no price of web searches with model m"));
    assertThat(ListedPrices.of(List.of(any)).price("acme", "m", null, Usage.of(1, 1), AT))
        .isInstanceOf(Cost.Unknown.class);
  }

  @Test
  void unknownIsNotZero() {
    Price price = price("acme", "m", "input=1 output=1");
    ListedPrices book = ListedPrices.of(List.of(price));
    assertThat(book.price("acme", "m", null, null, AT))
        .isEqualTo(new Cost.Unknown("no usage reported"));
    assertThat(book.price("acme", null, " ", Usage.of(1, 1), AT))
        .isEqualTo(new Cost.Unknown("no model named"));
    assertThat(book.price("acme", "other", null, Usage.of(1, 1), AT))
        .isEqualTo(
            new Cost.Unknown("no price for model other of provider acme at 2026-05-01T12:00:00Z"));
    assertThat(cost(price, counts(null, 1L)))
        .isEqualTo(new Cost.Unknown("no input tokens reported"));
    assertThat(cost(price, counts(1L, null)))
        .isEqualTo(new Cost.Unknown("no output tokens reported"));
    assertThat(cost(price("acme", "m", "output=1"), Usage.of(1, 1)))
        .isEqualTo(new Cost.Unknown("no input price of model m"));
    assertThat(cost(price("acme", "m", "input=1 output=1 cache-read=0.1"), cached(10, 11)))
        .isEqualTo(
            new Cost.Unknown("the usage contradicts itself: a part is larger than its whole"));
  }

  @Test
  void anEmbeddingNeedsNoOutputCount() {
    assertThat(amount(price("acme", "m", "input=1"), counts(1000L, null)))
        .isEqualByComparingTo("0.001");
  }

  @Test
  void theResponseModelCountsBeforeTheOneAskedFor() {
    ListedPrices book =
        ListedPrices.of(
            List.of(
                price("azure", "gpt-4", "input=30 output=60"),
                price("openai", "gpt-4o", "input=2 output=8", "gpt-4o-2024-*")));
    assertThat(found(book, "azure.ai.openai", "gpt-4o-2024-11-20", "gpt-4")).isEqualTo("gpt-4o");
    assertThat(found(book, "azure.ai.openai", null, "gpt-4")).isEqualTo("gpt-4");
  }

  @Test
  void findsAModelUnderItsPlainerNames() {
    ListedPrices book =
        ListedPrices.of(
            List.of(
                price("openai", "gpt-x", "input=1 output=1"),
                price("aws.bedrock", "anthropic.claude-x-v1:0", "input=2 output=2"),
                price("gcp.gemini", "gemini-x", "input=3 output=3")));
    assertThat(found(book, "openai", "gpt-x-2026-01-31", null)).isEqualTo("gpt-x");
    assertThat(found(book, "openai", "openai/GPT-X-latest", null)).isEqualTo("gpt-x");
    assertThat(found(book, "aws.bedrock", "eu.anthropic.claude-x-v1:0", null))
        .isEqualTo("anthropic.claude-x-v1:0");
    assertThat(
            found(
                book,
                "bedrock",
                "arn:aws:bedrock:eu-west-1:1:inference-profile/eu.anthropic.claude-x-v1:0",
                null))
        .isEqualTo("anthropic.claude-x-v1:0");
    assertThat(found(book, "gcp.vertex_ai", "publishers/google/models/gemini-x", null))
        .isEqualTo("gemini-x");
  }

  @Test
  void theMoreExactPatternWins() {
    ListedPrices book =
        ListedPrices.of(
            List.of(
                price("acme", "wide", "input=1 output=1", "big*"),
                price("acme", "narrow", "input=2 output=2", "big-model*"),
                price("acme", "exact", "input=3 output=3", "big-model-7")));
    assertThat(found(book, "acme", "big-thing", null)).isEqualTo("wide");
    assertThat(found(book, "acme", "big-model-8", null)).isEqualTo("narrow");
    assertThat(found(book, "acme", "big-model-7", null)).isEqualTo("exact");
  }

  @Test
  void withoutAProviderTheMakerIsMeantAndOtherwiseAPriceThatAllAsk() {
    Price own = price("anthropic", "claude-x", "input=1 output=1");
    Price resold = price("openrouter", "claude-x", "input=9 output=9");
    Price hosted = price("groq", "llama-x", "input=1 output=1");
    Price same = price("together_ai", "llama-x", "input=1 output=1");
    Price dearer = price("fireworks", "llama-x", "input=2 output=2");
    ListedPrices book = ListedPrices.of(List.of(own, resold, hosted, same));
    assertThat(found(book, null, "claude-x", null)).isEqualTo("claude-x");
    assertThat(known(book.price(null, "claude-x", null, Usage.of(1_000_000, 0), AT)).amount())
        .isEqualByComparingTo("1");
    assertThat(found(book, "langchain", "claude-x", null)).isEqualTo("claude-x");
    assertThat(found(book, null, "openrouter/claude-x", null)).isEqualTo("claude-x");
    assertThat(found(book, null, "llama-x", null)).isEqualTo("llama-x");
    assertThat(ListedPrices.of(List.of(hosted, dearer)).find(null, "llama-x", null, AT)).isEmpty();
    assertThat(book.find("ollama", "llama-x", null, AT)).isEmpty();
  }

  @Test
  void usesThePriceOfTheSpansTime() {
    Instant change = Instant.parse("2026-03-13T00:00:00Z");
    Price before = during(price("acme", "m", "input=1 output=1"), Instant.EPOCH, change);
    Price after = during(price("acme", "m", "input=2 output=2"), change, null);
    ListedPrices book = ListedPrices.of(List.of(after, before));
    Usage million = Usage.of(1_000_000, 0);
    assertThat(known(book.price("acme", "m", null, million, change.minusMillis(1))).amount())
        .isEqualByComparingTo("1");
    assertThat(known(book.price("acme", "m", null, million, change)).amount())
        .isEqualByComparingTo("2");
    assertThat(ListedPrices.of(List.of(after)).price("acme", "m", null, million, Instant.EPOCH))
        .isInstanceOf(Cost.Unknown.class);
  }

  @Test
  void declaredPricesOverrideTheStarterTable() {
    Price declared = price("openai", "ours", "input=100 output=100", "gpt-4o*");
    assertThat(found(ListedPrices.overStarter(List.of()), "openai", "gpt-4o", null))
        .isEqualTo("gpt-4o");
    assertThat(found(ListedPrices.overStarter(List.of(declared)), "openai", "gpt-4o", null))
        .isEqualTo("ours");
  }

  @Test
  void theBasisIsTheDigestOfWhatTheRowSays() {
    Price price = price("acme", "m", "input=1.0 output=1");
    Price renamed = price("acme", "m", "input=1 output=1.00");
    Price other = price("acme", "m", "input=1 output=2");
    Usage usage = Usage.of(1, 1);
    assertThat(known(cost(price, usage)).basis())
        .hasSize(64)
        .isEqualTo(known(cost(renamed, usage)).basis())
        .isNotEqualTo(known(cost(other, usage)).basis());
  }

  @Test
  void aPriceWithoutAWindowDoesNotHideThatOfTheStarterTable() {
    ListedPrices prices =
        ListedPrices.overStarter(
            List.of(price("openai", "gpt-4o", "input=1"), price("acme", "m", "input=1")));
    assertThat(prices.tokens("openai", "gpt-4o", null, Instant.EPOCH.plus(Duration.ofDays(20_400))))
        .hasValue(128_000);
    assertThat(prices.tokens("acme", "m", null, Instant.EPOCH)).isEmpty();
    assertThat(prices.tokens("acme", null, null, Instant.EPOCH)).isEmpty();
  }

  @Test
  void refusesAPriceThatCannotHold() {
    assertThatIllegalArgumentException().isThrownBy(() -> price("acme", "m", "input=-1"));
    assertThatIllegalArgumentException().isThrownBy(() -> price("acme", "m", "input=1", "/(/"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Price.Tier(0, "", "25:00-26:00", Map.of()));
  }

  private static Price price(String provider, String model, String rates, String... match) {
    return new Price(
        new Metadata("p-" + rates.hashCode() + "-" + provider, Map.of()),
        provider,
        model,
        List.of(match),
        "USD",
        rates(rates),
        List.of(),
        Instant.EPOCH,
        null,
        null);
  }

  private static Price withTiers(Price p, Price.Tier... tiers) {
    return new Price(
        p.metadata(),
        p.provider(),
        p.model(),
        p.match(),
        p.currency(),
        p.perMillion(),
        List.of(tiers),
        p.validFrom(),
        p.validUntil(),
        p.contextWindow());
  }

  private static Price during(Price p, Instant from, @Nullable Instant until) {
    return new Price(
        p.metadata(),
        p.provider(),
        p.model(),
        p.match(),
        p.currency(),
        p.perMillion(),
        p.tiers(),
        from,
        until,
        p.contextWindow());
  }

  private static Map<String, BigDecimal> rates(String text) {
    Map<String, BigDecimal> rates = new HashMap<>();
    Arrays.stream(text.split(" "))
        .map(word -> word.split("=", 2))
        .forEach(pair -> rates.put(pair[0], new BigDecimal(pair[1])));
    return rates;
  }

  private static Usage counts(@Nullable Long input, @Nullable Long output) {
    return new Usage(input, output, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");
  }

  private static Usage cached(long input, long cacheRead) {
    return new Usage(input, 0L, cacheRead, 0, 0, 0, 0, 0, 0, 0, 0, "");
  }

  private static Usage tier(long input, String tier) {
    return new Usage(input, 0L, 0, 0, 0, 0, 0, 0, 0, 0, 0, tier);
  }

  private static Cost cost(Price price, Usage usage) {
    return ListedPrices.of(List.of(price)).price(price.provider(), price.model(), null, usage, AT);
  }

  private static BigDecimal amount(Price price, Usage usage) {
    return known(cost(price, usage)).amount();
  }

  private static Cost.Known known(Cost cost) {
    assertThat(cost).isInstanceOf(Cost.Known.class);
    return (Cost.Known) cost;
  }

  private static @Nullable String found(
      ListedPrices book,
      @Nullable String provider,
      @Nullable String response,
      @Nullable String request) {
    return book.find(provider, response, request, AT).map(Price::model).orElse(null);
  }
}
