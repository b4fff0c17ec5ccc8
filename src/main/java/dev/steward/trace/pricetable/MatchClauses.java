// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.pricetable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Turns match clauses of genai-prices into entries of a price's `match`: alternatives become
/// entries, and what must hold together becomes one entry joined by ` && `.
final class MatchClauses {
  private static final int ENTRIES_MAX = 1000;
  private static final int DEPTH_MAX = 8;

  private final String file;

  MatchClauses(String file) {
    this.file = file;
  }

  List<String> entries(JsonNode clause, String place) {
    return entries(clause, place, 0).stream().map(all -> String.join(" && ", all)).toList();
  }

  private List<List<String>> entries(JsonNode clause, String place, int depth) {
    if (!clause.isObject() || clause.size() != 1 || depth > DEPTH_MAX) {
      throw unknown(clause, place);
    }
    Map.Entry<String, JsonNode> only = clause.properties().iterator().next();
    String here = place + "." + only.getKey();
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "or" -> either(value, here, depth);
      case "and" -> together(value, here, depth);
      case "equals" -> List.of(List.of(literal(value, here)));
      case "starts_with" -> List.of(List.of(literal(value, here) + "*"));
      case "ends_with" -> List.of(List.of("*" + literal(value, here)));
      case "contains" -> List.of(List.of("*" + literal(value, here) + "*"));
      case "regex" -> List.of(List.of("/" + text(value, here) + "/"));
      default -> throw unknown(clause, place);
    };
  }

  private List<List<String>> either(JsonNode clauses, String place, int depth) {
    List<List<String>> entries = new ArrayList<>();
    for (JsonNode clause : clauses) {
      entries.addAll(entries(clause, place, depth + 1));
    }
    return bounded(entries, place);
  }

  private List<List<String>> together(JsonNode clauses, String place, int depth) {
    List<List<String>> entries = List.of(List.of());
    for (JsonNode clause : clauses) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> one : entries) {
        for (List<String> other : entries(clause, place, depth + 1)) {
          List<String> both = new ArrayList<>(one);
          both.addAll(other);
          longer.add(both);
        }
      }
      entries = bounded(longer, place);
    }
    return entries;
  }

  private List<List<String>> bounded(List<List<String>> entries, String place) {
    if (entries.isEmpty() || entries.size() > ENTRIES_MAX) {
      throw PriceTables.invalid(file, place, entries.size() + " alternatives in a match clause");
    }
    return entries;
  }

  /// A literal with a star in it can only be said as a regular expression; none has been seen.
  private String literal(JsonNode value, String place) {
    String text = text(value, place);
    if (text.contains("*")) {
      throw PriceTables.invalid(file, place, "a star in a literal: " + text);
    }
    return text;
  }

  private String text(JsonNode value, String place) {
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw unknown(value, place);
    }
    return value.stringValue();
  }

  private RuntimeException unknown(JsonNode clause, String place) {
    return PriceTables.invalid(file, place, "unknown match clause " + TableCells.shown(clause));
  }
}
