// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.domain.release.Wilson;
import dev.steward.trace.run.RunCost;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;

/// How some runs went together. Windows are merged in any order, and a window of runs is the merged
/// windows of its parts: a task that has runs in several is one task again.
///
/// @param outcomes how many runs ended with which label
/// @param tasks by name; whoever made them gives them away
public record Window(
    Map<Count, Long> counts,
    Spent spent,
    Map<Waste, Spent> waste,
    Map<String, Long> outcomes,
    Latencies latencies,
    Map<String, TaskSum> tasks) {
  public static final Window NONE = new WindowSum().window();

  public Window {
    counts = Map.copyOf(counts);
    waste = Map.copyOf(waste);
    outcomes = Map.copyOf(outcomes);
    tasks = Collections.unmodifiableMap(tasks);
  }

  static Window of(Collection<RunSign> runs) {
    WindowSum sum = new WindowSum();
    runs.forEach(sum::add);
    return sum.window();
  }

  /// All of them as one.
  public static Window merged(Collection<Window> windows) {
    WindowSum sum = new WindowSum();
    windows.forEach(sum::add);
    return sum.window();
  }

  public long count(Count what) {
    return counts.getOrDefault(what, 0L);
  }

  /// Of all runs; the amount is whole only when nothing is unknown.
  public RunCost cost() {
    return spent.cost();
  }

  /// What was spent for nothing under one name.
  public RunCost wasted(Waste why) {
    return waste.getOrDefault(why, Spent.NOTHING).cost();
  }

  /// Of the runs of which it is known.
  public Wilson success() {
    return new Wilson(count(Count.SUCCESSES), count(Count.JUDGED));
  }

  public Wilson toolSuccess() {
    long calls = count(Count.TOOL_CALLS);
    return new Wilson(calls - count(Count.TOOL_FAILURES), calls);
  }

  /// Of the runs that answered anything definite.
  public Wilson ungrounded() {
    return new Wilson(count(Count.UNGROUNDED), count(Count.CLAIMING));
  }

  /// Of the runs that had results of tools, all of which could be read.
  public Wilson silent() {
    return new Wilson(count(Count.SILENT), count(Count.READ));
  }

  public CostPerSuccess costPerSuccess() {
    return CostPerSuccess.of(tasks.values());
  }
}
