// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an attempt to reserve a call's worst case ended.
public sealed interface Reservation permits Held, Reservation.Exhausted {

  /// Some budget has not enough left, and nothing is reserved anywhere.
  ///
  /// @param budget the one that refused
  /// @param unit of the figures: a currency, `tokens` or `calls`
  /// @param reserved by calls in flight, which may still give some of it back
  /// @param needed by this call
  /// @param resets when the budget is full again, null for that of a run
  /// @param words what a person is told: the cause and what can be done
  record Exhausted(
      String budget,
      String unit,
      BigDecimal limit,
      BigDecimal used,
      BigDecimal reserved,
      BigDecimal needed,
      @Nullable Instant resets,
      String words)
      implements Reservation {}
}
