// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.pricetable;

import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Price;
import dev.steward.trace.price.Providers;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Converts the table of the LiteLLM project: one object, a row by model name, prices per token.
/// What is priced by the second, character, pixel or image gives no Price, since no usage counts
/// it.
final class LiteLlmPrices {
  private static final Map<String, String> PER_TOKEN =
      Map.ofEntries(
          Map.entry("input_cost_per_token", "input"),
          Map.entry("output_cost_per_token", "output"),
          Map.entry("cache_read_input_token_cost", "cache-read"),
          Map.entry("input_cost_per_token_cache_hit", "cache-read"),
          Map.entry("cache_creation_input_token_cost", "cache-write"),
          Map.entry("output_cost_per_reasoning_token", "reasoning"),
          Map.entry("input_cost_per_audio_token", "audio-input"),
          Map.entry("output_cost_per_audio_token", "audio-output"),
          Map.entry("cache_read_input_audio_token_cost", "audio-cache-read"),
          Map.entry("cache_read_input_token_cost_per_audio_token", "audio-cache-read"),
          Map.entry("input_cost_per_image_token", "image-input"),
          Map.entry("output_cost_per_image_token", "image-output"));
  private static final Map<String, String> PER_REQUEST =
      Map.of("input_cost_per_request", "request", "input_cost_per_query", "request");
  private static final Pattern ABOVE = Pattern.compile("_above_(\\d+)k_tokens");
  private static final Pattern HOUR = Pattern.compile("_above_1hr");
  private static final Pattern TIER = Pattern.compile("_(flex|priority|batches|batch_requests)$");

  private final TableCells cells;
  private final List<Price> prices = new ArrayList<>();
  private final List<PriceTables.Skipped> skipped = new ArrayList<>();

  LiteLlmPrices(String file) {
    this.cells = new TableCells(file);
  }

  PriceTables.Table convert(JsonNode rows) {
    for (Map.Entry<String, JsonNode> row : rows.properties()) {
      if (!row.getKey().equals("sample_spec")) {
        row(row.getKey(), row.getValue());
      }
    }
    return new PriceTables.Table("litellm", prices, skipped);
  }

  /// Where a rate belongs: which tier, which unit.
  private record Slot(long above, String serviceTier, String unit) {}

  private void row(String key, JsonNode row) {
    if (!row.has("litellm_provider")) {
      skipped.add(new PriceTables.Skipped(key, "the table names no provider"));
      return;
    }
    String provider = provider(cells.text(row.path("litellm_provider"), key));
    Map<Slot, BigDecimal> rates = new HashMap<>();
    boolean otherUnits = false;
    for (Map.Entry<String, JsonNode> cell : row.properties()) {
      Slot slot = slot(cell.getKey());
      String place = key + "." + cell.getKey();
      if (cell.getValue().isNull()) {
        continue;
      }
      if (slot != null && PER_REQUEST.containsKey(cell.getKey())) {
        rates.put(slot, cells.rate(cell.getValue(), 3, place));
      } else if (slot != null && !cell.getKey().equals("input_cost_per_token_cache_hit")) {
        rates.put(slot, cells.rate(cell.getValue(), 6, place));
      } else if (slot != null) {
        rates.putIfAbsent(slot, cells.rate(cell.getValue(), 6, place));
      } else if (cell.getKey().contains("cost_per_") && cell.getValue().isNumber()) {
        otherUnits |= cell.getValue().decimalValue().signum() > 0;
      }
    }
    searches(row, rates, key);
    tieredPricing(row, rates, key);
    boolean nothing = rates.values().stream().allMatch(rate -> rate.signum() == 0);
    if (rates.isEmpty() || (nothing && otherUnits)) {
      skipped.add(
          new PriceTables.Skipped(
              key, otherUnits ? "not priced by the token" : "the table gives it no price"));
      return;
    }
    prices.add(price(key, provider, rates, cells.window(row.path("max_input_tokens"))));
  }

  private Price price(
      String key, String provider, Map<Slot, BigDecimal> rates, @Nullable Long window) {
    Map<String, BigDecimal> base = new HashMap<>();
    Map<String, Map<String, BigDecimal>> tiers = new TreeMap<>();
    Map<String, Slot> slots = new HashMap<>();
    rates.forEach((slot, rate) -> {
      if (slot.above() == 0 && slot.serviceTier().isEmpty()) {
        base.put(slot.unit(), rate);
      } else {
        String tier = String.format("%012d %s", slot.above(), slot.serviceTier());
        slots.put(tier, slot);
        tiers.computeIfAbsent(tier, t -> new HashMap<>()).put(slot.unit(), rate);
      }
    });
    List<Price.Tier> itsTiers = new ArrayList<>();
    tiers.forEach((tier, tierRates) -> {
      Slot slot = slots.getOrDefault(tier, new Slot(0, "", ""));
      itsTiers.add(new Price.Tier(slot.above(), slot.serviceTier(), tierRates));
    });
    String model = withoutProvider(key, provider);
    return new Price(
        new Metadata(cells.name(provider, model, "", key), Map.of("table", "litellm")),
        provider,
        model,
        model.equals(key) ? List.of() : List.of(key),
        "USD",
        base,
        itsTiers,
        Instant.EPOCH,
        null,
        window);
  }

  /// A search costs by the size of its context; without a word on that providers take the medium.
  private void searches(JsonNode row, Map<Slot, BigDecimal> rates, String key) {
    JsonNode medium = row.path("search_context_cost_per_query").path("search_context_size_medium");
    if (!medium.isMissingNode()) {
      rates.put(new Slot(0, "", "web-search"), cells.rate(medium, 3, key + ".search_context"));
    }
  }

  private void tieredPricing(JsonNode row, Map<Slot, BigDecimal> rates, String key) {
    for (JsonNode tier : row.path("tiered_pricing")) {
      long above = tier.path("range").path(0).asLong(0);
      for (Map.Entry<String, JsonNode> cell : tier.properties()) {
        String unit = PER_TOKEN.get(cell.getKey());
        if (unit != null) {
          rates.put(
              new Slot(above, "", unit), cells.rate(cell.getValue(), 6, key + ".tiered_pricing"));
        }
      }
    }
  }

  private static @Nullable Slot slot(String column) {
    String name = column;
    String serviceTier = "";
    Matcher tier = TIER.matcher(name);
    if (tier.find()) {
      serviceTier = tier.group(1).startsWith("batch") ? "batch" : tier.group(1);
      name = tier.replaceFirst("");
    }
    long above = 0;
    Matcher size = ABOVE.matcher(name);
    if (size.find()) {
      above = Long.parseLong(size.group(1)) * 1000;
      name = size.replaceFirst("");
    }
    Matcher hour = HOUR.matcher(name);
    if (hour.find()) {
      return hour.replaceFirst("").equals("cache_creation_input_token_cost")
          ? new Slot(above, serviceTier, "cache-write-1h")
          : null;
    }
    String unit = PER_TOKEN.getOrDefault(name, PER_REQUEST.get(name));
    return unit == null ? null : new Slot(above, serviceTier, unit);
  }

  /// Vertex is one provider under many names here, by who made the model.
  private static String provider(String said) {
    return said.startsWith("vertex_ai") ? "gcp.vertex_ai" : Providers.KNOWN.normal(said);
  }

  private static String withoutProvider(String key, String provider) {
    int slash = key.indexOf('/');
    boolean own = slash > 0 && provider(key.substring(0, slash)).equals(provider);
    return own ? key.substring(slash + 1) : key;
  }
}
