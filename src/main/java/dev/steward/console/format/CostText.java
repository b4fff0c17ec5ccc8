// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

import dev.steward.domain.Cost;
import dev.steward.trace.run.RunCost;
import org.jspecify.annotations.Nullable;

/// A cost as it reads in a cell: an amount, a part of one, or that it is unknown; never 0 for
/// unknown.
///
/// @param text what is shown: `0.0204`, `≈ 0.02`, `≥ 34.7`, `unknown`, `–`
/// @param note why, for a hover and for screen readers; "" when the text says it all
/// @param quiet whether there is nothing to account for, or nothing is known
public record CostText(String text, String note, boolean quiet) {
  /// Where no cost belongs.
  public static final CostText NONE = new CostText("", "", true);

  private static final String UNKNOWN = "unknown";
  private static final CostText NOTHING = new CostText("–", "nothing here has a price", true);

  /// The same where no heading says that it is a cost: `0.0204`, `cost unknown`.
  public String inWords() {
    return text.equals(UNKNOWN) ? "cost unknown" : text;
  }

  public static CostText of(RunCost cost) {
    if (cost.known()) {
      return new CostText(
          Figures.money(cost.amount()),
          cost.amount().toPlainString() + " " + cost.currency(),
          false);
    }
    if (cost.unknown() == 0) {
      return NOTHING;
    }
    String calls = Figures.of(cost.unknown(), "call", "calls");
    if (cost.priced() == 0) {
      return new CostText(UNKNOWN, "no cost is known of " + calls, true);
    }
    return new CostText(
        "≥ " + Figures.money(cost.amount()),
        "at least "
            + cost.amount().toPlainString()
            + " "
            + cost.currency()
            + "; the cost of "
            + calls
            + " is unknown",
        false);
  }

  public static CostText of(@Nullable Cost cost) {
    return switch (cost) {
      case null -> NONE;
      case Cost.Known known ->
          new CostText(
              (known.source() == Cost.Source.ESTIMATED ? "≈ " : "") + Figures.money(known.amount()),
              known.amount().toPlainString() + " " + known.currency() + ", " + source(known),
              false);
      case Cost.Unknown unknown -> new CostText(UNKNOWN, unknown.reason(), true);
    };
  }

  /// Who said what it cost, in words.
  public static String source(Cost.Known known) {
    return switch (known.source()) {
      case REPORTED -> "reported by the provider";
      case PRICED -> "from the price table";
      case ESTIMATED -> "estimated";
    };
  }
}
