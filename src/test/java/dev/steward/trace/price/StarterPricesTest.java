// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StarterPricesTest {
  private static final Instant AT = Instant.parse("2026-08-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-5-2025-08-07, 11.25",
    "openai, gpt-4o-mini, 0.75",
    ", gpt-4.1-mini-2025-04-14, 2",
    "anthropic, claude-sonnet-4-5-20250929, 28.5",
    ", claude-3-5-haiku-20241022, 4.8",
    "gcp.vertex_ai, gemini-2.5-flash, 2.8",
    "gcp.vertex_ai, claude-haiku-4-5@20251001, 6",
    "azure.ai.openai, gpt-4o-2024-11-20, 12.5",
    "aws.bedrock, us.anthropic.claude-haiku-4-5-20251001-v1:0, 6.6",
    "aws.bedrock, eu.amazon.nova-pro-v1:0, 4",
    "mistral_ai, mistral-large-latest, 2",
    "groq, llama-3.3-70b-versatile, 1.38",
    "deepseek, deepseek-chat, 0.7",
    "x_ai, grok-4-0709, 18",
    "cohere, command-a-03-2025, 12.5"
  })
  void pricesAMillionInAndAMillionOut(String provider, String model, String want) {
    Cost cost =
        ListedPrices.overStarter(List.of())
            .price(provider, model, null, Usage.of(1_000_000, 1_000_000), AT);
    assertThat(cost)
        .isInstanceOfSatisfying(
            Cost.Known.class, known -> assertThat(known.amount()).isEqualByComparingTo(want));
  }

  @Test
  void everyRowIsWholeAndNamedOnce() {
    List<Price> rows = StarterPrices.all();
    assertThat(rows).hasSizeGreaterThan(100);
    assertThat(rows).extracting(Price::name).doesNotHaveDuplicates();
    assertThat(rows)
        .filteredOn(row -> !row.model().equals("*"))
        .allSatisfy(row -> assertThat(row.perMillion()).containsKey("input"));
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.provider()).isEqualTo(normal(row.provider())));
  }

  /// A model that the starter table has under other figures than the public one is a slip of the
  /// pen, unless the public table is known to be coarser.
  @Test
  void agreesWithThePublicTable() throws IOException {
    ListedPrices table = ListedPrices.of(PriceFiles.genai().prices());
    List<Price> inBoth =
        StarterPrices.all().stream()
            .filter(row -> row.validUntil() == null && theirs(row, table).isPresent())
            .toList();
    assertThat(inBoth.size()).isGreaterThan(110);
    assertThat(inBoth.stream().filter(row -> !same(row, theirs(row, table).orElseThrow())))
        .extracting(row -> row.provider() + " " + row.model())
        .containsExactlyInAnyOrder(
            "openai gpt-4o-2024-05-13",
            "deepseek deepseek-chat",
            "deepseek deepseek-reasoner",
            "gcp.gemini gemini-3-pro-image-preview",
            "gcp.gemini gemini-2.5-flash-image");
  }

  private static Optional<Price> theirs(Price row, ListedPrices table) {
    return table.find(row.provider(), row.model(), null, Instant.parse("2026-10-01T00:00:00Z"));
  }

  private static boolean same(Price row, Price theirs) {
    return Stream.of("input", "output", "cache-read", "cache-write")
        .allMatch(unit -> same(row, theirs, unit));
  }

  private static boolean same(Price one, Price other, String unit) {
    BigDecimal none = BigDecimal.valueOf(-1);
    return one.perMillion()
            .getOrDefault(unit, none)
            .compareTo(other.perMillion().getOrDefault(unit, none))
        == 0;
  }

  private static String normal(String provider) {
    return Providers.KNOWN.normal(provider);
  }
}
