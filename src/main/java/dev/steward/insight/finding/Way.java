// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.finding;

import java.util.Map;
import java.util.TreeMap;

/// Words that lead to a page under its filters, or that hold a line to run.
///
/// @param page path of the page without its first slash, "" for a line to run
/// @param filters parameters of its address
/// @param line to be run, "" for a page
public record Way(String words, String page, Map<String, String> filters, String line) {
  public Way {
    filters = Map.copyOf(filters);
  }

  public static Way to(String words, String page, String... filters) {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i + 1 < filters.length; i += 2) {
      pairs.put(filters[i], filters[i + 1]);
    }
    return new Way(words, page, pairs, "");
  }

  public static Way run(String words, String line) {
    return new Way(words, "", Map.of(), line);
  }
}
