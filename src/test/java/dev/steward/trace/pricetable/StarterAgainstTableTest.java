// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.pricetable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.resource.Price;
import dev.steward.trace.price.ListedPrices;
import dev.steward.trace.price.StarterPrices;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StarterAgainstTableTest {
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
}
