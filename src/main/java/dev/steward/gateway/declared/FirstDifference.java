// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.declared;

import java.util.List;

/// Where two texts begin to differ, in words for people.
final class FirstDifference {
  private static final int SHOWN_MAX = 160;

  private FirstDifference() {}

  static String of(String declared, String sent) {
    List<String> one = declared.strip().lines().toList();
    List<String> other = sent.strip().lines().toList();
    int line = 0;
    while (line < one.size()
        && line < other.size()
        && one.get(line).stripTrailing().equals(other.get(line).stripTrailing())) {
      line++;
    }
    return "from line %d: declared \u201c%s\u201d, sent \u201c%s\u201d"
        .formatted(line + 1, at(one, line), at(other, line));
  }

  private static String at(List<String> lines, int line) {
    String text = line < lines.size() ? lines.get(line).strip() : "";
    return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
  }
}
