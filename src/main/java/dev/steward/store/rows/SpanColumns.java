// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import dev.steward.domain.Cost;
import dev.steward.domain.Spend;
import dev.steward.domain.Usage;
import dev.steward.trace.span.Charge;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.SpanKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Parts of a span that share a column: what is nearly always empty or the same.
public final class SpanColumns {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int COUNTS = 10;

  /// Marks a usage of ten counts; the first servers wrote nine.
  private static final char TEN = '+';

  private static final int WORDS_MAX = 32;
  private static final int WORD_MAX = 64;

  private SpanColumns() {}

  /// The subsets and the tier; "" when there are none, null without a usage.
  public static @Nullable String usage(@Nullable Usage usage) {
    if (usage == null) {
      return null;
    }
    long[] counts = {
      usage.cacheRead(),
      usage.cacheWrite(),
      usage.cacheWrite1h(),
      usage.reasoning(),
      usage.audioInput(),
      usage.audioOutput(),
      usage.audioCacheRead(),
      usage.imageInput(),
      usage.webSearches(),
      usage.imageOutput()
    };
    if (usage.serviceTier().isEmpty() && Arrays.stream(counts).allMatch(count -> count == 0)) {
      return "";
    }
    StringBuilder text = new StringBuilder().append(TEN);
    for (long count : counts) {
      text.append(count).append(',');
    }
    return text.append(usage.serviceTier()).toString();
  }

  public static @Nullable Usage usage(
      @Nullable String text, @Nullable Long input, @Nullable Long output) {
    if (text == null) {
      return null;
    }
    long[] counts = new long[COUNTS];
    String tier = "";
    if (!text.isEmpty()) {
      boolean ten = text.charAt(0) == TEN;
      int size = ten ? COUNTS : COUNTS - 1;
      String[] parts = text.substring(ten ? 1 : 0).split(",", size + 1);
      for (int i = 0; i < size; i++) {
        counts[i] = Long.parseLong(parts[i]);
      }
      tier = parts[size];
    }
    return new Usage(
        input, output, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6],
        counts[7], counts[9], counts[8], tier);
  }

  public static @Nullable BigDecimal amount(@Nullable Cost cost) {
    return cost instanceof Cost.Known known ? known.amount() : null;
  }

  /// What stands beside the amount: currency, source and basis, or why there is none.
  public static @Nullable String costAbout(@Nullable Cost cost) {
    return switch (cost) {
      case null -> null;
      case Cost.Known known -> known.currency() + "|" + known.source() + "|" + known.basis();
      case Cost.Unknown unknown -> "?" + unknown.reason();
    };
  }

  public static @Nullable Cost cost(@Nullable BigDecimal amount, @Nullable String about) {
    if (about == null) {
      return null;
    }
    if (about.startsWith("?")) {
      return new Cost.Unknown(about.substring(1));
    }
    String[] parts = about.split("\\|", 3);
    return new Cost.Known(
        dev.steward.trace.assembly.RunSums.normal(Objects.requireNonNull(amount)),
        parts[0],
        Cost.Source.valueOf(parts[1]),
        parts[2]);
  }

  /// What was spent beside tokens; null when nothing was, as in nearly every row.
  static @Nullable String charges(List<Charge> charges) {
    if (charges.isEmpty()) {
      return null;
    }
    ArrayNode array = JSON.createArrayNode();
    for (Charge charge : charges) {
      BigDecimal amount = amount(charge.cost());
      BigDecimal quantity = charge.quantity();
      array
          .addArray()
          .add(charge.what().name())
          .add(charge.provider())
          .add(quantity == null ? null : quantity.toPlainString())
          .add(amount == null ? null : amount.toPlainString())
          .add(costAbout(charge.cost()));
    }
    return array.toString();
  }

  static List<Charge> charges(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    List<Charge> charges = new ArrayList<>();
    for (JsonNode node : JSON.readTree(json)) {
      Cost cost = cost(decimal(node.get(3)), node.get(4).asString());
      charges.add(
          new Charge(
              Spend.valueOf(node.get(0).asString()),
              node.get(1).asString(),
              decimal(node.get(2)),
              Objects.requireNonNull(cost)));
    }
    return List.copyOf(charges);
  }

  private static @Nullable BigDecimal decimal(JsonNode node) {
    return node.isNull() ? null : new BigDecimal(node.asString());
  }

  /// A few short words; what is no such thing is cut word by word, so that the whole stays
  /// readable.
  public static String texts(List<String> texts) {
    if (texts.isEmpty()) {
      return "";
    }
    return JSON.writeValueAsString(
        texts.stream()
            .limit(WORDS_MAX)
            .map(t -> t.length() > WORD_MAX ? t.substring(0, WORD_MAX) : t)
            .toList());
  }

  public static List<String> texts(@Nullable String json) {
    if (json == null || json.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    JSON.readTree(json).forEach(node -> texts.add(node.asString()));
    return List.copyOf(texts);
  }

  public static String events(List<Raw.Event> events) {
    if (events.isEmpty()) {
      return "";
    }
    ArrayNode array = JSON.createArrayNode();
    for (Raw.Event event : events) {
      array.addArray().add(event.name()).add(Ids.nanos(event.at())).add(event.attributesJson());
    }
    return array.toString();
  }

  public static List<Raw.Event> events(String json) {
    if (json.isEmpty()) {
      return List.of();
    }
    List<Raw.Event> events = new ArrayList<>();
    for (JsonNode node : JSON.readTree(json)) {
      events.add(
          new Raw.Event(
              node.get(0).asString(), Ids.at(node.get(1).asLong()), node.get(2).asString()));
    }
    return List.copyOf(events);
  }

  public static String links(List<Raw.Link> links) {
    if (links.isEmpty()) {
      return "";
    }
    ArrayNode array = JSON.createArrayNode();
    for (Raw.Link link : links) {
      array
          .addArray()
          .add(link.target().traceId())
          .add(link.target().spanId())
          .add(link.attributesJson());
    }
    return array.toString();
  }

  public static List<Raw.Link> links(String json) {
    if (json.isEmpty()) {
      return List.of();
    }
    List<Raw.Link> links = new ArrayList<>();
    for (JsonNode node : JSON.readTree(json)) {
      links.add(
          new Raw.Link(
              new SpanKey(node.get(0).asString(), node.get(1).asString()), node.get(2).asString()));
    }
    return List.copyOf(links);
  }
}
