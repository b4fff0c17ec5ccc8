// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

/// All runs of one piece of work.
///
/// @param judged whether it is known of any run whether it succeeded
/// @param success whether any did
record TaskSum(Spent cost, boolean judged, boolean success) {

  static TaskSum of(RunSign run) {
    return new TaskSum(
        Spent.of(run.cost()), run.success() != null, Boolean.TRUE.equals(run.success()));
  }

  TaskSum plus(TaskSum other) {
    return new TaskSum(cost.plus(other.cost), judged || other.judged, success || other.success);
  }
}
