// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import dev.steward.control.manifest.Problem;
import java.util.List;

/// What an apply would do. With a problem in it, it would do nothing.
///
/// @param warnings what is allowed but leaves a question open
public record Plan(List<Change> changes, List<Problem> problems, List<Problem> warnings) {
  public static final Plan NOTHING = new Plan(List.of(), List.of(), List.of());

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
