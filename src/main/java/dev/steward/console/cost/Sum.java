// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.trace.run.CostQuery;
import dev.steward.trace.run.RunCost;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Cost and use of several groups together.
///
/// @param input null when no call said any
/// @param output null when no call said any
record Sum(RunCost cost, long calls, @Nullable Long input, @Nullable Long output) {
  static final Sum NONE = new Sum(RunCost.NONE, 0, null, null);

  Sum plus(CostQuery.Row row) {
    return plus(new Sum(row.cost(), row.modelCalls(), row.inputTokens(), row.outputTokens()));
  }

  Sum plus(Sum other) {
    return new Sum(
        cost.plus(other.cost),
        calls + other.calls,
        plus(input, other.input),
        plus(output, other.output));
  }

  BigDecimal amount() {
    return cost.amount();
  }

  private static @Nullable Long plus(@Nullable Long one, @Nullable Long other) {
    if (one == null) {
      return other;
    }
    return other == null ? one : Long.valueOf(one + other);
  }
}
