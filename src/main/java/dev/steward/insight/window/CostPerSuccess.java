// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.trace.run.RunCost;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/// What was spent for each task that succeeded, with everything that was spent on those that did
/// not. A task with all its runs is one observation.
public sealed interface CostPerSuccess {

  /// @param low where the 95 % interval begins
  /// @param high where it ends; infinite where nobody can say
  /// @param tasks of which it is known whether they succeeded
  record Known(double amount, String currency, double low, double high, long tasks, long successes)
      implements CostPerSuccess {}

  /// @param why it cannot be told
  record Unknown(String why) implements CostPerSuccess {}

  static CostPerSuccess of(Collection<TaskSum> all) {
    List<TaskSum> judged = all.stream().filter(TaskSum::judged).toList();
    if (judged.isEmpty()) {
      return new Unknown("of no task is it known whether it succeeded");
    }
    RunCost cost = judged.stream().map(TaskSum::cost).reduce(Spent.NOTHING, Spent::plus).cost();
    long successes = judged.stream().filter(TaskSum::success).count();
    if (successes == 0) {
      return new Unknown("no task succeeded");
    }
    if (!cost.known()) {
      return new Unknown(
          cost.priced() == 0
              ? "nothing has a known cost"
              : "the cost of " + cost.unknown() + " calls is not known");
    }
    return Ratio.of(judged).estimate(cost.currency());
  }

  /// Costs and successes of tasks, in an order that is theirs.
  @SuppressWarnings("ArrayRecordComponent") // thousands of numbers that are read again and again
  record Ratio(double[] costs, double[] successes) {
    private static final double Z = 1.959964;

    /// Below it the normal curve is a poor guide.
    private static final int NORMAL_MIN = 100;

    private static final int RESAMPLES = 1_000;
    private static final long SEED = 20_261_122;

    static Ratio of(List<TaskSum> tasks) {
      double[] well = costs(tasks, true);
      double[] ill = costs(tasks, false);
      double[] costs = Arrays.copyOf(well, tasks.size());
      System.arraycopy(ill, 0, costs, well.length, ill.length);
      double[] successes = new double[tasks.size()];
      Arrays.fill(successes, 0, well.length, 1);
      return new Ratio(costs, successes);
    }

    private static double[] costs(List<TaskSum> tasks, boolean success) {
      return tasks.stream()
          .filter(task -> task.success() == success)
          .mapToDouble(task -> task.cost().amount().doubleValue())
          .sorted()
          .toArray();
    }

    Known estimate(String currency) {
      int n = costs.length;
      double successful = Arrays.stream(successes).sum();
      double value = Arrays.stream(costs).sum() / successful;
      double[] ends = n < NORMAL_MIN ? resampled() : delta(value);
      return new Known(value, currency, ends[0], ends[1], n, (long) successful);
    }

    /// Of the logarithm, by the delta method.
    private double[] delta(double value) {
      int n = costs.length;
      double cost = Arrays.stream(costs).sum() / n;
      double rate = Arrays.stream(successes).sum() / n;
      if (cost == 0) {
        return new double[] {0, 0};
      }
      double squares = 0;
      double products = 0;
      for (int i = 0; i < n; i++) {
        squares += (costs[i] - cost) * (costs[i] - cost);
        products += (costs[i] - cost) * (successes[i] - rate);
      }
      double variance =
          squares / (n - 1) / (n * cost * cost)
              + (1 - rate) / (n * rate)
              - 2 * products / (n - 1) / (n * cost * rate);
      double half = Z * Math.sqrt(Math.max(0, variance));
      return new double[] {value * Math.exp(-half), value * Math.exp(half)};
    }

    /// By drawing tasks again and again, always the same way.
    private double[] resampled() {
      int n = costs.length;
      SplittableRandom random = new SplittableRandom(SEED);
      double[] values = new double[RESAMPLES];
      for (int i = 0; i < RESAMPLES; i++) {
        double cost = 0;
        double successful = 0;
        for (int j = 0; j < n; j++) {
          int drawn = random.nextInt(n);
          cost += costs[drawn];
          successful += successes[drawn];
        }
        values[i] = successful == 0 ? Double.POSITIVE_INFINITY : cost / successful;
      }
      Arrays.sort(values);
      return new double[] {
        values[(int) (0.025 * RESAMPLES)], values[(int) Math.ceil(0.975 * RESAMPLES) - 1]
      };
    }
  }
}
