// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import dev.steward.domain.Cost;
import dev.steward.domain.Usage;
import dev.steward.domain.resource.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rates that hold for one call, and its bill by them. Subsets of the tokens are priced apart
/// and the remainder at the base rate; every amount is exact.
final class Tariff {
  /// Service tiers that every provider prices apart from its standard one.
  private static final Set<String> TIERS_APART = Set.of("flex", "batch", "priority");

  private final PriceRow row;
  private final List<PriceRow> surcharges;
  private final Usage usage;
  private final String serviceTier;
  private final Map<String, BigDecimal> rates;
  private BigDecimal amount = BigDecimal.ZERO;
  private String basis;
  private @Nullable String unknown;

  /// @param surcharges what the provider charges whatever the model, the first that prices a unit
  ///   wins
  Tariff(PriceRow row, List<PriceRow> surcharges, Usage usage, Instant at) {
    this.row = row;
    this.surcharges = surcharges;
    this.usage = usage;
    this.serviceTier = usage.serviceTier().toLowerCase(Locale.ROOT);
    this.basis = row.digest();
    this.rates = new HashMap<>(row.price().perMillion());
    if (row.price().tiers().isEmpty()) {
      return;
    }
    LocalTime time = at.atOffset(ZoneOffset.UTC).toLocalTime();
    row.price().tiers().stream()
        .filter(tier -> holds(tier, time))
        .sorted(Comparator.comparingLong(Price.Tier::above))
        .sorted(Comparator.comparing(tier -> !tier.serviceTier().isEmpty()))
        .forEach(tier -> rates.putAll(tier.perMillion()));
  }

  Cost bill() {
    if (TIERS_APART.contains(serviceTier) && !pricesTier()) {
      return new Cost.Unknown(
          "no price of model " + row.price().model() + " for service tier " + serviceTier);
    }
    billInput();
    billOutput();
    perThousand("request", 1, row);
    billSearches();
    return unknown != null
        ? new Cost.Unknown(unknown)
        : new Cost.Known(
            amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros(),
            row.price().currency(),
            Cost.Source.PRICED,
            basis);
  }

  private void billInput() {
    Long input = usage.input();
    if (input == null) {
      if (needs("input")) {
        unknown("no input tokens reported");
      }
      return;
    }
    long audioRead = usage.audioCacheRead();
    long audio = rates.containsKey("audio-input") ? usage.audioInput() - audioRead : 0;
    long image = rates.containsKey("image-input") ? usage.imageInput() : 0;
    long read = usage.cacheRead() - audioRead;
    long write = usage.cacheWrite() - usage.cacheWrite1h();
    long rest = input - usage.cacheWrite() - usage.cacheRead() - audio - image;
    perMillion(usage.cacheWrite1h(), "cache-write-1h", "cache-write", "input");
    perMillion(write, "cache-write", "input");
    perMillion(audioRead, "audio-cache-read", "cache-read", "audio-input", "input");
    perMillion(read, "cache-read", "input");
    perMillion(audio, "audio-input", "input");
    perMillion(image, "image-input", "input");
    perMillion(rest, "input");
  }

  private void billOutput() {
    Long output = usage.output();
    if (output == null) {
      if (needs("output")) {
        unknown("no output tokens reported");
      }
      return;
    }
    long reasoning = rates.containsKey("reasoning") ? usage.reasoning() : 0;
    long audio = rates.containsKey("audio-output") ? usage.audioOutput() : 0;
    long image = rates.containsKey("image-output") ? usage.imageOutput() : 0;
    perMillion(reasoning, "reasoning");
    perMillion(audio, "audio-output");
    perMillion(image, "image-output");
    perMillion(output - reasoning - audio - image, "output");
  }

  private void billSearches() {
    if (usage.webSearches() == 0) {
      return;
    }
    PriceRow source = row;
    if (!rates.containsKey("web-search")) {
      for (PriceRow surcharge : surcharges) {
        BigDecimal rate = surcharge.price().perMillion().get("web-search");
        if (rate != null && surcharge.price().currency().equals(row.price().currency())) {
          rates.put("web-search", rate);
          source = surcharge;
          break;
        }
      }
    }
    if (!rates.containsKey("web-search")) {
      unknown("no price of web searches with model " + row.price().model());
    }
    perThousand("web-search", usage.webSearches(), source);
  }

  /// Adds the tokens at the first of these rates that the row has.
  private void perMillion(long tokens, String... units) {
    if (tokens < 0) {
      unknown("the usage contradicts itself: a part is larger than its whole");
    }
    if (tokens <= 0) {
      return;
    }
    for (String unit : units) {
      BigDecimal rate = rates.get(unit);
      if (rate != null) {
        amount = amount.add(rate.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6));
        return;
      }
    }
    unknown("no " + units[units.length - 1] + " price of model " + row.price().model());
  }

  private void perThousand(String unit, long requests, PriceRow source) {
    BigDecimal rate = rates.get(unit);
    if (rate != null) {
      amount = amount.add(rate.multiply(BigDecimal.valueOf(requests)).movePointLeft(3));
      if (!source.equals(row)) {
        basis = basis + "+" + source.digest();
      }
    }
  }

  private boolean needs(String unit) {
    BigDecimal rate = rates.get(unit);
    return rate != null && rate.signum() != 0;
  }

  private void unknown(String reason) {
    if (unknown == null) {
      unknown = reason;
    }
  }

  private boolean pricesTier() {
    return row.price().tiers().stream().anyMatch(tier -> tier.serviceTier().equals(serviceTier));
  }

  private boolean holds(Price.Tier tier, LocalTime time) {
    Long input = usage.input();
    return (tier.above() <= 0 || (input != null && input > tier.above()))
        && (tier.serviceTier().isEmpty() || tier.serviceTier().equals(serviceTier))
        && (tier.hours().isEmpty() || within(tier.hours(), time));
  }

  /// Hours that end before they begin run over midnight.
  private static boolean within(String hours, LocalTime time) {
    String[] ends = hours.split("-", 2);
    LocalTime from = LocalTime.parse(ends[0]);
    LocalTime until = LocalTime.parse(ends[1]);
    boolean afterStart = !time.isBefore(from);
    boolean beforeEnd = time.isBefore(until);
    return from.isBefore(until) ? afterStart && beforeEnd : afterStart || beforeEnd;
  }
}
