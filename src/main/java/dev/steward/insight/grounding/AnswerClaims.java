// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.grounding;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.steward.insight.dialogue.MessageText;
import dev.steward.insight.grounding.Claim.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Finds what is definite in an answer, each once: what was taken for a quote, an address, a day or
/// an id is no number any more. Answers are anybody's text, so patterns take linear time.
final class AnswerClaims {
  /// Longer answers are read up to here.
  static final int LENGTH_MAX = 100_000;

  /// Fewer words are a name. What it holds ends at any mark, so it is linear without an automaton,
  /// which would be hundreds of times larger than the others.
  private static final java.util.regex.Pattern QUOTE =
      java.util.regex.Pattern.compile("[\"“„«]([^\"“”„«»\\n]{12,400}+)[\"”“»]");

  private static final Pattern ADDRESS =
      Pattern.compile("\\b(?:https?://[^\\s<>\"')\\]]+|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)");

  /// An id has a digit and a letter, too.
  private static final Pattern WORD =
      Pattern.compile("(?:^|[^\\w/.-])([A-Za-z0-9][\\w./#:-]{2,}[A-Za-z0-9])");

  /// `150kg`, `5-day`: a number and its unit.
  private static final Pattern WITH_UNIT = Pattern.compile("[\\d.,]+(?:[A-Za-z]{1,4}|-[A-Za-z]+)");

  private static final Pattern LIST_MARK =
      Pattern.compile("(?m)^([ \\t]*(?:[-*#>]+[ \\t]*)?\\d{1,3}[.)])\\s");

  private final String spanId;
  private final StringBuilder left;
  private final List<Found> found = new ArrayList<>();

  /// @param source whether what it was told holds it
  record Found(Claim claim, Predicate<Sources> source) {}

  private AnswerClaims(String answer, String spanId) {
    this.spanId = spanId;
    this.left = new StringBuilder(answer);
  }

  static List<Found> of(String answer, String spanId) {
    String text = answer.substring(0, Math.min(answer.length(), LENGTH_MAX)).strip();
    boolean json = text.startsWith("{") || text.startsWith("[");
    AnswerClaims claims = new AnswerClaims(json ? MessageText.flat(text) : text, spanId);
    claims.quotes();
    claims.take(ADDRESS, Kind.ID);
    claims.days();
    claims.times();
    claims.ids();
    claims.numbers();
    return claims.found;
  }

  private void quotes() {
    java.util.regex.Matcher quote = QUOTE.matcher(left.toString());
    while (quote.find()) {
      String words = quote.group(1).strip();
      if (words.split("\\s+", 4).length >= 3) {
        claim(Kind.QUOTE, quote.group(), quote.start(), quote.end(), said(endless(words)));
      }
    }
  }

  /// A quote may end with a mark that is the answer's own.
  private static String endless(String words) {
    int end = words.length();
    while (end > 0 && ".,;:!?…".indexOf(words.charAt(end - 1)) >= 0) {
      end--;
    }
    return words.substring(0, end);
  }

  private void take(Pattern form, Kind kind) {
    Matcher matcher = form.matcher(left.toString());
    while (matcher.find()) {
      String words = endless(matcher.group());
      claim(kind, words, matcher.start(), matcher.end(), said(words));
    }
  }

  private void days() {
    for (DateForms.Found<DateForms.Day> day : DateForms.days(left.toString())) {
      claim(
          Kind.DATE,
          day.words(),
          day.from(),
          day.to(),
          sources -> day.readings().stream().anyMatch(sources::dates));
    }
  }

  private void times() {
    for (DateForms.Found<Integer> time : DateForms.times(left.toString())) {
      claim(
          Kind.TIME,
          time.words(),
          time.from(),
          time.to(),
          sources -> time.readings().stream().anyMatch(sources::times));
    }
  }

  private void ids() {
    Matcher matcher = WORD.matcher(left.toString());
    while (matcher.find()) {
      String word = matcher.group(1);
      if (WITH_UNIT.matches(word)) {
        apart(matcher.start(1), matcher.end(1));
      } else if (word.chars().anyMatch(AnswerClaims::digit)
          && word.chars().anyMatch(AnswerClaims::letter)) {
        claim(Kind.ID, word, matcher.start(1), matcher.end(1), said(word));
      }
    }
  }

  private static boolean digit(int sign) {
    return sign >= '0' && sign <= '9';
  }

  private static boolean letter(int sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
  }

  /// Leaves of a number with its unit the number.
  private void apart(int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.isLetter(left.charAt(i)) || left.charAt(i) == '-') {
        left.setCharAt(i, ' ');
      }
    }
  }

  private void numbers() {
    Matcher mark = LIST_MARK.matcher(left.toString());
    while (mark.find()) {
      blank(mark.start(1), mark.end(1));
    }
    for (NumberForms.Found number : NumberForms.claimed(left.toString())) {
      if (!number.plain() || !counting(number.readings().getFirst())) {
        claim(
            Kind.NUMBER,
            number.words(),
            number.from(),
            number.to(),
            sources -> number.readings().stream().anyMatch(sources::counts));
      }
    }
  }

  /// A single digit is a count of what stands around it.
  private static boolean counting(BigDecimal number) {
    return number.scale() <= 0 && number.compareTo(BigDecimal.TEN) < 0;
  }

  private void claim(Kind kind, String words, int from, int to, Predicate<Sources> source) {
    if (!left.substring(from, to).isBlank()) {
      found.add(new Found(new Claim(kind, words, spanId), source));
    }
    blank(from, to);
  }

  private void blank(int from, int to) {
    for (int i = from; i < to; i++) {
      left.setCharAt(i, ' ');
    }
  }

  private static Predicate<Sources> said(String words) {
    return sources -> sources.says(words);
  }
}
