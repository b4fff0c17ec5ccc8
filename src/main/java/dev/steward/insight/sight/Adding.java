// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sight;

import dev.steward.trace.run.ActivitySlice;
import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.UsedPart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up what was asked for one agent or group of agents at a time. What belongs to several of
/// them, such as a task that two agents worked on, counts for each.
final class Adding {
  private Adding() {}

  static List<CostQuery.Row> costs(List<List<CostQuery.Row>> parts) {
    Map<List<String>, CostQuery.Row> sums = new LinkedHashMap<>();
    for (List<CostQuery.Row> part : parts) {
      for (CostQuery.Row row : part) {
        sums.merge(row.group(), row, Adding::plus);
      }
    }
    return List.copyOf(sums.values());
  }

  private static CostQuery.Row plus(CostQuery.Row one, CostQuery.Row other) {
    return new CostQuery.Row(
        one.group(),
        one.cost().plus(other.cost()),
        plus(one.runs(), other.runs()),
        one.modelCalls() + other.modelCalls(),
        plus(one.inputTokens(), other.inputTokens()),
        plus(one.outputTokens(), other.outputTokens()));
  }

  /// What is unknown of both is unknown.
  private static @Nullable Long plus(@Nullable Long one, @Nullable Long other) {
    return one == null ? other : other == null ? one : Long.valueOf(one + other);
  }

  static List<CostQuery.TaskRow> tasks(List<List<CostQuery.TaskRow>> parts) {
    Map<List<String>, CostQuery.TaskRow> sums = new LinkedHashMap<>();
    for (List<CostQuery.TaskRow> part : parts) {
      for (CostQuery.TaskRow row : part) {
        sums.merge(row.group(), row, Adding::plus);
      }
    }
    return List.copyOf(sums.values());
  }

  private static CostQuery.TaskRow plus(CostQuery.TaskRow one, CostQuery.TaskRow other) {
    return new CostQuery.TaskRow(
        one.group(),
        one.runs() + other.runs(),
        one.tasks() + other.tasks(),
        one.judged() + other.judged(),
        one.successes() + other.successes(),
        one.cost().plus(other.cost()));
  }

  /// @param parts each with the same slices
  static List<ActivitySlice> slices(List<List<ActivitySlice>> parts) {
    List<ActivitySlice> sums = new ArrayList<>(parts.getFirst());
    for (List<ActivitySlice> part : parts.subList(1, parts.size())) {
      for (int i = 0; i < sums.size(); i++) {
        sums.set(i, plus(sums.get(i), part.get(i)));
      }
    }
    return sums;
  }

  private static ActivitySlice plus(ActivitySlice one, ActivitySlice other) {
    return new ActivitySlice(
        one.from(),
        one.to(),
        one.runs() + other.runs(),
        one.withOutcome() + other.withOutcome(),
        one.successes() + other.successes(),
        one.errors() + other.errors(),
        one.successfulTasks() + other.successfulTasks(),
        one.cost().plus(other.cost()));
  }

  static List<UsedPart> used(List<List<UsedPart>> parts) {
    Map<List<Object>, UsedPart> sums = new LinkedHashMap<>();
    for (List<UsedPart> part : parts) {
      for (UsedPart used : part) {
        sums.merge(List.of(used.kind(), used.name()), used, Adding::plus);
      }
    }
    return List.copyOf(sums.values());
  }

  private static UsedPart plus(UsedPart one, UsedPart other) {
    return new UsedPart(
        one.kind(),
        one.name(),
        one.runs() + other.runs(),
        one.lastSeen().isAfter(other.lastSeen()) ? one.lastSeen() : other.lastSeen());
  }
}
