// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.watch;

/// What must not get worse. Evidence that it did rolls the canary back at once.
public sealed interface Guardrail {
  /// As the decision names it, and no other guardrail of the plan.
  String name();

  /// More than its part of the units with such an event are the canary's.
  record Events(Unit.Event event) implements Guardrail {
    @Override
    public String name() {
      return event.word() + " units";
    }
  }

  /// The mean grows by more than a part of it. To be promoted, less than that must be shown.
  ///
  /// @param most such as 0.1 for a tenth
  record Growth(Measure measure, double most) implements Guardrail {
    public Growth {
      if (!(most >= 0)) {
        throw new IllegalArgumentException("growth is below 0: " + most);
      }
    }

    @Override
    public String name() {
      return "mean " + measure.word();
    }
  }

  /// More units lie above a quantile of the control.
  ///
  /// @param quantile such as 0.9
  record Tail(Measure measure, double quantile) implements Guardrail {
    public Tail {
      if (!(quantile > 0 && quantile < 1)) {
        throw new IllegalArgumentException("quantile is not between 0 and 1: " + quantile);
      }
    }

    @Override
    public String name() {
      return "tail of " + measure.word();
    }
  }
}
