// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.run;

import dev.steward.console.format.CostText;

/// One span in the waterfall.
///
/// @param anchor the same as its step has
/// @param kind class of its bar
/// @param left in percent of the run's time
/// @param width in percent
public record WaterfallRow(
    String anchor,
    String spanId,
    int number,
    int depth,
    int children,
    String name,
    String kind,
    String left,
    String width,
    String took,
    CostText cost,
    boolean failed) {

  /// How far its name is set in.
  public String inset() {
    return depth == 0 ? "" : " in-" + Math.min(depth, 8);
  }
}
