// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.domain.Decimals;
import dev.steward.domain.release.Wilson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What came of the copies of live calls that a version was given, while nothing that it did took
/// effect.
///
/// @param sums by the words below; what never came up is not there
public record Shadowing(Instant since, Map<String, BigDecimal> sums) {
  /// Copies that were compared with the live calls. One whose version gave no answer differs.
  public static final String COMPARED = "compared";

  /// Of these, with the same outcome and the same calls with effects.
  public static final String AGREED = "agreed";

  public static final String SAME_OUTCOME = "sameOutcome";
  public static final String SAME_EFFECTS = "sameEffects";

  /// With the same tools, also of those that only read.
  public static final String SAME_TOOLS = "sameTools";

  public static final String SAME_ANSWER = "sameAnswer";

  /// Copies that were not sent, since too many waited, too much was to be kept, or the live call
  /// was ended before its answer was.
  public static final String DROPPED = "dropped";

  /// Copies that got no answer: compared where the version was asked, else not.
  public static final String FAILED = "failed";

  /// Calls with effects that were answered as the live run's own.
  public static final String FROM_LIVE = "fromLive";

  public static final String SIMULATED = "simulated";
  public static final String REFUSED = "refused";

  /// Milliseconds of the compared calls together.
  public static final String LIVE_MILLIS = "liveMillis";

  public static final String SHADOW_MILLIS = "shadowMillis";

  /// What the compared calls cost together; the currency stands behind it.
  public static final String LIVE_COST = "liveCost.";

  public static final String SHADOW_COST = "shadowCost.";

  public Shadowing {
    Map<String, BigDecimal> plain = new TreeMap<>();
    sums.forEach((word, sum) -> plain.put(word, Decimals.plain(sum)));
    sums = Collections.unmodifiableMap(plain);
  }

  static Shadowing begun(Instant at) {
    return new Shadowing(at, Map.of());
  }

  public long count(String word) {
    return sums.getOrDefault(word, BigDecimal.ZERO).longValue();
  }

  /// The share of the compared copies that agreed, with its interval.
  public Wilson agreement() {
    return new Wilson(count(AGREED), count(COMPARED));
  }

  Shadowing plus(Map<String, BigDecimal> more) {
    Map<String, BigDecimal> all = new TreeMap<>(sums);
    more.forEach((word, sum) -> all.merge(word, sum, BigDecimal::add));
    return new Shadowing(since, all);
  }
}
