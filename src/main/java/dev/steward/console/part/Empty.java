// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.part;

import java.util.List;

/// What stands where there is nothing to show: what is missing, and what to do next.
///
/// @param title that nothing is there, in a few words
/// @param words why, and what to do
/// @param copy lines to copy, "" for none
/// @param links ways on
public record Empty(String title, String words, String copy, List<Link> links) {
  public Empty {
    links = List.copyOf(links);
  }

  public static Empty of(String title, String words, Link... links) {
    return new Empty(title, words, "", List.of(links));
  }

  public Empty withCopy(String lines) {
    return new Empty(title, words, lines, links);
  }
}
