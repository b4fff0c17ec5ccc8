// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.conversation.Step;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A step with the address of its run.
///
/// @param fill of the context window of a model call, null where it is unknown
public record StepView(Step step, String base, @Nullable ContextFill fill) {
  public StepView(Step step, String base) {
    this(step, base, null);
  }

  /// @param fills of context windows, by the span of the step
  static StepView of(Step step, String base, Map<String, ContextFill> fills) {
    return new StepView(
        step, base, step.kind() == Step.Kind.MODEL ? fills.get(step.spanId()) : null);
  }

  /// What it cost; where nobody knows, it says of what.
  public String cost() {
    return step.cost().inWords();
  }
}
