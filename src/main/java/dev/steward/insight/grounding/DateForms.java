// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.grounding;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How days and times of day are written.
final class DateForms {
  private static final String MONTH =
      "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
          + "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final String YEAR = "(?:,?\\s+(?<year>\\d{4}))?(?!\\d)";

  private static final Pattern ISO =
      Pattern.compile("(?<!\\d)(?<year>\\d{4})[-/.](?<month>\\d{1,2})[-/.](?<day>\\d{1,2})(?!\\d)");
  private static final Pattern NUMERIC =
      Pattern.compile(
          "(?<![\\d./-])(?<one>\\d{1,2})([./-])(?<other>\\d{1,2})\\2(?<year>\\d{4}|\\d{2})(?![\\d/-])");
  private static final Pattern MONTH_FIRST =
      Pattern.compile(
          "\\b(?<month>" + MONTH + ")\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])" + YEAR,
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "(?<!\\d)(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?\\s+(?<month>"
              + MONTH
              + ")\\b"
              + YEAR,
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TIME =
      Pattern.compile(
          "(?<!\\d)(?:(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::\\d{2})?(?!\\d)|(?<plain>\\d{1,2})(?=\\s?[ap]\\.?m\\b))"
              + "\\s?(?<half>[ap](?:m\\b|\\.m\\b\\.?))?",
          Pattern.CASE_INSENSITIVE);

  private DateForms() {}

  /// @param year 0 where none is told
  record Day(int year, int month, int day) {}

  /// @param readings what it may mean
  record Found<T>(int from, int to, String words, List<T> readings) {}

  static List<Found<Day>> days(String text) {
    List<Found<Day>> found = new ArrayList<>();
    Matcher iso = ISO.matcher(text);
    while (iso.find()) {
      add(
          found,
          iso,
          List.of(new Day(number(iso, "year"), number(iso, "month"), number(iso, "day"))));
    }
    Matcher numeric = NUMERIC.matcher(text);
    while (numeric.find()) {
      int year = number(numeric, "year");
      int full = year < 100 ? 2000 + year : year;
      int one = number(numeric, "one");
      int other = number(numeric, "other");
      add(found, numeric, List.of(new Day(full, one, other), new Day(full, other, one)));
    }
    for (Pattern form : List.of(MONTH_FIRST, DAY_FIRST)) {
      Matcher named = form.matcher(text);
      while (named.find()) {
        int year = named.group("year") == null ? 0 : number(named, "year");
        add(found, named, List.of(new Day(year, month(named), number(named, "day"))));
      }
    }
    return found;
  }

  /// Minutes since midnight. A time without its half of the day may be in either.
  static List<Found<Integer>> times(String text) {
    List<Found<Integer>> found = new ArrayList<>();
    Matcher time = TIME.matcher(text);
    while (time.find()) {
      boolean whole = time.group("hour") != null;
      int hour = number(time, whole ? "hour" : "plain");
      int minute = whole ? number(time, "minute") : 0;
      String half = time.group("half");
      if (hour < 24 && minute < 60) {
        found.add(
            new Found<>(
                time.start(), time.end(), time.group().strip(), minutes(hour, minute, half)));
      }
    }
    return found;
  }

  private static List<Integer> minutes(
      int hour, int minute, @org.jspecify.annotations.Nullable String half) {
    if (half == null) {
      return List.of(hour * 60 + minute);
    }
    boolean after = half.toLowerCase(Locale.ROOT).startsWith("p");
    return List.of((hour % 12 + (after ? 12 : 0)) * 60 + minute);
  }

  private static void add(List<Found<Day>> found, Matcher at, List<Day> readings) {
    List<Day> real =
        readings.stream()
            .filter(day -> day.month() >= 1 && day.month() <= 12)
            .filter(day -> day.day() >= 1 && day.day() <= 31)
            .toList();
    if (!real.isEmpty()) {
      found.add(new Found<>(at.start(), at.end(), at.group().strip(), real));
    }
  }

  private static int month(Matcher named) {
    String start = named.group("month").substring(0, 3).toLowerCase(Locale.ROOT);
    return MONTHS.indexOf(start) / 3 + 1;
  }

  private static int number(Matcher matcher, String group) {
    return Integer.parseInt(matcher.group(group));
  }
}
