// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Single values out of trees, in whatever form a sender wrote them.
public final class Values {
  /// No model has read or written more tokens in one call: a larger count is a sender's mistake.
  private static final long COUNT_MAX = 1_000_000_000_000L;

  private static final int DIGITS_MAX = 100;

  private Values() {}

  /// The text of a scalar, null for blank ones, lists and objects.
  public static @Nullable String text(@Nullable JsonNode value) {
    if (value == null || value.isContainer() || value.isNull()) {
      return null;
    }
    String text = value.asString("");
    return text.isBlank() ? null : text;
  }

  /// A number however written; null for what is none.
  public static @Nullable BigDecimal decimal(@Nullable JsonNode value) {
    String text = text(value);
    if (text == null || text.length() > DIGITS_MAX || !startsLikeNumber(text)) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(text.strip());
      return Math.abs((long) number.scale()) > DIGITS_MAX ? null : number;
    } catch (NumberFormatException _) {
      return null;
    }
  }

  private static boolean startsLikeNumber(String text) {
    char first = text.charAt(0);
    return (first >= '0' && first <= '9') || first == '-' || first == '.' || first == '+';
  }

  /// A count of something: whole, not negative, believable; else null.
  public static @Nullable Long count(@Nullable JsonNode value) {
    BigDecimal number = decimal(value);
    if (number == null
        || number.signum() < 0
        || number.compareTo(BigDecimal.valueOf(COUNT_MAX)) > 0
        || number.stripTrailingZeros().scale() > 0) {
      return null;
    }
    return number.longValueExact();
  }

  /// A list of texts, or one text as a list.
  public static List<String> texts(@Nullable JsonNode value) {
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      String one = text(value);
      return one == null ? List.of() : List.of(one);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      String one = text(element);
      if (one != null) {
        texts.add(one);
      }
    }
    return texts;
  }
}
