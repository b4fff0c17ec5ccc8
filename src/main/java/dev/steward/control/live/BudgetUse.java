// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import dev.steward.control.budget.WindowKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much of each budget is used, as of now.
@FunctionalInterface
public interface BudgetUse {
  /// A view of a server without a gateway.
  BudgetUse NONE = List::of;

  /// The window of each budget that is open now, also where nothing is spent yet; of budgets by the
  /// run each run's window. By name, the fullest window of a name first.
  List<Use> now();

  /// One window.
  ///
  /// @param limit with what was topped up
  /// @param toppedUp part of the limit
  /// @param used settled, never less than what was really spent
  /// @param reserved held for calls in flight
  /// @param unknown part of used that was charged without knowing the cost
  /// @param unknownCalls how many calls those were
  /// @param since start of the window; of a run's its first call
  /// @param resets when it ends, null for a run's
  /// @param forecast what will be used at its end if it goes on as since its start, null where too
  ///   little has passed to say
  /// @param runsOut when nothing will be left if it goes on so, null where that is after its end
  /// @param warnedAt when a person was told that it runs low, null if not
  /// @param stoppedAt when the first call was refused, null if none was
  /// @param points used so far, the oldest first
  record Use(
      WindowKey key,
      BigDecimal limit,
      BigDecimal toppedUp,
      BigDecimal used,
      BigDecimal reserved,
      BigDecimal unknown,
      long unknownCalls,
      long calls,
      long refused,
      Instant since,
      @Nullable Instant resets,
      @Nullable BigDecimal forecast,
      @Nullable Instant runsOut,
      @Nullable Instant warnedAt,
      @Nullable Instant stoppedAt,
      List<Point> points) {
    public Use {
      points = List.copyOf(points);
    }

    public BigDecimal left() {
      return limit.subtract(used).subtract(reserved).max(BigDecimal.ZERO);
    }
  }

  /// How much was used at a moment.
  record Point(Instant at, BigDecimal used) {}
}
