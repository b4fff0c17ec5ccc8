// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import dev.steward.domain.Digest;
import dev.steward.domain.resource.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A price in the book, with the digest of what it says: the same row has the same digest whatever
/// it is called, so that the cost of years ago still names what it was made of.
public record PriceRow(Price price, String digest) {
  static final String ANY_MODEL = "*";

  public static PriceRow of(Price price) {
    String text =
        String.join(
            "\n",
            price.provider(),
            price.model(),
            String.join(" | ", price.match()),
            price.currency(),
            spelt(price.perMillion()),
            price.tiers().stream()
                .map(t ->
                    t.above() + " " + t.serviceTier() + " " + t.hours() + spelt(t.perMillion()))
                .collect(Collectors.joining(";")),
            price.validFrom().toString(),
            String.valueOf(price.validUntil()));
    if (!price.per().isEmpty()) {
      text = text + "\n" + spelt(price.per());
    }
    return new PriceRow(price, Digest.of(text).hex());
  }

  boolean holdsAt(Instant at) {
    Instant until = price.validUntil();
    return !at.isBefore(price.validFrom()) && (until == null || at.isBefore(until));
  }

  /// Every entry that names the model.
  Stream<String> names() {
    return Stream.concat(Stream.of(price.model()), price.match().stream());
  }

  boolean sameRates(PriceRow other) {
    return spelt(price.perMillion()).equals(spelt(other.price.perMillion()))
        && spelt(price.per()).equals(spelt(other.price.per()))
        && price.tiers().equals(other.price.tiers())
        && price.currency().equals(other.price.currency());
  }

  private static String spelt(Map<String, BigDecimal> rates) {
    Map<String, String> sorted = new TreeMap<>();
    rates.forEach((unit, rate) -> sorted.put(unit, rate.stripTrailingZeros().toPlainString()));
    return sorted.toString();
  }

  /// The row that holds, of several for one model.
  static List<PriceRow> newestFirst(List<PriceRow> rows) {
    return rows.stream()
        .sorted(
            java.util.Comparator.comparing((PriceRow row) -> row.price().validFrom())
                .reversed()
                .thenComparing(row -> row.price().name()))
        .toList();
  }
}
