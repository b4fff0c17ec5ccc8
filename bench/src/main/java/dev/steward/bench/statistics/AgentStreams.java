// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.statistics;

import dev.steward.insight.trait.Learning;
import dev.steward.insight.trait.LearntBaseline;
import dev.steward.insight.trait.PastRun;
import dev.steward.insight.trait.TraitReading;
import dev.steward.insight.trait.TraitWatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Agents as the product watches them, with all their traits: outcomes, errors, durations, steps
/// and costs, of which only the rate of success changes.
public final class AgentStreams {
  private static final int SECONDS = 600;

  private AgentStreams() {}

  /// Delays of those that alarm about success, and how many alarm about anything else.
  public record Found(int agents, int[] delays, int others) {
    /// Of all agents; not a number when fewer than half alarmed.
    public double median() {
      return delays.length > agents / 2 ? delays[agents / 2] : Double.NaN;
    }
  }

  /// @param calm runs after the baseline was learnt and before the change
  /// @param changed runs after it
  public static Found run(
      int agents, int calm, int changed, double before, double after, long seed) {
    int learnt = Learning.USUAL.runs();
    int[] delays = new int[agents];
    int others = 0;
    for (int agent = 0; agent < agents; agent++) {
      List<PastRun> runs =
          runs(new SplittableRandom(seed + agent), learnt + calm, changed, before, after);
      LearntBaseline baseline = Learning.USUAL.of(runs.subList(0, learnt)).orElseThrow();
      for (TraitReading reading : TraitWatch.read(baseline, runs.subList(learnt, runs.size()))) {
        int found = reading.drift().map(drift -> drift.runs() - calm).orElse(0);
        if (reading.trait().word().equals("success") && found > 0) {
          delays[agent] = found;
        } else if (reading.drift().isPresent()) {
          others++;
        }
      }
    }
    return new Found(
        agents, Arrays.stream(delays).filter(delay -> delay > 0).sorted().toArray(), others);
  }

  private static List<PastRun> runs(
      SplittableRandom random, int calm, int changed, double before, double after) {
    List<PastRun> runs = new ArrayList<>(calm + changed);
    for (int i = 0; i < calm + changed; i++) {
      boolean success = random.nextDouble() < (i < calm ? before : after);
      runs.add(
          new PastRun(
              "run-" + i,
              Instant.EPOCH.plusSeconds((long) SECONDS * i),
              "v1",
              success ? "approved" : "declined",
              success,
              random.nextDouble() < 0.05,
              random.nextDouble() < 0.01,
              Math.exp(random.nextGaussian()),
              3 + random.nextInt(6),
              1_000 + random.nextInt(4_000),
              0.01 * Math.exp(random.nextGaussian())));
    }
    return runs;
  }
}
