// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.behaviour;

import dev.steward.domain.release.Wilson;
import dev.steward.insight.finding.TwoShares;
import dev.steward.insight.trait.TraitDrift;
import dev.steward.insight.trait.TraitReading;
import dev.steward.insight.trait.TraitWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A drift as it is kept and told: the statistic, the effect, the sample, when it probably began,
/// and runs from before and after.
///
/// @param trait its word
/// @param of what the shares are shares of, in words
/// @param direction `up` or `down`
/// @param before of the baseline
/// @param since of the runs since it began
/// @param runs since the baseline until it was found
/// @param delayRuns from where it probably began until it was found
/// @param delaySeconds the same as time
/// @param runLength runs on average until a false alarm of any of the agent's traits
/// @param traits that are watched together
public record DriftRecord(
    String trait,
    String of,
    String direction,
    Share before,
    Share since,
    int runs,
    int delayRuns,
    long delaySeconds,
    double runLength,
    int traits,
    Instant foundAt,
    Instant began,
    Instant earliest,
    Instant latest,
    List<String> examplesBefore,
    List<String> examplesSince) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// With its 95 % interval.
  public record Share(long part, long whole, double share, double low, double high) {
    static Share of(Wilson wilson) {
      return new Share(wilson.part(), wilson.whole(), wilson.share(), wilson.low(), wilson.high());
    }
  }

  /// @param traits that are watched together
  static DriftRecord of(TraitReading reading, TraitDrift drift, int traits) {
    return new DriftRecord(
        reading.trait().word(),
        reading.trait().words(),
        drift.direction(),
        Share.of(reading.before()),
        Share.of(drift.since()),
        drift.runs(),
        drift.delay(),
        Duration.between(drift.began(), drift.at()).toSeconds(),
        TraitWatch.RUN_LENGTH,
        traits,
        drift.at(),
        drift.began(),
        drift.earliest(),
        drift.latest(),
        drift.examplesBefore(),
        drift.examplesSince());
  }

  /// `runs that succeed rose from 85.1 % to 91.2 %`
  public String headline() {
    return "%s %s from %s to %s"
        .formatted(
            of,
            direction.equals("up") ? "rose" : "fell",
            TwoShares.percent(before.share()),
            TwoShares.percent(since.share()));
  }

  /// The headline with how sure it is, and after how many runs.
  public String why() {
    return String.format(
        Locale.ROOT,
        "%s (95 %% interval %s of %,d runs before, %s of %,d since it probably began); found in run"
            + " %,d after the baseline was learnt, by a test that alarms once in %,.0f runs of an"
            + " agent that stays as it is",
        headline(),
        range(before),
        before.whole(),
        range(since),
        since.whole(),
        runs,
        runLength);
  }

  private static String range(Share share) {
    return String.format(Locale.ROOT, "%.1f–%.1f", 100 * share.low(), 100 * share.high());
  }

  public String json() {
    return JSON.writeValueAsString(this);
  }

  /// @throws IllegalArgumentException when it is no such record
  public static DriftRecord read(String json) {
    try {
      return JSON.readValue(json, DriftRecord.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a drift: " + e.getOriginalMessage(), e);
    }
  }
}
