// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.window;

import dev.steward.trace.run.RunStatus;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Adds up runs and windows to one window. To be used by one thread, and once.
final class WindowSum {
  private final Map<Count, Long> counts = new EnumMap<>(Count.class);
  private final Map<Waste, Spent> waste = new EnumMap<>(Waste.class);
  private final Map<String, Long> outcomes = new HashMap<>();
  private final Map<Integer, Long> latencies = new TreeMap<>();
  private final Map<String, TaskSum> tasks = new HashMap<>();
  private Spent spent = Spent.NOTHING;

  void add(RunSign run) {
    RunReading reading = run.reading();
    add(Count.RUNS, 1);
    add(Count.JUDGED, run.success() != null);
    add(Count.SUCCESSES, Boolean.TRUE.equals(run.success()));
    add(Count.FAILED, run.status() == RunStatus.FAILED && !reading.timedOut());
    add(Count.TIMED_OUT, reading.timedOut());
    add(Count.ABANDONED, run.status() == RunStatus.ABANDONED);
    add(Count.STEPS, run.steps());
    add(Count.TOOL_CALLS, reading.tools());
    add(Count.TOOL_FAILURES, reading.toolFailures());
    add(Count.APPROVALS, reading.approvals());
    add(Count.DENIALS, reading.denials());
    add(Count.CLAIMING, reading.claims() > 0);
    add(Count.UNGROUNDED, reading.ungrounded() > 0);
    add(Count.ANSWERS_UNKNOWN, reading.claims() < 0);
    add(Count.READ, reading.silent() >= 0 && reading.results() > 0);
    add(Count.SILENT, reading.silent() > 0);
    add(Count.RESULTS_UNKNOWN, reading.silent() < 0);
    spent = spent.plus(Spent.of(run.cost()));
    for (Waste why : Waste.values()) {
      Spent wasted = run.wasted(why);
      if (!wasted.nothing()) {
        waste.merge(why, wasted, Spent::plus);
      }
    }
    if (run.outcome() != null) {
      outcomes.merge(run.outcome(), 1L, Long::sum);
    }
    reading.latencies().forEach(bucket -> latencies.merge(bucket, 1L, Long::sum));
    tasks.merge(run.task(), TaskSum.of(run), TaskSum::plus);
  }

  void add(Window window) {
    window.counts().forEach(this::add);
    spent = spent.plus(window.spent());
    window.waste().forEach((why, wasted) -> waste.merge(why, wasted, Spent::plus));
    window.outcomes().forEach((label, count) -> outcomes.merge(label, count, Long::sum));
    window
        .latencies()
        .counts()
        .forEach((bucket, count) -> latencies.merge(bucket, count, Long::sum));
    window.tasks().forEach((task, sum) -> tasks.merge(task, sum, TaskSum::plus));
  }

  Window window() {
    return new Window(
        counts, spent, waste, outcomes, new Latencies(new TreeMap<>(latencies)), tasks);
  }

  private void add(Count what, boolean is) {
    if (is) {
      add(what, 1);
    }
  }

  private void add(Count what, long number) {
    if (number != 0) {
      counts.merge(what, number, Long::sum);
    }
  }
}
