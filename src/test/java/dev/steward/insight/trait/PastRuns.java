// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.trait;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Runs of an agent, one every ten minutes, as a test wants them.
public final class PastRuns {
  public static final Instant START = Instant.parse("2026-09-01T00:00:00Z");
  private static final Duration APART = Duration.ofMinutes(10);

  private final SplittableRandom random;
  private final List<PastRun> runs = new ArrayList<>();

  public PastRuns(long seed) {
    random = new SplittableRandom(seed);
  }

  /// Runs that are approved at a rate, of a version, and take ten seconds times a factor.
  public PastRuns add(int count, String version, double approved, double slower) {
    for (int i = 0; i < count; i++) {
      boolean success = random.nextDouble() < approved;
      add(version, success ? "approved" : "declined", success, slower * (5 + random.nextInt(10)));
    }
    return this;
  }

  public PastRuns add(String version, String outcome, boolean success, double seconds) {
    runs.add(run(runs.size(), next(), version, outcome, success, seconds));
    return this;
  }

  /// Runs that nobody has told the outcome of yet, some of which failed.
  public PastRuns untold(int count) {
    for (int i = 0; i < count; i++) {
      runs.add(run(runs.size(), next(), "v1", null, null, 10));
    }
    return this;
  }

  /// A run that was heard of at a time.
  public static PastRun at(Instant time) {
    return new PastRuns(0).run(0, time, "v1", "approved", true, 10);
  }

  private Instant next() {
    return START.plus(APART.multipliedBy(runs.size()));
  }

  private PastRun run(
      int number,
      Instant heard,
      String version,
      @Nullable String outcome,
      @Nullable Boolean success,
      double seconds) {
    return new PastRun(
        "run-" + number,
        heard,
        version,
        outcome,
        success,
        random.nextDouble() < 0.05,
        false,
        seconds,
        4 + random.nextInt(3),
        Double.NaN,
        0.01 * (1 + random.nextInt(20)));
  }

  public List<PastRun> all() {
    return List.copyOf(runs);
  }

  public List<PastRun> from(int first) {
    return List.copyOf(runs.subList(first, runs.size()));
  }

  public Instant end() {
    return runs.getLast().heard();
  }
}
