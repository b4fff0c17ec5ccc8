// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.canary;

import java.util.Locale;

/// The rules. Breaches are asked for first, then what makes a promotion, then the time; what is in
/// the way of a promotion decides while there is time left.
public enum Rule {
  /// A guardrail's evidence reached its threshold.
  GUARDRAIL_BREACHED,
  /// The evidence of a loss beyond what is tolerated reached its threshold.
  SUCCESS_WORSE,
  /// The arms did not get the shares that were meant.
  ASSIGNMENT_BROKEN,
  /// One arm tells its outcomes more often than the other.
  OUTCOMES_UNEVEN,
  /// There are fewer units, or less time has passed, than the plan asks for.
  TOO_EARLY,
  /// The loss may still be greater than what is accepted.
  SUCCESS_NOT_SHOWN,
  /// A mean may still have grown by more than what is accepted.
  GROWTH_NOT_SHOWN,
  /// The loss is smaller than what is accepted, and so is every growth.
  SHOWN_GOOD,
  /// The plan's time is over.
  TIME_OVER;

  /// Its word on the wire: `guardrail-breached`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
