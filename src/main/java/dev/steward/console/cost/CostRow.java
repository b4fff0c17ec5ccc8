// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.cost;

import dev.steward.console.format.CostText;
import java.util.List;

/// One group of the cost table.
///
/// @param named whether the name is one that was sent, and not our word for none
/// @param href the cost of this group alone, "" where it cannot be chosen
/// @param share of the whole, 0 to 100, as text for a drawing
/// @param change against the time before: `+8 %`, `new`, `–`
/// @param changeNote the amount before
/// @param unknown how many calls have no known cost, "" for none
/// @param runs "" where runs cannot be counted by this dimension
/// @param runsHref those runs, "" where the list cannot be filtered so
/// @param tasks successes and judged tasks, "" for none
/// @param parts the same by the second dimension
public record CostRow(
    String name,
    boolean named,
    String href,
    CostText cost,
    String share,
    String change,
    String changeNote,
    String unknown,
    String unknownHref,
    String runs,
    String runsHref,
    CostText perTask,
    String tasks,
    String calls,
    String tokens,
    List<CostRow> parts) {
  public CostRow {
    parts = List.copyOf(parts);
  }
}
