// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.grounding;

import dev.steward.insight.grounding.DateForms.Day;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What an agent could have known so far. To be used by one thread.
final class Sources {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern MARKS = Pattern.compile("[*_`\"“”„«»]");

  private final List<String> texts = new ArrayList<>();
  private final TreeSet<BigDecimal> numbers = new TreeSet<>();
  private final Set<Day> days = new HashSet<>();
  private final Set<Integer> minutes = new HashSet<>();

  void add(String text) {
    texts.add(folded(text));
    numbers.addAll(NumberForms.anywhere(text));
    DateForms.days(text).forEach(found -> days.addAll(found.readings()));
    DateForms.times(text).forEach(found -> minutes.addAll(found.readings()));
  }

  /// Words as they are compared: lower case, with single spaces, without marks of emphasis.
  static String folded(String text) {
    String bare = MARKS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    return SPACES.matcher(bare).replaceAll(" ").strip();
  }

  boolean says(String words) {
    return texts.stream().anyMatch(new Phrase(folded(words))::in);
  }

  /// Also a number that gives this one when it is rounded to as many digits.
  boolean counts(BigDecimal number) {
    BigDecimal half = BigDecimal.valueOf(5, Math.max(0, number.scale()) + 1);
    BigDecimal from = numbers.ceiling(number.subtract(half));
    return from != null && from.compareTo(number.add(half)) <= 0;
  }

  /// A day without a year is that of any year.
  boolean dates(Day day) {
    return days.contains(day)
        || days.contains(new Day(0, day.month(), day.day()))
        || (day.year() == 0
            && days.stream().anyMatch(d -> d.month() == day.month() && d.day() == day.day()));
  }

  boolean times(int minute) {
    return minutes.contains(minute);
  }
}
