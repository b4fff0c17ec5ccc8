// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.sums;

import dev.steward.trace.assembly.RunSums;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.OutcomeWords;
import dev.steward.trace.run.Run;
import dev.steward.trace.run.RunCost;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Groups runs into tasks and tasks as a query asks. A run belongs to the stretch of time that it
/// started in; a task that spans groups counts in each with its runs there.
public final class TaskRows {
  private final CostQuery query;
  private final Map<List<String>, Map<String, Task>> groups = new TreeMap<>(CostRows.IN_ORDER);

  /// @throws IllegalArgumentException when the query groups or filters by what a run has several of
  public TaskRows(CostQuery query) {
    requireOfRuns(query);
    this.query = query;
  }

  public static void requireOfRuns(CostQuery query) {
    for (CostQuery.By by : query.by()) {
      require(by);
    }
    for (CostQuery.By by : query.only().keySet()) {
      require(by);
    }
  }

  private static void require(CostQuery.By by) {
    if (!by.ofRuns()) {
      throw new IllegalArgumentException("a run has several of " + by);
    }
  }

  public void add(Run run) {
    boolean asked =
        !run.startedAt().isBefore(query.from())
            && run.startedAt().isBefore(query.to())
            && query.only().entrySet().stream()
                .allMatch(only -> only.getValue().contains(value(only.getKey(), run)));
    if (asked) {
      List<String> key = query.by().stream().map(by -> value(by, run)).toList();
      groups
          .computeIfAbsent(key, _ -> new HashMap<>())
          .computeIfAbsent(run.task(), _ -> new Task())
          .add(run);
    }
  }

  /// Groups in order of their values.
  public List<CostQuery.TaskRow> rows() {
    List<CostQuery.TaskRow> rows = new ArrayList<>(groups.size());
    groups.forEach((key, tasks) -> {
      long runs = 0;
      long judged = 0;
      long successes = 0;
      RunSums sums = new RunSums();
      for (Task task : tasks.values()) {
        runs += task.costs.size();
        judged += task.judged ? 1 : 0;
        successes += task.success ? 1 : 0;
        if (task.judged) {
          task.costs.forEach(c -> sums.add(c.currency(), c.amount(), c.priced(), c.unknown()));
        }
      }
      rows.add(new CostQuery.TaskRow(key, runs, tasks.size(), judged, successes, sums.cost()));
    });
    return rows;
  }

  private static String value(CostQuery.By by, Run run) {
    Instant started = run.startedAt();
    return switch (by) {
      case AGENT -> run.agent();
      case VERSION -> run.version();
      case WORKFLOW -> run.workflow() == null ? "" : run.workflow();
      case TEAM -> run.team();
      case ENVIRONMENT -> run.environment();
      case RUN -> run.id();
      case DAY -> started.toString().substring(0, 10);
      case HOUR -> started.truncatedTo(ChronoUnit.HOURS).toString();
      case MINUTE -> started.truncatedTo(ChronoUnit.MINUTES).toString();
      case CALLER, WHAT, PROVIDER, MODEL, TOOL, STEP ->
          throw new IllegalArgumentException("a run has several of " + by);
    };
  }

  private static final class Task {
    private final List<RunCost> costs = new ArrayList<>();
    private boolean judged;
    private boolean success;

    void add(Run run) {
      costs.add(run.cost());
      judged |= run.outcome() != null || run.score() != null;
      success |= OutcomeWords.success(run.outcome(), run.score());
    }
  }
}
