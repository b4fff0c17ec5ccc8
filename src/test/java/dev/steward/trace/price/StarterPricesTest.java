// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Price;
import java.time.Instant;
import java.util.List;
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

  private static String normal(String provider) {
    return Providers.KNOWN.normal(provider);
  }
}
