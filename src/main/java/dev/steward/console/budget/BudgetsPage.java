// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.budget;

import dev.steward.console.chart.Chart;
import dev.steward.console.frame.Frame;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Fact;
import dev.steward.console.part.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much of each budget is left.
///
/// @param done what was just done, "" for nothing
/// @param wrong why it was not, "" where it was
/// @param none what stands there without a budget
public record BudgetsPage(
    Frame frame, String lede, String done, String wrong, List<Card> cards, @Nullable Empty none) {
  public BudgetsPage {
    cards = List.copyOf(cards);
  }

  /// One window of a budget.
  ///
  /// @param id unique on the page
  /// @param window such as `each day` or `run 0197`
  /// @param scope whose calls it pays for
  /// @param share used part of the limit, 0 to 100
  /// @param held used and reserved part of it, 0 to 100
  /// @param chart null for a window of a run
  /// @param topUps what was added, the newest first
  /// @param form whether the reader may add to it
  public record Card(
      String id,
      String name,
      String run,
      String window,
      String scope,
      Mark mark,
      String used,
      String limit,
      String unit,
      String share,
      String held,
      List<Fact> facts,
      @Nullable Chart chart,
      List<Fact> topUps,
      boolean form) {
    public Card {
      facts = List.copyOf(facts);
      topUps = List.copyOf(topUps);
    }
  }
}
