// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import dev.steward.control.manifest.Problem;
import java.util.List;
import java.util.Optional;

/// What an apply would do. With a problem in it, it would do nothing.
///
/// @param warnings what is allowed but leaves a question open
/// @param proposed why it would wait for a second person, empty where it would act at once
public record Plan(
    List<Change> changes,
    List<Problem> problems,
    List<Problem> warnings,
    Optional<Proposed> proposed) {
  public static final Plan NOTHING = new Plan(List.of(), List.of(), List.of());

  /// A change that does not act before a second person has accepted it.
  ///
  /// @param id of the proposal
  /// @param widens why
  /// @param narrows what else it would do
  public record Proposed(String id, List<String> widens, List<String> narrows) {
    public Proposed {
      widens = List.copyOf(widens);
      narrows = List.copyOf(narrows);
    }
  }

  /// One that would act at once.
  public Plan(List<Change> changes, List<Problem> problems, List<Problem> warnings) {
    this(changes, problems, warnings, Optional.empty());
  }

  public Plan {
    changes = List.copyOf(changes);
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  public boolean refused() {
    return !problems.isEmpty();
  }

  /// Whether applying it would change anything.
  public boolean changesSomething() {
    return changes.stream().anyMatch(change -> !(change instanceof Change.Unchanged));
  }
}
