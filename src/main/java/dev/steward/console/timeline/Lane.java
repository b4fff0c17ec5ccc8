// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.timeline;

import java.util.List;

/// All of one kind, side by side on the axis.
///
/// @param y of its middle, in pixels
public record Lane(String name, int y, List<Dot> dots) {
  public Lane {
    dots = List.copyOf(dots);
  }

  /// What happened at one place of the axis.
  ///
  /// @param x how far from the left, in percent
  /// @param tone its class and shape: plain, ok, warning, critical
  /// @param count how many happened so close to each other that they are one, "" for a single one
  /// @param words all of them
  /// @param href the first of their lines below
  public record Dot(String x, String tone, String count, String words, String href) {}
}
