// SPDX-License-Identifier: Apache-2.0
package dev.steward.domain.release;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How far people must have agreed with what a version proposed, before it may act by itself.
///
/// @param agreement share of the answers that left a call as it was proposed; the interval must lie
///   above it
/// @param answers so many at least
public record LeastAgreement(BigDecimal agreement, int answers) {
  private static final String AGREEMENT = "least-agreement";
  private static final String ANSWERS = "least-answers";
  private static final int ANSWERS_MAX = 100_000;

  /// The words that it is written with.
  public static final Set<String> WORDS = Set.of(AGREEMENT, ANSWERS);

  /// What holds where nothing else is said.
  public static final LeastAgreement USUAL = new LeastAgreement(new BigDecimal("0.9"), 50);

  public LeastAgreement {
    agreement = agreement.stripTrailingZeros();
    if (agreement.signum() <= 0 || agreement.compareTo(BigDecimal.ONE) >= 0) {
      throw invalid(AGREEMENT, "is more than 0 % and less than 100 %");
    }
    if (answers < 1 || answers > ANSWERS_MAX) {
      throw invalid(ANSWERS, "is 1 to " + ANSWERS_MAX);
    }
  }

  /// Reads what `words` gives; what is not said is as usual.
  ///
  /// @throws ApiException INVALID with what is wrong
  public static LeastAgreement of(Map<String, String> written) {
    for (String word : written.keySet()) {
      if (!WORDS.contains(word)) {
        throw invalid(
            word, "is no word of a copilot; there are " + String.join(", ", new TreeSet<>(WORDS)));
      }
    }
    Map<String, String> all = new TreeMap<>(USUAL.words());
    all.putAll(written);
    String share = all.getOrDefault(AGREEMENT, "");
    if (!share.matches("[0-9]{1,3}(\\.[0-9]{1,2})?%")) {
      throw invalid(AGREEMENT, "is written as 90%");
    }
    String count = all.getOrDefault(ANSWERS, "");
    if (!count.matches("[0-9]{1,7}")) {
      throw invalid(ANSWERS, "is a number");
    }
    return new LeastAgreement(
        new BigDecimal(share.substring(0, share.length() - 1)).movePointLeft(2),
        Integer.parseInt(count));
  }

  /// As it is written.
  public Map<String, String> words() {
    Map<String, String> words = new TreeMap<>();
    words.put(AGREEMENT, CanaryTerms.percent(agreement));
    words.put(ANSWERS, Integer.toString(answers));
    return words;
  }

  private static ApiException invalid(String word, String why) {
    return new ApiException(ErrorCode.INVALID, word + " " + why);
  }
}
