// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The prices that the server knows without being told: the models people use today, from
/// `prices/starter.csv`.
public final class StarterPrices {
  static final PriceIndex INDEX = new PriceIndex(all());

  private StarterPrices() {}

  public static List<Price> all() {
    return PriceLines.of("starter.csv").stream().map(StarterPrices::price).toList();
  }

  private static Price price(List<String> line) {
    String provider = line.get(0);
    String model = line.get(1);
    Instant from = day(line.get(3));
    String suffix = line.get(4).isEmpty() ? "" : "-until-" + line.get(4);
    return new Price(
        new Metadata(
            name(provider + "-" + (model.equals("*") ? "any" : model) + suffix),
            Map.of("table", "starter")),
        provider,
        model,
        words(line.get(2)),
        "USD",
        rates(line.get(5)),
        tiers(line.get(6)),
        from,
        line.get(4).isEmpty() ? null : day(line.get(4)),
        line.get(7).isEmpty() ? null : Long.valueOf(line.get(7)));
  }

  private static String name(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._]+", "-");
  }

  private static Instant day(String text) {
    return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Map<String, BigDecimal> rates(String cell) {
    Map<String, BigDecimal> rates = new HashMap<>();
    for (String word : words(cell)) {
      int equal = word.indexOf('=');
      if (equal > 0) {
        rates.put(word.substring(0, equal), new BigDecimal(word.substring(equal + 1)));
      }
    }
    return rates;
  }

  /// Tiers stand apart by semicolons, each with `>N` or a service tier before its rates.
  private static List<Price.Tier> tiers(String cell) {
    List<Price.Tier> tiers = new ArrayList<>();
    for (String tier : cell.split(";", -1)) {
      long above = 0;
      @Nullable String serviceTier = null;
      for (String word : words(tier)) {
        if (word.startsWith(">")) {
          above = Long.parseLong(word.substring(1));
        } else if (!word.contains("=")) {
          serviceTier = word;
        }
      }
      if (!tier.isBlank()) {
        tiers.add(new Price.Tier(above, serviceTier == null ? "" : serviceTier, rates(tier)));
      }
    }
    return tiers;
  }

  private static List<String> words(String cell) {
    return Arrays.stream(cell.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
