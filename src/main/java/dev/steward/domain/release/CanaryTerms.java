// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How a release is tried on a share of the conversations, and by what it is judged: all of it is
/// said before the first one is seen.
///
/// @param weight share of the conversations that begin, between 0 and 1
/// @param accepted by how much fewer may succeed for a promotion; what is shown must be less
/// @param tolerated by how much fewer may succeed before it is rolled back
/// @param guards what must not get worse, each once
/// @param exact whether the loss of success is found by the exact test for small numbers
/// @param untold what counts as an outcome where none was told: `left-out`, `success`, `failure`
/// @param leastUnits of each arm with a known outcome, before a promotion
/// @param leastTime before a promotion
/// @param settle after which an outcome is not waited for any more
/// @param limit after which it is inconclusive
public record CanaryTerms(
    BigDecimal weight,
    BigDecimal accepted,
    BigDecimal tolerated,
    List<Guarded> guards,
    boolean exact,
    String untold,
    int leastUnits,
    Duration leastTime,
    Duration settle,
    Duration limit) {
  private static final String WEIGHT = "weight";
  private static final String ACCEPTED = "accepted-loss";
  private static final String TOLERATED = "tolerated-loss";
  private static final String GUARDRAILS = "guardrails";
  private static final String TEST = "test";
  private static final String UNTOLD = "untold";
  private static final String UNITS = "least-units";
  private static final String TIME = "least-time";
  private static final String SETTLE = "settle";
  private static final String LIMIT = "limit";
  private static final String EXACT_TEST = "safe-2x2";
  private static final String USUAL_TEST = "mixture";
  private static final List<String> OUTCOMES = List.of("left-out", "success", "failure");
  private static final int UNITS_MAX = 1_000_000;
  private static final Duration LIMIT_MAX = Duration.ofDays(90);
  private static final int GUARDS_MAX = 12;

  /// The words that terms are written with.
  public static final Set<String> WORDS =
      new TreeSet<>(
          List.of(
              WEIGHT, ACCEPTED, TOLERATED, GUARDRAILS, TEST, UNTOLD, UNITS, TIME, SETTLE, LIMIT));

  /// What is in force where nothing else is said.
  public static final CanaryTerms USUAL =
      new CanaryTerms(
          new BigDecimal("0.1"),
          new BigDecimal("0.03"),
          BigDecimal.ZERO,
          List.of(
              Guarded.of("error"),
              Guarded.of("failure"),
              Guarded.of("cost+20%"),
              Guarded.of("duration@p90")),
          false,
          "left-out",
          100,
          Duration.ofHours(1),
          Duration.ofMinutes(30),
          Duration.ofDays(7));

  public CanaryTerms {
    guards = List.copyOf(new LinkedHashSet<>(guards));
    weight = weight.stripTrailingZeros();
    accepted = accepted.stripTrailingZeros();
    tolerated = tolerated.stripTrailingZeros();
    checkWeight(weight);
    if (accepted.signum() <= 0 || accepted.compareTo(BigDecimal.ONE) >= 0) {
      throw invalid(ACCEPTED, "is more than 0 % and less than 100 %");
    }
    if (tolerated.signum() < 0 || tolerated.compareTo(BigDecimal.ONE) >= 0) {
      throw invalid(TOLERATED, "is less than 100 %");
    }
    if (exact && tolerated.signum() > 0) {
      throw invalid(TOLERATED, "is 0 % with the test " + EXACT_TEST);
    }
    if (guards.size() > GUARDS_MAX) {
      throw invalid(GUARDRAILS, "are at most " + GUARDS_MAX);
    }
    Set<String> names = new TreeSet<>();
    for (Guarded guard : guards) {
      if (!names.add(guard.form() + guard.measure())) {
        throw invalid(GUARDRAILS, "name " + guard.measure() + " twice");
      }
    }
    if (!OUTCOMES.contains(untold)) {
      throw invalid(UNTOLD, "is one of " + String.join(", ", OUTCOMES));
    }
    if (leastUnits < 1 || leastUnits > UNITS_MAX) {
      throw invalid(UNITS, "is 1 to " + UNITS_MAX);
    }
    if (leastTime.isNegative() || settle.isNegative() || limit.compareTo(leastTime) <= 0) {
      throw invalid(LIMIT, "is longer than " + TIME);
    }
    if (limit.compareTo(LIMIT_MAX) > 0) {
      throw invalid(LIMIT, "is at most " + LIMIT_MAX.toDays() + " days");
    }
  }

  /// Reads terms as they are written; what is not said is as usual.
  ///
  /// @throws ApiException INVALID with what is wrong
  public static CanaryTerms of(Map<String, String> written) {
    for (String word : written.keySet()) {
      if (!WORDS.contains(word)) {
        throw invalid(word, "is no word of a canary; there are " + String.join(", ", WORDS));
      }
    }
    Map<String, String> all = new TreeMap<>(USUAL.words());
    all.putAll(written);
    List<Guarded> guards = new ArrayList<>();
    for (String guard : all.getOrDefault(GUARDRAILS, "").split("[, ]+", -1)) {
      if (!guard.isEmpty()) {
        guards.add(Guarded.of(guard));
      }
    }
    String test = all.getOrDefault(TEST, "");
    if (!test.equals(USUAL_TEST) && !test.equals(EXACT_TEST)) {
      throw invalid(TEST, "is " + USUAL_TEST + " or " + EXACT_TEST);
    }
    return new CanaryTerms(
        share(WEIGHT, all.getOrDefault(WEIGHT, "")),
        share(ACCEPTED, all.getOrDefault(ACCEPTED, "")),
        share(TOLERATED, all.getOrDefault(TOLERATED, "")),
        guards,
        test.equals(EXACT_TEST),
        all.getOrDefault(UNTOLD, ""),
        count(all.getOrDefault(UNITS, "")),
        time(TIME, all.getOrDefault(TIME, "")),
        time(SETTLE, all.getOrDefault(SETTLE, "")),
        time(LIMIT, all.getOrDefault(LIMIT, "")));
  }

  /// As they are written.
  public Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    words.put(WEIGHT, percent(weight));
    words.put(ACCEPTED, percent(accepted));
    words.put(TOLERATED, percent(tolerated));
    words.put(GUARDRAILS, String.join(",", guards.stream().map(Guarded::word).toList()));
    words.put(TEST, exact ? EXACT_TEST : USUAL_TEST);
    words.put(UNTOLD, untold);
    words.put(UNITS, Integer.toString(leastUnits));
    words.put(TIME, written(leastTime));
    words.put(SETTLE, written(settle));
    words.put(LIMIT, written(limit));
    return words;
  }

  /// A share of the conversations such as `10%`, which must be some and not all of them.
  ///
  /// @throws ApiException INVALID
  public static BigDecimal weight(String written) {
    BigDecimal weight = share(WEIGHT, written);
    checkWeight(weight);
    return weight;
  }

  /// A share as people write it, such as `10%`.
  public static String percent(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }

  private static void checkWeight(BigDecimal weight) {
    if (weight.signum() <= 0 || weight.compareTo(BigDecimal.ONE) >= 0) {
      throw invalid(
          WEIGHT, "is more than 0 % and less than 100 %; hold or promote the release instead");
    }
    if (weight.scale() > 4) {
      throw invalid(WEIGHT, "has at most two decimals of a percent");
    }
  }

  private static BigDecimal share(String word, String written) {
    if (!written.matches("[0-9]{1,3}(\\.[0-9]{1,2})?%")) {
      throw invalid(word, "is written as 10%");
    }
    return new BigDecimal(written.substring(0, written.length() - 1))
        .movePointLeft(2)
        .stripTrailingZeros();
  }

  private static int count(String written) {
    if (!written.matches("[0-9]{1,7}")) {
      throw invalid(UNITS, "is a number");
    }
    return Integer.parseInt(written);
  }

  private static Duration time(String word, String written) {
    if (!written.matches("[0-9]{1,6}[smhd]")) {
      throw invalid(word, "is written as 30m, 2h or 7d");
    }
    long number = Long.parseLong(written.substring(0, written.length() - 1));
    return switch (written.charAt(written.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static String written(Duration time) {
    long seconds = time.toSeconds();
    if (seconds > 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds > 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static ApiException invalid(String word, String why) {
    return new ApiException(ErrorCode.INVALID, word + " " + why);
  }
}
