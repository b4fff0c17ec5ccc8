// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.grounding;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How numbers are written: with signs of currencies, thousands marks of either custom, percent
/// signs, and words such as `million` behind them.
final class NumberForms {
  private static final String DIGITS =
      "\\d{1,3}(?:[,'’\\u00a0\\u202f]\\d{3})+(?:\\.\\d+)?"
          + "|\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?"
          + "|\\d+(?:[.,]\\d+)?";

  /// In an answer; what is part of a word is none.
  private static final Pattern CLAIMED =
      Pattern.compile(
          "(?<![\\w.,])(?<sign>[$€£¥₹]\\s?)?(?<digits>"
              + DIGITS
              + ")(?![\\d])(?<behind>\\s?(?:%|percent\\b|thousand\\b|million\\b|billion\\b|k\\b|[€£¥₹]|USD\\b|EUR\\b|GBP\\b|dollars?\\b|euros?\\b))?",
          Pattern.CASE_INSENSITIVE);

  /// In a source, also within words.
  private static final Pattern ANYWHERE = Pattern.compile(DIGITS);

  /// More digits are an id.
  private static final int LENGTH_MAX = 40;

  private NumberForms() {}

  /// @param readings what it may mean, the likeliest first
  /// @param plain whether no sign or word stands at it
  record Found(int from, int to, String words, List<BigDecimal> readings, boolean plain) {}

  static List<Found> claimed(String text) {
    List<Found> found = new ArrayList<>();
    Matcher matcher = CLAIMED.matcher(text);
    while (matcher.find()) {
      String digits = matcher.group("digits");
      if (digits.length() <= LENGTH_MAX) {
        String behind = orEmpty(matcher.group("behind")).strip().toLowerCase(Locale.ROOT);
        boolean plain = matcher.group("sign") == null && behind.isEmpty();
        List<BigDecimal> readings = new ArrayList<>(readings(digits));
        List.copyOf(readings).forEach(value -> scaled(value, behind, readings));
        found.add(
            new Found(matcher.start(), matcher.end(), matcher.group().strip(), readings, plain));
      }
    }
    return found;
  }

  static List<BigDecimal> anywhere(String text) {
    List<BigDecimal> found = new ArrayList<>();
    Matcher matcher = ANYWHERE.matcher(text);
    while (matcher.find()) {
      if (matcher.end() - matcher.start() <= LENGTH_MAX) {
        found.addAll(readings(matcher.group()));
      }
    }
    return found;
  }

  private static void scaled(BigDecimal value, String behind, List<BigDecimal> readings) {
    switch (behind) {
      case "%", "percent" -> readings.add(value.movePointLeft(2));
      case "k", "thousand" -> readings.add(value.movePointRight(3));
      case "million" -> readings.add(value.movePointRight(6));
      case "billion" -> readings.add(value.movePointRight(9));
      default -> {}
    }
  }

  /// `1,000` is a thousand, `1,5` is one and a half, `1.000` may be either.
  private static List<BigDecimal> readings(String digits) {
    String plain = digits.replaceAll("['’\\u00a0\\u202f]", "");
    int comma = plain.lastIndexOf(',');
    int point = plain.lastIndexOf('.');
    if (comma >= 0 && point >= 0) {
      return comma > point
          ? List.of(number(plain.replace(".", "").replace(',', '.')))
          : List.of(number(plain.replace(",", "")));
    }
    if (comma >= 0) {
      boolean thousands = plain.length() - comma == 4;
      BigDecimal whole = number(plain.replace(",", ""));
      return thousands || plain.indexOf(',') != comma
          ? List.of(whole)
          : List.of(number(plain.replace(',', '.')), whole);
    }
    if (point >= 0) {
      boolean thousands = plain.length() - point == 4;
      BigDecimal whole = number(plain.replace(".", ""));
      if (plain.indexOf('.') != point) {
        return List.of(whole);
      }
      return thousands ? List.of(number(plain), whole) : List.of(number(plain));
    }
    return List.of(number(plain));
  }

  private static BigDecimal number(String digits) {
    return new BigDecimal(digits);
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
    return text == null ? "" : text;
  }
}
