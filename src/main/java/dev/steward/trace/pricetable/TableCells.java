// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.pricetable;

import dev.steward.domain.Digest;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads cells of one price table, and names its rows.
final class TableCells {
  private static final int NAME_MAX = 110;
  private static final int DIGITS_MAX = 40;
  private static final BigDecimal RATE_MAX = BigDecimal.valueOf(1_000_000_000);

  private final String file;
  private final Set<String> names = new HashSet<>();

  TableCells(String file) {
    this.file = file;
  }

  /// @param digits how many places the decimal point moves right
  BigDecimal rate(JsonNode cell, int digits, String place) {
    if (!cell.isNumber()) {
      throw PriceTables.invalid(file, place, "a price is no number: " + shown(cell));
    }
    BigDecimal rate = cell.decimalValue();
    if (rate.signum() < 0 || rate.compareTo(RATE_MAX) > 0 || Math.abs(rate.scale()) > DIGITS_MAX) {
      throw PriceTables.invalid(file, place, "no possible price: " + shown(cell));
    }
    BigDecimal moved = rate.movePointRight(digits).stripTrailingZeros();
    return moved.scale() < 0 ? moved.setScale(0) : moved;
  }

  /// How many tokens a model takes, null where the table does not say or says something impossible.
  @Nullable Long window(JsonNode cell) {
    boolean said = cell.isIntegralNumber() && cell.canConvertToLong() && cell.asLong() > 0;
    return said ? Long.valueOf(cell.asLong()) : null;
  }

  String text(JsonNode cell, String place) {
    if (!cell.isString()) {
      throw PriceTables.invalid(file, place, "no text: " + shown(cell));
    }
    return cell.stringValue();
  }

  /// A resource name for the row, the same at every import of the same table.
  ///
  /// @param row what tells the row from all others of the table
  String name(String provider, String model, String suffix, String row) {
    String whole = provider + "-" + model + suffix;
    String name = whole.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._]+", "-");
    name = name.replaceAll("^[-._]+|[-._]+$", "");
    if (name.length() > NAME_MAX || !names.add(name)) {
      name = name.substring(0, Math.min(name.length(), 100)) + "-" + digest(row + suffix);
      if (!names.add(name)) {
        throw PriceTables.invalid(file, row, "the row is there twice");
      }
    }
    return name;
  }

  static String shown(JsonNode cell) {
    String text = cell.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  private static String digest(String text) {
    return Digest.of(text).hex().substring(0, 8);
  }
}
