// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.pricetable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.trace.price.ListedPrices;
import dev.steward.trace.price.ProviderUsage;
import dev.steward.trace.price.StarterPrices;
import dev.steward.trace.price.UsageForm;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares our bill with prices that others computed for the usage of 1,070 real bodies: first
/// from the counts they took out of a body, then from what we read in it ourselves. Their prices
/// are exact decimals that were never rounded, and so must ours be.
class PriceOracleTest {
  private static final JsonMapper JSON = new JsonMapper();

  /// The day of the table, which the oracle was computed from.
  private static final Instant AT = Instant.parse("2026-08-21T12:00:00Z");

  private static final List<Quote> QUOTES = new ArrayList<>();
  private static int rows;

  /// One price of the oracle, what we say to its counts, and what we read in the body ourselves.
  private record Quote(
      int row,
      String provider,
      String model,
      boolean inBook,
      BigDecimal theirs,
      Cost ours,
      Usage counted,
      Usage read) {

    boolean exact() {
      return ours instanceof Cost.Known known && known.amount().compareTo(theirs) == 0;
    }

    boolean sameReading() {
      return counted.equals(read);
    }

    String name() {
      return provider + " " + model;
    }
  }

  @BeforeAll
  static void quoteAll() throws IOException {
    PriceTables.Table table = PriceFiles.genai();
    ListedPrices alone = ListedPrices.of(table.prices());
    ListedPrices book = ListedPrices.overStarter(table.prices());
    QUOTES.clear();
    rows = 0;
    for (String line : PriceFiles.oracle().toList()) {
      JsonNode row = JSON.readTree(line);
      rows++;
      for (JsonNode extracted : row.path("extracted")) {
        for (JsonNode extractor : extracted.path("extractors")) {
          if (extractor.has("input_price")) {
            QUOTES.add(quote(row, extracted.path("usage"), extractor, alone, book));
          }
        }
      }
    }
  }

  private static Quote quote(
      JsonNode row, JsonNode counts, JsonNode extractor, ListedPrices alone, ListedPrices book) {
    String provider = extractor.path("provider_id").stringValue();
    String model = row.path("model").stringValue();
    Usage read = ProviderUsage.read(form(provider, extractor), row.path("body")).orElseThrow();
    Usage counted = counted(counts);
    return new Quote(
        rows,
        provider,
        model,
        alone.find(provider, model, null, AT).isPresent(),
        theirs(extractor),
        book.price(provider, model, null, counted, AT),
        counted,
        onlyCounted(read));
  }

  private static BigDecimal theirs(JsonNode extractor) {
    if (extractor.has("total_price")) {
      return new BigDecimal(extractor.path("total_price").stringValue());
    }
    return new BigDecimal(extractor.path("input_price").stringValue())
        .add(new BigDecimal(extractor.path("output_price").stringValue()));
  }

  /// The oracle leaves a count out where it is 0.
  private static Usage counted(JsonNode counts) {
    return new Usage(
        counts.path("input_tokens").asLong(0),
        counts.path("output_tokens").asLong(0),
        counts.path("cache_read_tokens").asLong(0),
        counts.path("cache_write_tokens").asLong(0),
        0,
        0,
        counts.path("input_audio_tokens").asLong(0),
        counts.path("output_audio_tokens").asLong(0),
        counts.path("cache_audio_read_tokens").asLong(0),
        0,
        counts.path("output_image_tokens").asLong(0),
        counts.path("web_searches").asLong(0),
        "");
  }

  /// Without what the oracle does not count, or does in some places only.
  private static Usage onlyCounted(Usage u) {
    return new Usage(
        u.input(),
        u.output(),
        u.cacheRead(),
        u.cacheWrite(),
        0,
        0,
        u.audioInput(),
        u.audioOutput(),
        u.audioCacheRead(),
        0,
        u.imageOutput(),
        u.webSearches(),
        "");
  }

