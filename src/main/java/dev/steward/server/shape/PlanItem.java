// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.control.manifest.Problem;
import dev.steward.control.plan.Change;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an apply or delete has done or would do.
///
/// @param applied whether it was done
/// @param sequence entries of the control ledger after it, null when nothing was done
public record PlanItem(
    boolean applied,
    @Nullable Long sequence,
    List<ChangeItem> changes,
    List<Flaw> problems,
    List<Flaw> warnings) {

  /// Something wrong, and where.
  ///
  /// @param file "" when the resource did not come from a file
  /// @param line counted from 1, 0 when not known
  /// @param field path such as `spec.owner`, "" for the whole resource
  /// @param message cause and remedy
  public record Flaw(String file, int line, String field, String message) {
    private static Flaw of(Problem problem) {
      return new Flaw(problem.file(), problem.line(), problem.field(), problem.message());
    }
  }

  /// What happens to one resource.
  ///
  /// @param change created, changed, unchanged or deleted
  public record ChangeItem(String kind, String name, String change, List<FieldDiff> fields) {
    private static ChangeItem of(Change change) {
      return switch (change) {
        case Change.Created c -> new ChangeItem(c.kind(), c.name(), "created", List.of());
        case Change.Changed c -> new ChangeItem(c.kind(), c.name(), "changed", c.fields());
        case Change.Unchanged c -> new ChangeItem(c.kind(), c.name(), "unchanged", List.of());
        case Change.Deleted c -> new ChangeItem(c.kind(), c.name(), "deleted", List.of());
      };
    }
  }

  public static PlanItem of(Plan plan, @Nullable Long sequence) {
    return new PlanItem(
        sequence != null,
        sequence,
        plan.changes().stream().map(ChangeItem::of).toList(),
        plan.problems().stream().map(Flaw::of).toList(),
        plan.warnings().stream().map(Flaw::of).toList());
  }

  /// A plan that failed before anything could be planned.
  public static PlanItem unreadable(List<Problem> problems) {
    return new PlanItem(
        false, null, List.of(), problems.stream().map(Flaw::of).toList(), List.of());
  }
}
