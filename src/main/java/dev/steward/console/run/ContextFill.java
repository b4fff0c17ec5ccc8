// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.format.Figures;

/// How much of a model's context window one call filled.
///
/// @param spanId the call's
/// @param tokens of its input
/// @param window tokens that the model takes in one call
public record ContextFill(String spanId, long tokens, long window) {
  private static final int NEARLY_FULL = 80;

  int percent() {
    return (int) Math.round(100.0 * tokens / window);
  }

  /// Whether little room is left, so that models forget and answers are cut off.
  public boolean nearlyFull() {
    return tokens * 100 > window * NEARLY_FULL;
  }

  /// `6 %`, and never 0 where something was said.
  public String share() {
    return percent() == 0 ? "under 1 %" : percent() + " %";
  }

  /// `up to 6 %`, of the fullest call.
  public String upTo() {
    return percent() == 0 ? share() : "up to " + share();
  }

  /// `6 % of 200 k`, where there is room for a word or two.
  public String portion() {
    return (percent() == 0 ? "<1 %" : share()) + " of " + Figures.count(window);
  }

  /// `12.4 k of 200 k tokens, 6 %`.
  public String words() {
    return size() + " tokens, " + share();
  }

  /// `12.4 k of 200 k`.
  public String size() {
    return Figures.count(tokens) + " of " + Figures.count(window);
  }
}
