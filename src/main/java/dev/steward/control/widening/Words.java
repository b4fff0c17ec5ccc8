// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.widening;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a change widens and narrows, in words, each said once. One thread fills it.
final class Words {
  /// What is looked for no further; so much nobody reads.
  private static final int LINES_MAX = 1_000;

  private final SortedSet<String> widens = new TreeSet<>();
  private final SortedSet<String> narrows = new TreeSet<>();

  void widens(String what) {
    widens.add(what);
  }

  void narrows(String what) {
    if (narrows.size() < LINES_MAX) {
      narrows.add(what);
    }
  }

  /// Whether enough widens; what narrows never ends the search for that.
  boolean full() {
    return widens.size() >= LINES_MAX;
  }

  List<String> widens() {
    return List.copyOf(widens);
  }

  List<String> narrows() {
    return List.copyOf(narrows);
  }
}
