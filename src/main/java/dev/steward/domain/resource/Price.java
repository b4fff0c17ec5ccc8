// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.resource;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a model, a tool, an API, compute or a person's time costs during a stretch of time.
///
/// @param provider normal provider name; of a tool its server, of an API who offers it
/// @param model the model's id, or the tool's name, or `*` for what the provider charges whatever
///   the model, such as its web searches
/// @param match further names and patterns the model is known by, whatever their case: a name, a
///   glob with `*` for any characters, a regular expression between slashes, or several of these
///   joined by ` && ` that must all hold
/// @param currency ISO 4217
/// @param perMillion price of a million units, by what is counted: input, output, cache-read,
///   cache-write, cache-write-1h, reasoning, audio-input, audio-output, audio-cache-read,
///   image-input, image-output; and per thousand of them: `web-search`, and `request` for every
///   call. A subset without a price of its own costs as the set it is part of
/// @param per price of one unit of what is not counted in tokens: `tool-call`, `api-call`,
///   `retrieval`, `compute-second`, `review-minute` of a person
/// @param tiers prices that replace the above for large inputs, a service tier or hours of the day;
///   of several that hold, the one for the larger input and the named service tier wins
/// @param validFrom inclusive
/// @param validUntil exclusive, null for as long as nothing replaces it
/// @param contextWindow tokens that the model takes in one call, null where nobody says
public record Price(
    Metadata metadata,
    String provider,
    String model,
    List<String> match,
    String currency,
    Map<String, BigDecimal> perMillion,
    Map<String, BigDecimal> per,
    List<Tier> tiers,
    Instant validFrom,
    @Nullable Instant validUntil,
    @Nullable Long contextWindow)
    implements Resource {
  private static final Pattern HOURS =
      Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d-([01]\\d|2[0-3]):[0-5]\\d");

  public Price {
    match = List.copyOf(match);
    perMillion = Map.copyOf(perMillion);
    per = Map.copyOf(per);
    tiers = List.copyOf(tiers);
    match.stream().flatMap(entry -> Stream.of(entry.split(" && "))).forEach(Price::checkPattern);
    perMillion.forEach(Price::checkRate);
    per.forEach(Price::checkRate);
    if (contextWindow != null && contextWindow <= 0) {
      throw new IllegalArgumentException("the context window is not above 0: " + contextWindow);
    }
  }

  /// A price of tokens alone.
  public Price(
      Metadata metadata,
      String provider,
      String model,
      List<String> match,
      String currency,
      Map<String, BigDecimal> perMillion,
      List<Tier> tiers,
      Instant validFrom,
      @Nullable Instant validUntil,
      @Nullable Long contextWindow) {
    this(
        metadata,
        provider,
        model,
        match,
        currency,
        perMillion,
        Map.of(),
        tiers,
        validFrom,
        validUntil,
        contextWindow);
  }

  private static void checkPattern(String entry) {
    if (entry.length() > 2 && entry.startsWith("/") && entry.endsWith("/")) {
      Pattern.compile(entry.substring(1, entry.length() - 1));
    }
  }

  private static void checkRate(String unit, BigDecimal rate) {
    if (rate.signum() < 0) {
      throw new IllegalArgumentException("the price of " + unit + " is negative: " + rate);
    }
  }

  /// Prices for large inputs, another service tier or other hours.
  ///
  /// @param above input tokens that must be exceeded, 0 for any input
  /// @param serviceTier "" for any
  /// @param hours UTC hours of the day, end exclusive, such as `00:30-16:30`; "" for any
  public record Tier(
      long above, String serviceTier, String hours, Map<String, BigDecimal> perMillion) {
    public Tier {
      perMillion = Map.copyOf(perMillion);
      perMillion.forEach(Price::checkRate);
      if (!hours.isEmpty() && !HOURS.matcher(hours).matches()) {
        throw new IllegalArgumentException("hours are not like 00:30-16:30: " + hours);
      }
    }

    public Tier(long above, String serviceTier, Map<String, BigDecimal> perMillion) {
      this(above, serviceTier, "", perMillion);
    }
  }
}
