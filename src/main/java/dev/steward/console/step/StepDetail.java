// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.step;

import java.util.List;

/// Everything known of one span, in groups of names and values.
///
/// @param node of the graph that the span is a call of, "" for none
/// @param title what the span is called
/// @param kind in a word
/// @param groups open ones first
/// @param hidden why something is left out, "" when nothing is
public record StepDetail(
    String anchor,
    String spanId,
    String node,
    String title,
    String kind,
    List<Group> groups,
    String hidden) {

  /// Values that belong together.
  ///
  /// @param folded whether it starts closed
  public record Group(String title, boolean folded, List<Fact> facts) {}

  /// One name and value.
  ///
  /// @param tone class of the value, "" for none
  /// @param mono whether it is an id, a number or code
  public record Fact(String name, String value, String tone, boolean mono) {
    public static Fact of(String name, String value) {
      return new Fact(name, value, "", false);
    }

    public static Fact code(String name, String value) {
      return new Fact(name, value, "", true);
    }
  }
}
