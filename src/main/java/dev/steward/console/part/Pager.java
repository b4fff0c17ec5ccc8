// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.part;

import org.jspecify.annotations.Nullable;

/// The foot of a list: how much it shows, and the ways to the rest.
///
/// @param words how much is shown, such as "50 runs, more follow"
/// @param first address of the beginning, null on it
/// @param next address of what follows, null at the end
/// @param keys whether rows are reached by `j` and `k`
public record Pager(
    String words,
    @Nullable String first,
    String firstWords,
    @Nullable String next,
    String nextWords,
    boolean keys) {

  /// A list that is shown whole.
  public static Pager whole(String words) {
    return new Pager(words, null, "", null, "", true);
  }
}
