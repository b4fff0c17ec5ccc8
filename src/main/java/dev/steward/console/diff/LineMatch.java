// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which items of two lists are the same and in the same order: a shortest edit by Myers' greedy
/// way. Where more than so many edits are needed, what lies between the equal ends is taken as
/// replaced as a whole.
public final class LineMatch {
  private static final int EDITS_MAX = 800;

  private LineMatch() {}

  /// For each item on the left its partner on the right, -1 where it has none.
  public static int[] between(List<String> left, List<String> right) {
    int[] partner = new int[left.size()];
    Arrays.fill(partner, -1);
    int head = 0;
    int leftEnd = left.size();
    int rightEnd = right.size();
    while (head < leftEnd && head < rightEnd && left.get(head).equals(right.get(head))) {
      partner[head] = head;
      head++;
    }
    while (leftEnd > head
        && rightEnd > head
        && left.get(leftEnd - 1).equals(right.get(rightEnd - 1))) {
      partner[--leftEnd] = --rightEnd;
    }
    middle(left.subList(head, leftEnd), right.subList(head, rightEnd), head, partner);
    return partner;
  }

  private static void middle(List<String> left, List<String> right, int offset, int[] partner) {
    int most = Math.min(EDITS_MAX, left.size() + right.size());
    int[] furthest = new int[2 * most + 3];
    List<int[]> history = new ArrayList<>();
    for (int edits = 0; edits <= most; edits++) {
      history.add(furthest.clone());
      for (int k = -edits; k <= edits; k += 2) {
        int at = k + most + 1;
        boolean down = k == -edits || (k != edits && furthest[at - 1] < furthest[at + 1]);
        int x = down ? furthest[at + 1] : furthest[at - 1] + 1;
        int y = x - k;
        while (x < left.size() && y < right.size() && left.get(x).equals(right.get(y))) {
          x++;
          y++;
        }
        furthest[at] = x;
        if (x >= left.size() && y >= right.size()) {
          walkBack(history, most, left.size(), right.size(), offset, partner);
          return;
        }
      }
    }
  }

  private static void walkBack(
      List<int[]> history, int most, int leftSize, int rightSize, int offset, int[] partner) {
    int x = leftSize;
    int y = rightSize;
    for (int edits = history.size() - 1; edits >= 0; edits--) {
      int[] furthest = history.get(edits);
      int k = x - y;
      int at = k + most + 1;
      boolean down = k == -edits || (k != edits && furthest[at - 1] < furthest[at + 1]);
      int beforeX = edits == 0 ? 0 : down ? furthest[at + 1] : furthest[at - 1];
      int beforeY = edits == 0 ? 0 : beforeX - (down ? k + 1 : k - 1);
      int cameX = edits == 0 ? 0 : down ? beforeX : beforeX + 1;
      while (x > cameX) {
        x--;
        y--;
        partner[offset + x] = offset + y;
      }
      x = beforeX;
      y = beforeY;
    }
  }
}
