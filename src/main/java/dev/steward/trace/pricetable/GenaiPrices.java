// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.pricetable;

import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Price;
import dev.steward.trace.price.Providers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Converts the table of the genai-prices project: providers, each with models, each with a match
/// clause and prices per million, by input size, by date and by hour.
final class GenaiPrices {
  private static final Map<String, String> UNITS =
      Map.ofEntries(
          Map.entry("input_mtok", "input"),
          Map.entry("output_mtok", "output"),
          Map.entry("cache_read_mtok", "cache-read"),
          Map.entry("cache_write_mtok", "cache-write"),
          Map.entry("input_audio_mtok", "audio-input"),
          Map.entry("output_audio_mtok", "audio-output"),
          Map.entry("cache_audio_read_mtok", "audio-cache-read"),
          Map.entry("input_image_mtok", "image-input"),
          Map.entry("output_image_mtok", "image-output"),
          Map.entry("requests_kcount", "request"),
          Map.entry("web_search_kcount", "web-search"));

  private final String file;
  private final TableCells cells;
  private final List<Price> prices = new ArrayList<>();
  private final List<PriceTables.Skipped> skipped = new ArrayList<>();

  GenaiPrices(String file) {
    this.file = file;
    this.cells = new TableCells(file);
  }

  PriceTables.Table convert(JsonNode providers) {
    int index = 0;
    for (JsonNode provider : providers) {
      String place = "[" + index++ + "]";
      String id = cells.text(provider.path("id"), place + ".id");
      int at = 0;
      for (JsonNode model : provider.path("models")) {
        model(id, model, place + ".models[" + at++ + "]");
      }
    }
    return new PriceTables.Table("genai-prices", prices, skipped);
  }

  /// The rates of one stretch of time, as they are gathered.
  private record Rates(Map<String, BigDecimal> base, List<Price.Tier> tiers) {}

  private void model(String provider, JsonNode model, String place) {
    String id = cells.text(model.path("id"), place + ".id");
    List<String> match = new MatchClauses(file).entries(model.path("match"), place + ".match");
    TreeMap<Instant, Rates> stretches = new TreeMap<>();
    JsonNode said = model.path("prices");
    if (said.isArray()) {
      int index = 0;
      for (JsonNode stretch : said) {
        stretch(stretches, stretch, place + ".prices[" + index++ + "]");
      }
    } else {
      stretches.put(Instant.EPOCH, rates(said, "", place + ".prices"));
    }
    Long window = cells.window(model.path("context_window"));
    Rates free = new Rates(Map.of("input", BigDecimal.ZERO, "output", BigDecimal.ZERO), List.of());
    for (Map.Entry<Instant, Rates> stretch : stretches.entrySet()) {
      Rates rates = stretch.getValue();
      if (rates.base().isEmpty() && rates.tiers().isEmpty()) {
        if (!id.endsWith(":free")) {
          skipped.add(new PriceTables.Skipped(provider + "/" + id, "the table gives it no price"));
          continue;
        }
        rates = free;
      }
      Instant from = stretch.getKey();
      prices.add(price(provider, id, match, rates, from, stretches.higherKey(from), window));
    }
  }

  private Price price(
      String provider,
      String model,
      List<String> match,
      Rates rates,
      Instant from,
      @Nullable Instant until,
      @Nullable Long window) {
    String normal = Providers.KNOWN.normal(provider);
    String suffix =
        from.equals(Instant.EPOCH) ? "" : "-from-" + LocalDate.ofInstant(from, ZoneOffset.UTC);
    return new Price(
        new Metadata(
            cells.name(normal, model, suffix, provider + "/" + model),
            Map.of("table", "genai-prices")),
        normal,
        model,
        match,
        "USD",
        rates.base(),
        rates.tiers(),
        from,
        until,
        window);
  }

  /// Adds one entry of a list of prices: a date begins a new stretch, hours are a tier of the
  /// stretch before.
  private void stretch(NavigableMap<Instant, Rates> stretches, JsonNode entry, String place) {
    JsonNode constraint = entry.path("constraint");
    JsonNode said = entry.path("prices");
    if (constraint.isMissingNode() || constraint.isNull()) {
      stretches.put(Instant.EPOCH, rates(said, "", place));
    } else if (constraint.has("start_date")) {
      stretches.put(date(constraint.path("start_date"), place), rates(said, "", place));
    } else if (constraint.has("start_time") && !stretches.isEmpty()) {
      String hours =
          minute(constraint.path("start_time"), place)
              + "-"
              + minute(constraint.path("end_time"), place);
      Rates timed = rates(said, hours, place);
      Rates last = stretches.lastEntry().getValue();
      last.tiers().add(new Price.Tier(0, "", hours, timed.base()));
      last.tiers().addAll(timed.tiers());
    } else {
      throw PriceTables.invalid(file, place, "unknown constraint " + TableCells.shown(constraint));
    }
  }

  private Instant date(JsonNode cell, String place) {
    try {
      return LocalDate.parse(cells.text(cell, place)).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw PriceTables.invalid(file, place, "no date: " + TableCells.shown(cell));
    }
  }

  private String minute(JsonNode cell, String place) {
    String text = cells.text(cell, place);
    if (!text.matches("\\d\\d:\\d\\d:00Z")) {
      throw PriceTables.invalid(file, place, "no UTC minute of the day: " + text);
    }
    return text.substring(0, 5);
  }

  private Rates rates(JsonNode said, String hours, String place) {
    Map<String, BigDecimal> base = new HashMap<>();
    TreeMap<Long, Map<String, BigDecimal>> above = new TreeMap<>();
    for (Map.Entry<String, JsonNode> cell : said.properties()) {
      String unit = UNITS.get(cell.getKey());
      String here = place + "." + cell.getKey();
      if (unit == null) {
        throw PriceTables.invalid(file, here, "a unit of price that we do not know");
      }
      JsonNode value = cell.getValue();
      if (value.isNull()) {
        continue;
      }
      if (!value.isObject()) {
        base.put(unit, cells.rate(value, 0, here));
        continue;
      }
      base.put(unit, cells.rate(value.path("base"), 0, here + ".base"));
      for (JsonNode tier : value.path("tiers")) {
        above
            .computeIfAbsent(tier.path("start").asLong(), start -> new HashMap<>())
            .put(unit, cells.rate(tier.path("price"), 0, here + ".tiers"));
      }
    }
    List<Price.Tier> tiers = new ArrayList<>();
    above.forEach((start, rates) -> tiers.add(new Price.Tier(start, "", hours, rates)));
    return new Rates(base, tiers);
  }
}
