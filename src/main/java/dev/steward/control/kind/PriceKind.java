// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Names;
import dev.steward.control.field.Spec;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.Decimals;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Price.Tier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a Price is written.
final class PriceKind implements Kind<Price> {
  private static final int EXPRESSION_MAX = 200;
  private static final int PROGRAM_MAX = 10_000;
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private static final List<String> UNITS =
      List.of(
          "input",
          "output",
          "cache-read",
          "cache-write",
          "cache-write-1h",
          "reasoning",
          "audio-input",
          "audio-output",
          "audio-cache-read",
          "image-input",
          "image-output",
          "web-search",
          "request");

  /// Counted one by one; each has its own column in the cost of a run.
  private static final List<String> SINGLE_UNITS =
      List.of("tool-call", "api-call", "retrieval", "compute-second", "review-minute");

  @Override
  public Class<Price> type() {
    return Price.class;
  }

  /// Prices are many and made by import, so their names may hold a model's `/` and `:`.
  @Override
  public Optional<String> refuseName(String name) {
    return Names.refuse(name.replaceAll("[/:@]", "-")).map(reason -> reason + ", or / : @");
  }

  @Override
  public Price read(Metadata metadata, Fields spec) {
    String currency = spec.text("currency", "USD");
    if (!CURRENCY.matcher(currency).matches()) {
      spec.flaw("currency", "must be three capitals of ISO 4217, such as USD");
    }
    List<Tier> tiers = new ArrayList<>();
    for (Fields tier : spec.objects("tiers")) {
      tiers.add(tier(tier));
      tier.close();
    }
    @Nullable Instant from = spec.instant("validFrom");
    @Nullable Instant until = spec.instant("validUntil");
    if (from != null && until != null && !from.isBefore(until)) {
      spec.flaw("validUntil", "must be after validFrom");
    }
    long window = spec.whole("contextWindow", 0);
    if (spec.has("contextWindow") && window <= 0) {
      spec.flaw("contextWindow", "must be above 0, in tokens; leave it out where it is unknown");
    }
    Price price =
        new Price(
            metadata,
            spec.text("provider"),
            spec.text("model"),
            List.of(),
            currency,
            perMillion(spec, !spec.has("per")),
            per(spec),
            tiers,
            from == null ? Instant.EPOCH : from,
            until,
            window > 0 ? Long.valueOf(window) : null);
    List<String> match = spec.texts("match");
    match.stream().flatMap(PriceKind::unbounded).forEach(flaw -> spec.flaw("match", flaw));
    try {
      return matching(price, match);
    } catch (IllegalArgumentException e) {
      spec.flaw("match", "holds a regular expression that is none: " + firstLine(e));
      return price;
    }
  }

  /// What keeps an entry's expressions from being matched in bounded time. RE2 knows no
  /// back-reference and no look-around, and so never tries a name twice.
  private static Stream<String> unbounded(String entry) {
    return Stream.of(entry.split(" && "))
        .map(String::strip)
        .filter(part -> part.length() > 2 && part.startsWith("/") && part.endsWith("/"))
        .flatMap(part -> unbounded(entry, part.substring(1, part.length() - 1)).stream());
  }

  private static Optional<String> unbounded(String entry, String expression) {
    if (expression.length() > EXPRESSION_MAX) {
      return Optional.of(
          "holds an expression of more than " + EXPRESSION_MAX + " characters: write it shorter");
    }
    try {
      int size = com.google.re2j.Pattern.compile(expression).programSize();
      return size <= PROGRAM_MAX
          ? Optional.empty()
          : Optional.of(entry + " repeats too much to be matched quickly: write it without counts");
    } catch (com.google.re2j.PatternSyntaxException e) {
      return Optional.of(
          entry
              + " cannot be matched in bounded time ("
              + e.getMessage()
              + "): write it without back-references and look-around");
    }
  }

  private static Tier tier(Fields fields) {
    long above = fields.whole("above", 0);
    String serviceTier = fields.text("serviceTier", "");
    String hours = fields.text("hours", "");
    Map<String, BigDecimal> perMillion = perMillion(fields, true);
    try {
      return new Tier(above, serviceTier, hours, perMillion);
    } catch (IllegalArgumentException e) {
      fields.flaw("hours", firstLine(e));
      return new Tier(above, serviceTier, perMillion);
    }
  }

  private static Price matching(Price price, List<String> match) {
    return new Price(
        price.metadata(),
        price.provider(),
        price.model(),
        match,
        price.currency(),
        price.perMillion(),
        price.per(),
        price.tiers(),
        price.validFrom(),
        price.validUntil(),
        price.contextWindow());
  }

  private static String firstLine(IllegalArgumentException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void write(Price price, ObjectNode spec) {
    spec.put("provider", price.provider());
    spec.put("model", price.model());
    Spec.put(spec, "match", price.match());
    spec.put("currency", price.currency());
    if (!price.perMillion().isEmpty() || price.per().isEmpty()) {
      write(price.perMillion(), spec);
    }
    if (!price.per().isEmpty()) {
      ObjectNode per = spec.putObject("per");
      price.per().forEach(per::put);
    }
    if (!price.tiers().isEmpty()) {
      ArrayNode tiers = spec.putArray("tiers");
      for (Tier tier : price.tiers()) {
        ObjectNode node = tiers.addObject();
        if (tier.above() != 0) {
          node.put("above", tier.above());
        }
        Spec.put(node, "serviceTier", tier.serviceTier());
        Spec.put(node, "hours", tier.hours());
        write(tier.perMillion(), node);
      }
    }
    if (!price.validFrom().equals(Instant.EPOCH)) {
      spec.put("validFrom", price.validFrom().toString());
    }
    Instant until = price.validUntil();
    if (until != null) {
      spec.put("validUntil", until.toString());
    }
    Long window = price.contextWindow();
    if (window != null) {
      spec.put("contextWindow", window);
    }
  }

  private static void write(Map<String, BigDecimal> perMillion, ObjectNode node) {
    ObjectNode prices = node.putObject("perMillion");
    perMillion.forEach(prices::put);
  }

  private static Map<String, BigDecimal> perMillion(Fields fields, boolean required) {
    Optional<Fields> table = fields.object("perMillion");
    if (required && (table.isEmpty() || table.get().names().isEmpty())) {
      fields.flaw("perMillion", "must price at least one unit, such as input");
    }
    return table.map(units -> rates(units, UNITS)).orElse(Map.of());
  }

  private static Map<String, BigDecimal> per(Fields spec) {
    Optional<Fields> table = spec.object("per");
    if (table.isPresent() && table.get().names().isEmpty()) {
      spec.flaw("per", "must price at least one unit, such as tool-call");
    }
    return table.map(units -> rates(units, SINGLE_UNITS)).orElse(Map.of());
  }

  private static Map<String, BigDecimal> rates(Fields table, List<String> known) {
    Map<String, BigDecimal> prices = new TreeMap<>();
    for (String unit : table.names()) {
      BigDecimal price = table.decimal(unit);
      if (!known.contains(unit)) {
        table.flaw(unit, "is no unit that is counted." + Nearest.hint(unit, known));
      } else if (price.signum() < 0) {
        table.flaw(unit, "must not be negative");
      } else {
        prices.put(unit, Decimals.plain(price));
      }
    }
    return prices;
  }
}
