// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.statistics;

import dev.steward.insight.drift.Baseline;
import dev.steward.insight.drift.DriftDetector;
import java.util.function.Function;

/// Watches scores one after the other.
public interface Watcher {
  /// Whether it alarms, now or before.
  boolean alarms(double score);

  /// Ours.
  static Function<Baseline, Watcher> ours(double tolerance, double runLength) {
    return baseline -> {
      DriftDetector detector = new DriftDetector(baseline, tolerance, runLength);
      return score -> {
        detector.add(score);
        return detector.alarm() != DriftDetector.Direction.NONE;
      };
    };
  }

  /// One that knows both rates (Shiryaev and Roberts): nothing that keeps the run length is sooner.
  static Function<Baseline, Watcher> oracle(double before, double after, double runLength) {
    return _ ->
        new Watcher() {
          private double evidence;

          @Override
          public boolean alarms(double score) {
            double ratio = score > 0 ? after / before : (1 - after) / (1 - before);
            evidence = (1 + evidence) * ratio;
            return evidence >= runLength;
          }
        };
  }

  /// The usual test of the last 200 scores against the baseline, at every score.
  static Function<Baseline, Watcher> rollingZ(double bound) {
    return baseline ->
        new Watcher() {
          private static final int WINDOW = 200;
          private final double[] last = new double[WINDOW];
          private int seen;
          private double sum;
          private boolean alarmed;

          @Override
          public boolean alarms(double score) {
            sum += score - last[seen % WINDOW];
            last[seen % WINDOW] = score;
            seen++;
            double mean = baseline.mean();
            double spread = Math.sqrt(mean * (1 - mean) / WINDOW);
            alarmed |= seen >= WINDOW && Math.abs(sum / WINDOW - mean) / spread >= bound;
            return alarmed;
          }
        };
  }

  /// Page and Hinkley's test in both directions, with the parameters that its libraries start from:
  /// changes below 0.005 are let pass, and 50 is too much.
  static Function<Baseline, Watcher> pageHinkley() {
    return _ ->
        new Watcher() {
          private static final double PASS = 0.005;
          private static final double BOUND = 50;
          private static final int LEAST = 30;
          private int seen;
          private double mean;
          private double up;
          private double down;
          private boolean alarmed;

          @Override
          public boolean alarms(double score) {
            seen++;
            mean += (score - mean) / seen;
            up = Math.max(0, up + score - mean - PASS);
            down = Math.max(0, down + mean - score - PASS);
            alarmed |= seen >= LEAST && Math.max(up, down) > BOUND;
            return alarmed;
          }
        };
  }
}