  private static UsageForm form(String provider, JsonNode extractor) {
    return switch (extractor.path("api_flavor").stringValue()) {
      case "chat" -> UsageForm.OPENAI_CHAT;
      case "embeddings" -> UsageForm.OPENAI_EMBEDDINGS;
      case "responses" -> UsageForm.OPENAI_RESPONSES;
      case "anthropic" -> UsageForm.ANTHROPIC;
      default ->
          switch (provider) {
            case "anthropic" -> UsageForm.ANTHROPIC;
            case "google" -> UsageForm.GEMINI;
            case "aws" -> UsageForm.BEDROCK;
            default -> UsageForm.OPENAI_CHAT;
          };
    };
  }

  @Test
  void readsTheWholeOracle() {
    assertThat(rows).isEqualTo(1070);
    assertThat(QUOTES).hasSize(2405);
  }

  /// The last one is in the table, but without any price: the oracle calls that 0, we unknown.
  @Test
  void theTableHasNoPriceForFiveOfThem() {
    assertThat(QUOTES.stream().filter(quote -> !quote.inBook()))
        .extracting(Quote::name)
        .containsExactlyInAnyOrder(
            "aws openai.gpt-5.6-luna",
            "aws openai.gpt-5.6-luna",
            "aws openai.gpt-5.6-luna",
            "zai glm-5.2",
            "cerebras qwen-3-coder-480b");
    assertThat(QUOTES.stream().filter(quote -> !quote.inBook()).map(Quote::ours))
        .allMatch(Cost.Unknown.class::isInstance);
  }

  /// The oracle prices the text and the image in the output of two image models apart; the table
  /// has one output price for both.
  @Test
  void pricesAllInTheTableExactlyButThreeThatNeedAPriceItLacks() {
    List<Quote> wrong =
        QUOTES.stream().filter(Quote::inBook).filter(quote -> !quote.exact()).toList();
    assertThat(wrong)
        .as(shown(wrong))
        .extracting(Quote::name)
        .containsExactlyInAnyOrder(
            "google gemini-3-pro-image-preview",
            "google gemini-2.5-flash-image",
            "google gemini-2.5-flash-image");
    assertThat(QUOTES.stream().filter(Quote::inBook).filter(Quote::exact)).hasSize(2397);
  }

  @Test
  void theStarterTableHasThePricesThatThoseThreeNeed() {
    List<Quote> images =
        QUOTES.stream().filter(q -> q.inBook() && q.counted().imageOutput() > 0).toList();
    ListedPrices starter = ListedPrices.of(StarterPrices.all());
    assertThat(images)
        .hasSize(3)
        .allSatisfy(quote ->
            assertThat(starter.price(quote.provider(), quote.model(), null, quote.counted(), AT))
                .isInstanceOfSatisfying(
                    Cost.Known.class,
                    known -> assertThat(known.amount()).isEqualByComparingTo(quote.theirs())));
  }

  /// Where the oracle reads a body as a reseller's it leaves out its searches, and at Azure what
  /// was written to the cache; the counts are there, so we read them.
  @Test
  void readsTheCountsOfEveryBodyAsTheOracleDoesAndTwoThatItLeavesOut() {
    List<Quote> different = QUOTES.stream().filter(quote -> !quote.sameReading()).toList();
    List<Quote> searches =
        different.stream().filter(q -> q.read().webSearches() > q.counted().webSearches()).toList();
    List<Quote> writes =
        different.stream().filter(q -> q.read().cacheWrite() > q.counted().cacheWrite()).toList();
    assertThat(searches).hasSize(15).extracting(Quote::provider).doesNotContain("anthropic");
    assertThat(writes).extracting(Quote::name).containsOnly("azure gpt-5.6-sol").hasSize(2);
    assertThat(different).hasSize(17);
  }

  private static String shown(List<Quote> quotes) {
    return quotes.stream().map(Quote::toString).collect(Collectors.joining("\n"));
  }
}
