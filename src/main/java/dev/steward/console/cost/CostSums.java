// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.trace.TraceQueries;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.CostQuery.By;
import dev.steward.trace.run.CostQuery.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that the cost page counts, read once.
///
/// @param from where it begins: of the stretch, or of the first cost in one without a beginning
/// @param groups by the value of the first dimension
/// @param parts by both dimensions, empty without a second
/// @param bars by start of the bar and value of the dimension that bars are stacked of
/// @param before of the time before by the first dimension, null where there is no time before
/// @param tasks by the first dimension, null where tasks cannot be told by it
/// @param allTasks null where tasks cannot be told at all
record CostSums(
    Instant from,
    Slices slices,
    Sum total,
    Map<String, Sum> groups,
    Map<String, Map<String, Sum>> parts,
    Map<Instant, Map<String, Sum>> bars,
    @Nullable Map<String, Sum> before,
    @Nullable Map<String, TaskRow> tasks,
    @Nullable TaskRow allTasks) {

  static CostSums read(TraceQueries traces, CostRequest asked, Instant now) {
    CostQuery query = asked.query();
    boolean bounded = asked.range().bounded();
    Instant to = asked.range().to().isAfter(now) ? now : asked.range().to();
    // of a stretch without a beginning days are asked for: their first says where it begins
    Slices fine = bounded ? Slices.of(query.from(), to) : new Slices(By.DAY, Duration.ofDays(1));
    By split = asked.split();
    List<CostQuery.Row> rows =
        traces.cost(
            split == null
                ? query.groupedBy(asked.group(), fine.by())
                : query.groupedBy(asked.group(), split, fine.by()));
    Instant from = bounded ? query.from() : first(rows, fine, to);
    Slices slices = bounded ? fine : daily(from, to);
    Sum total = Sum.NONE;
    Map<String, Sum> groups = new HashMap<>();
    Map<String, Map<String, Sum>> parts = new HashMap<>();
    Map<Instant, Map<String, Sum>> bars = new TreeMap<>();
    for (CostQuery.Row row : rows) {
      Sum one = Sum.NONE.plus(row);
      String group = row.group().getFirst();
      String stack =
          asked.group().time() && split == null ? "" : row.group().get(split == null ? 0 : 1);
      total = total.plus(one);
      groups.merge(group, one, Sum::plus);
      if (split != null) {
        parts.computeIfAbsent(group, _ -> new HashMap<>()).merge(stack, one, Sum::plus);
      }
      bars.computeIfAbsent(slices.start(row.group().getLast()), _ -> new HashMap<>())
          .merge(stack, one, Sum::plus);
    }
    boolean tasksToo = asked.ofRuns();
    Map<String, TaskRow> tasks =
        tasksToo && asked.group().ofRuns() ? byGroup(traces.tasks(query)) : null;
    return new CostSums(
        from,
        slices,
        total,
        groups,
        parts,
        bars,
        bounded ? before(traces, asked, query, Duration.between(query.from(), to)) : null,
        tasks,
        !tasksToo
            ? null
            : tasks == null ? all(traces.tasks(query.groupedBy())) : all(tasks.values()));
  }

  private static Slices daily(Instant from, Instant to) {
    Slices slices = Slices.of(from, to);
    return slices.by() == By.DAY ? slices : new Slices(By.DAY, Duration.ofDays(1));
  }

  private static Instant first(List<CostQuery.Row> rows, Slices slices, Instant to) {
    Instant first = to.minus(Duration.ofDays(1));
    for (CostQuery.Row row : rows) {
      Instant at = slices.start(row.group().getLast());
      first = at.isBefore(first) ? at : first;
    }
    return first;
  }

  private static @Nullable Map<String, Sum> before(
      TraceQueries traces, CostRequest asked, CostQuery query, Duration length) {
    Map<String, Sum> before = new HashMap<>();
    By[] by = asked.group().time() ? new By[0] : new By[] {asked.group()};
    CostQuery earlier =
        new CostQuery(List.of(by), query.from().minus(length), query.from(), query.only())
            .withoutRuns();
    for (CostQuery.Row row : traces.cost(earlier)) {
      before.merge(
          row.group().isEmpty() ? "" : row.group().getFirst(), Sum.NONE.plus(row), Sum::plus);
    }
    return before;
  }

  private static Map<String, TaskRow> byGroup(List<TaskRow> rows) {
    Map<String, TaskRow> tasks = new HashMap<>();
    rows.forEach(row -> tasks.put(row.group().getFirst(), row));
    return tasks;
  }

  private static TaskRow all(Iterable<TaskRow> rows) {
    TaskRow all = new TaskRow(List.of(), 0, 0, 0, 0, dev.steward.trace.run.RunCost.NONE);
    for (TaskRow row : rows) {
      all =
          new TaskRow(
              List.of(),
              all.runs() + row.runs(),
              all.tasks() + row.tasks(),
              all.judged() + row.judged(),
              all.successes() + row.successes(),
              all.cost().plus(row.cost()));
    }
    return all;
  }

  /// The values that bars are stacked of, the costliest first.
  List<String> stacked() {
    Map<String, Sum> all = new HashMap<>();
    bars.values().forEach(bar -> bar.forEach((name, sum) -> all.merge(name, sum, Sum::plus)));
    List<String> names = new ArrayList<>(all.keySet());
    names.sort((one, other) -> {
      int place =
          all.getOrDefault(other, Sum.NONE)
              .amount()
              .compareTo(all.getOrDefault(one, Sum.NONE).amount());
      return place != 0 ? place : one.compareTo(other);
    });
    return names;
  }
}
