// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.budget;

import dev.steward.control.budget.WindowKey;
import java.math.BigDecimal;
import java.time.Instant;

/// A person should know of a window: it runs low, or a call was refused. It comes once for each
/// limit of a window, so again only after a top-up.
///
/// @param words for a person, such as a line of a message
public record BudgetNotice(
    Kind kind, WindowKey window, BigDecimal limit, BigDecimal used, Instant at, String words) {
  /// What is the matter.
  public enum Kind {
    WARNED,
    STOPPED
  }

  /// Who is told; it must return at once.
  @FunctionalInterface
  public interface Listener {
    void noticed(BudgetNotice notice);
  }
}
