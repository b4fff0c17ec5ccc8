// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import dev.steward.domain.resource.Price;
import dev.steward.trace.rate.HighestRates;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The most that one price row can charge: of every unit the highest of its rates in all tiers that
/// may come to hold.
final class Highest {
  private static final Set<String> INPUT =
      Set.of(
          "input",
          "cache-read",
          "cache-write",
          "cache-write-1h",
          "audio-input",
          "audio-cache-read",
          "image-input");
  private static final Set<String> OUTPUT =
      Set.of("output", "reasoning", "audio-output", "image-output");

  /// What a provider may bill by itself, whatever the call asks.
  private static final Set<String> ALWAYS = Set.of("input", "cache-read", "output", "reasoning");

  /// A call that names one of these may be served in any tier.
  private static final Set<String> ANY_TIER = Set.of("", "auto");

  private final List<Map<String, BigDecimal>> tables = new ArrayList<>();
  private final Set<String> units;

  private Highest(Price price, long inputMax, String serviceTier, Set<String> units) {
    this.units = new HashSet<>(units);
    this.units.addAll(ALWAYS);
    tables.add(price.perMillion());
    for (Price.Tier tier : price.tiers()) {
      boolean reached = tier.above() <= 0 || inputMax > tier.above();
      boolean served =
          tier.serviceTier().isEmpty()
              || ANY_TIER.contains(serviceTier)
              || tier.serviceTier().equals(serviceTier);
      if (reached && served) {
        tables.add(tier.perMillion());
      }
    }
  }

  static Optional<HighestRates> of(
      PriceRow row,
      List<PriceRow> surcharges,
      long inputMax,
      String serviceTier,
      Set<String> units) {
    Highest highest = new Highest(row.price(), inputMax, serviceTier, units);
    BigDecimal input = highest.of(INPUT);
    if (input == null) {
      return Optional.empty();
    }
    BigDecimal request = highest.rate("request");
    BigDecimal search = highest.rate("web-search");
    for (PriceRow surcharge : surcharges) {
      if (search == null && surcharge.price().currency().equals(row.price().currency())) {
        search = surcharge.price().perMillion().get("web-search");
      }
    }
    return Optional.of(
        new HighestRates(
            row.price().currency(),
            input,
            highest.of(OUTPUT),
            request == null ? BigDecimal.ZERO : request.movePointLeft(3),
            search == null ? null : search.movePointLeft(3)));
  }

  private @Nullable BigDecimal of(Set<String> family) {
    BigDecimal most = null;
    for (String unit : family) {
      BigDecimal rate = units.contains(unit) ? rate(unit) : null;
      if (rate != null) {
        most = most == null ? rate : most.max(rate);
      }
    }
    return most;
  }

  private @Nullable BigDecimal rate(String unit) {
    BigDecimal most = null;
    for (Map<String, BigDecimal> table : tables) {
      BigDecimal rate = table.get(unit);
      if (rate != null) {
        most = most == null ? rate : most.max(rate);
      }
    }
    return most;
  }
}
