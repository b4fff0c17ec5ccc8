// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.shape;

import dev.steward.control.Accepted;
import dev.steward.control.manifest.Problem;
import dev.steward.control.plan.Change;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.Plan;
import dev.steward.server.http.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an apply or delete has done or would do.
///
/// @param applied whether it was done
/// @param sequence entries of the control ledger after it, null when nothing was done
/// @param proposal why it waits or would wait for a second person, null where it acts at once
public record PlanItem(
    boolean applied,
    @Nullable Long sequence,
    List<ChangeItem> changes,
    List<Flaw> problems,
    List<Flaw> warnings,
    @Nullable ProposedItem proposal) {

  /// A change that does not act before a second person has accepted it.
  ///
  /// @param id of the proposal, "" where it was only asked what would happen
  /// @param widens what agents that run in canary or production could do or spend more
  /// @param narrows what less
  public record ProposedItem(String id, List<String> widens, List<String> narrows) {
    private static @Nullable ProposedItem of(Plan plan, boolean done) {
      return plan.proposed()
          .map(proposed ->
              new ProposedItem(done ? proposed.id() : "", proposed.widens(), proposed.narrows()))
          .orElse(null);
    }
  }

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
        sequence != null && plan.proposed().isEmpty(),
        sequence,
        plan.changes().stream().map(ChangeItem::of).toList(),
        plan.problems().stream().map(Flaw::of).toList(),
        plan.warnings().stream().map(Flaw::of).toList(),
        ProposedItem.of(plan, sequence != null));
  }

  /// The answer to a change that was asked for: 202 where it waits for a second person.
  public static Reply reply(Accepted accepted) {
    return Reply.json(
        accepted.plan().proposed().isPresent() ? 202 : 200,
        of(accepted.plan(), accepted.sequence()));
  }

  /// A plan that failed before anything could be planned.
  public static PlanItem unreadable(List<Problem> problems) {
    return new PlanItem(
        false, null, List.of(), problems.stream().map(Flaw::of).toList(), List.of(), null);
  }
}
