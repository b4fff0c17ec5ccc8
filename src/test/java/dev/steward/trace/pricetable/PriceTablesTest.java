// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.pricetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.ApiException;
import dev.steward.domain.Cost;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Price;
import dev.steward.trace.price.ListedPrices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTablesTest {
  private static final Instant AT = Instant.parse("2026-08-21T12:00:00Z");

  @Test
  void readsTheWholeGenaiTable() throws IOException {
    PriceTables.Table table = PriceFiles.genai();
    assertThat(table.form()).isEqualTo("genai-prices");
    assertThat(table.prices().size()).isEqualTo(1440);
    assertThat(table.skipped()).hasSize(9);
    assertNamedWell(table.prices());
  }

  @Test
  void readsTheWholeLiteLlmTable() throws IOException {
    PriceTables.Table table = PriceFiles.litellm();
    assertThat(table.form()).isEqualTo("litellm");
    assertThat(table.prices().size() + table.skipped().size()).isEqualTo(1701);
    assertThat(table.prices().size()).isGreaterThan(1400);
    assertNamedWell(table.prices());
    ListedPrices book = ListedPrices.of(table.prices());
    assertThat(dollars(book, "openai", "gpt-4o", Usage.of(1_000_000, 1_000_000)))
        .isEqualByComparingTo("12.5");
    assertThat(dollars(book, "gcp.gemini", "gemini-2.5-pro", Usage.of(200_000, 1000)))
        .isEqualByComparingTo("0.26");
    assertThat(dollars(book, "gcp.gemini", "gemini-2.5-pro", Usage.of(200_001, 1000)))
        .isEqualByComparingTo("0.5150025");
    assertThat(
            dollars(
                book,
                "anthropic",
                "claude-sonnet-4-20250514",
                new Usage(1000L, 0L, 0, 1000, 0, 0, 0, 0, 0, 0, 1, "")))
        .isEqualByComparingTo("0.01375");
    assertThat(
            dollars(
                book,
                "openai",
                "gpt-4o",
                new Usage(1000L, 1000L, 0, 0, 0, 0, 0, 0, 0, 0, 0, "batch")))
        .isEqualByComparingTo("0.00625");
  }

  @Test
  void readsHowMuchAModelTakesWhereTheTableSays() throws IOException {
    for (PriceTables.Table table : List.of(PriceFiles.genai(), PriceFiles.litellm())) {
      ListedPrices prices = ListedPrices.of(table.prices());
      assertThat(prices.tokens("openai", "gpt-4o", null, AT)).hasValue(128_000);
      assertThat(prices.tokens("openai", "no-such-model", null, AT)).isEmpty();
    }
    assertThat(
            read("""
            {"a/m":{"litellm_provider":"a","input_cost_per_token":1,"max_input_tokens":0},
             "a/n":{"litellm_provider":"a","input_cost_per_token":1,"max_input_tokens":"8k"},
             "a/o":{"litellm_provider":"a","input_cost_per_token":1,"max_input_tokens":8192}}\
            """)
                .prices())
        .extracting(Price::contextWindow)
        .containsExactly(null, null, 8192L);
  }

  @Test
  void readsDatesHoursSizesAndClauses() {
    List<Price> prices =
        read("""
        [{"id":"acme","models":[
         {"id":"dated","match":{"and":[{"starts_with":"da"},
           {"or":[{"contains":"x"},{"regex":"^y$"},{"ends_with":"ed"}]}]},
          "prices":[{"prices":{"input_mtok":{"base":1,"tiers":[{"start":10,"price":2}]}}},
           {"constraint":{"start_date":"2026-01-01"},"prices":{"input_mtok":3}},
           {"constraint":{"start_time":"01:00:00Z","end_time":"02:00:00Z"},
            "prices":{"input_mtok":4}}]},
         {"id":"gift:free","match":{"equals":"gift"},"prices":{}},
         {"id":"blank","match":{"equals":"blank"},"prices":{}}]}]\
        """)
            .prices();
    Instant change = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(prices)
        .extracting(Price::name)
        .containsExactly("acme-dated", "acme-dated-from-2026-01-01", "acme-gift-free");
    assertThat(prices.get(0).match()).containsExactly("da* && *x*", "da* && /^y$/", "da* && *ed");
    assertThat(prices.get(0).validUntil()).isEqualTo(change);
    assertThat(prices.get(0).tiers())
        .containsExactly(new Price.Tier(10, "", Map.of("input", new BigDecimal("2"))));
    assertThat(prices.get(1).validFrom()).isEqualTo(change);
    assertThat(prices.get(1).tiers())
        .containsExactly(
            new Price.Tier(0, "", "01:00-02:00", Map.of("input", new BigDecimal("4"))));
    assertThat(prices.get(2).perMillion()).containsEntry("input", BigDecimal.ZERO);
  }

  @Test
  void readsTiersAndLeavesWhatIsNotPricedByTheToken() {
    PriceTables.Table table =
        read(
            """
            {"sample_spec":{"litellm_provider":"one of"},
             "acme/m":{"litellm_provider":"acme","input_cost_per_token":3e-07,
              "output_cost_per_token":0.0000025,"input_cost_per_token_above_128k_tokens":6e-07,
              "cache_creation_input_token_cost_above_1hr":1e-06,
              "input_cost_per_token_flex":1.5e-07,
              "tiered_pricing":[{"range":[0,1000],"input_cost_per_token":3e-07},
               {"range":[1000,9000],"input_cost_per_token":5e-07}]},
             "acme/pictures":{"litellm_provider":"acme","input_cost_per_token":0.0,
              "output_cost_per_image":0.04},
             "acme/rank":{"litellm_provider":"acme","input_cost_per_token":0.0,
              "input_cost_per_query":0.002}}\
            """);
    assertThat(table.skipped())
        .containsExactly(new PriceTables.Skipped("acme/pictures", "not priced by the token"));
    Price price = table.prices().getFirst();
    assertThat(price.model()).isEqualTo("m");
    assertThat(price.match()).containsExactly("acme/m");
    assertThat(price.perMillion())
        .containsEntry("input", new BigDecimal("0.3"))
        .containsEntry("output", new BigDecimal("2.5"))
        .containsEntry("cache-write-1h", new BigDecimal("1"));
    assertThat(price.tiers())
        .containsExactly(
            new Price.Tier(0, "flex", Map.of("input", new BigDecimal("0.15"))),
            new Price.Tier(1000, "", Map.of("input", new BigDecimal("0.5"))),
            new Price.Tier(128_000, "", Map.of("input", new BigDecimal("0.6"))));
    assertThat(table.prices().get(1).perMillion()).containsEntry("request", new BigDecimal("2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "7",
        "{\"a\":{\"b\":1}}",
        "[{\"id\":\"a\"}]",
        "[{\"id\":\"a\",\"models\":[{\"id\":\"m\",\"match\":{\"like\":\"m\"},\"prices\":{}}]}]",
        "[{\"id\":\"a\",\"models\":[{\"id\":\"m\",\"match\":{\"equals\":\"m\"},"
            + "\"prices\":{\"input_mtok\":-1}}]}]",
        "[{\"id\":\"a\",\"models\":[{\"id\":\"m\",\"match\":{\"equals\":\"m\"},"
            + "\"prices\":{\"input_mtok\":1e999999}}]}]",
        "[{\"id\":\"a\",\"models\":[{\"id\":\"m\",\"match\":{\"equals\":\"m\"},"
            + "\"prices\":{\"input_moon\":1}}]}]",
        "{\"m\":{\"litellm_provider\":\"a\",\"input_cost_per_token\":\"free\"}}"
      })
  void refusesAnotherFormWithCausePlaceAndRemedy(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
        .hasMessageContaining("prices.json, ")
        .hasMessageContaining("Give data.json of genai-prices");
  }

  private static PriceTables.Table read(String text) {
    return PriceTables.read("prices.json", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertNamedWell(List<Price> prices) {
    assertThat(prices.stream().map(Price::name).distinct().count()).isEqualTo(prices.size());
    assertThat(prices.stream().map(Price::name))
        .allMatch(name -> name.matches("[a-z0-9][a-z0-9._-]{0,118}[a-z0-9]"));
  }

  private static BigDecimal dollars(ListedPrices book, String provider, String model, Usage usage) {
    Cost cost = book.price(provider, model, null, usage, AT);
    assertThat(cost).isInstanceOf(Cost.Known.class);
    return ((Cost.Known) cost).amount();
  }
}
