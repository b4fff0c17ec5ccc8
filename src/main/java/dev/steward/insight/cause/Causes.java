// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.cause;

import dev.steward.insight.behaviour.DriftRecord;
import dev.steward.insight.timeline.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Ranks what happened to an agent by how well it explains when a drift began. What came after the
/// latest beginning explains nothing; what came before the earliest explains it the worse the
/// longer it took.
public final class Causes {
  /// What can change how an agent behaves.
  private static final Set<Moment.Kind> CHANGING =
      Set.of(
          Moment.Kind.VERSION,
          Moment.Kind.RELEASE,
          Moment.Kind.MODEL,
          Moment.Kind.UNDECLARED,
          Moment.Kind.DATA);

  /// Below it nothing is said: there is always something that happened once.
  private static final double LEAST = 0.05;

  /// A beginning that is known to the minute is not that well known to the clocks of senders.
  private static final Duration WIDTH_MIN = Duration.ofHours(1);

  private Causes() {}

  /// How far back anything may lie that explains a drift.
  public static Instant earliest(DriftRecord drift) {
    return drift.earliest().minus(width(drift).multipliedBy(3));
  }

  /// The likeliest first; none when it cannot be told.
  ///
  /// @param moments of the agent
  public static List<Cause> of(DriftRecord drift, String environment, List<Moment> moments) {
    Map<String, Cause> byPage = new LinkedHashMap<>();
    for (Moment moment : moments) {
      boolean here = moment.environment().isEmpty() || moment.environment().equals(environment);
      double weight = weight(drift, moment.at());
      if (here && CHANGING.contains(moment.kind()) && weight >= LEAST) {
        // Of the steps of one release the one that fits best stands for it.
        byPage.merge(
            moment.page() + moment.kind(),
            new Cause(moment, weight, why(drift, moment)),
            (one, other) -> one.weight() >= other.weight() ? one : other);
      }
    }
    List<Cause> causes = new ArrayList<>(byPage.values());
    causes.sort(
        Comparator.comparingDouble(Cause::weight)
            .reversed()
            .thenComparing(cause -> distance(drift, cause.moment().at())));
    return causes;
  }

  private static double weight(DriftRecord drift, Instant at) {
    if (at.isAfter(drift.latest())) {
      return 0;
    }
    if (!at.isBefore(drift.earliest())) {
      return 1;
    }
    Duration gap = Duration.between(at, drift.earliest());
    return Math.exp(-(double) gap.toMillis() / width(drift).toMillis());
  }

  private static Duration width(DriftRecord drift) {
    Duration width = Duration.between(drift.earliest(), drift.latest());
    return width.compareTo(WIDTH_MIN) < 0 ? WIDTH_MIN : width;
  }

  private static Duration distance(DriftRecord drift, Instant at) {
    return Duration.between(at, drift.began()).abs();
  }

  private static String why(DriftRecord drift, Moment moment) {
    Duration gap = Duration.between(moment.at(), drift.began());
    String when =
        gap.isNegative()
            ? words(gap.negated()) + " after the likeliest beginning"
            : words(gap) + " before the likeliest beginning";
    return moment.at().isBefore(drift.earliest())
        ? when + ", and before the earliest"
        : when + ", between the earliest and the latest";
  }

  private static String words(Duration gap) {
    if (gap.toHours() >= 48) {
      return gap.toDays() + " days";
    }
    return gap.toMinutes() >= 120 ? gap.toHours() + " hours" : gap.toMinutes() + " minutes";
  }
}
