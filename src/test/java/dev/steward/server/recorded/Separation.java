// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// How well a score tells failures from successes: the area under the curve, one half for not at
/// all, with an interval from drawing whole tasks again, for trials of a task are no independent
/// runs.
record Separation(double auc, double low, double high, int failures, int successes) {
  private static final int RESAMPLES = 2_000;

  /// One run.
  record Scored(String task, boolean failure, double score) {}

  static Separation of(List<Scored> runs) {
    List<List<Scored>> tasks =
        new ArrayList<>(
            runs.stream().collect(Collectors.groupingBy(Scored::task)).values().stream().toList());
    tasks.sort((one, other) -> one.getFirst().task().compareTo(other.getFirst().task()));
    SplittableRandom random = new SplittableRandom(7);
    double[] areas = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      List<Scored> drawn = new ArrayList<>();
      for (int j = 0; j < tasks.size(); j++) {
        drawn.addAll(tasks.get(random.nextInt(tasks.size())));
      }
      areas[i] = area(drawn);
    }
    Arrays.sort(areas);
    int failures = (int) runs.stream().filter(Scored::failure).count();
    return new Separation(
        area(runs),
        areas[(int) (0.025 * RESAMPLES)],
        areas[(int) (0.975 * RESAMPLES)],
        failures,
        runs.size() - failures);
  }

  private static double area(List<Scored> runs) {
    double wins = 0;
    long pairs = 0;
    for (Scored failure : runs) {
      for (Scored success : runs) {
        if (failure.failure() && !success.failure()) {
          pairs++;
          double difference = Double.compare(failure.score(), success.score());
          wins += difference > 0 ? 1 : difference == 0 ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? 0.5 : wins / pairs;
  }

  @Override
  public String toString() {
    return "AUC %.2f (%.2f to %.2f), %d failures, %d successes"
        .formatted(auc, low, high, failures, successes);
  }
}
