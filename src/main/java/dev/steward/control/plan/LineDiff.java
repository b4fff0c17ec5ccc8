// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.plan;

import java.util.ArrayList;
import java.util.List;

/// Two texts line by line, for prompts: lines begin with `- `, `+ ` or two spaces.
final class LineDiff {
  private static final int LINES_MAX = 2000;

  private LineDiff() {}

  static List<String> of(String before, String after) {
    List<String> old = before.isEmpty() ? List.of() : before.lines().toList();
    List<String> now = after.isEmpty() ? List.of() : after.lines().toList();
    List<String> lines = new ArrayList<>();
    if (old.size() > LINES_MAX || now.size() > LINES_MAX) {
      old.forEach(line -> lines.add("- " + line));
      now.forEach(line -> lines.add("+ " + line));
      return lines;
    }
    int[][] common = common(old, now);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        lines.add("  " + old.get(i++));
        j++;
      } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add("- " + old.get(i++));
      } else {
        lines.add("+ " + now.get(j++));
      }
    }
    return lines;
  }

  /// Length of the longest common subsequence of what is left from each pair of lines on.
  private static int[][] common(List<String> old, List<String> now) {
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
