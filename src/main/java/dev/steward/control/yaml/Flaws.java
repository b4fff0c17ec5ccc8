// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.yaml;

import java.util.ArrayList;
import java.util.List;

/// Everything found wrong so far; reading goes on, so that all is told at once.
public final class Flaws {
  private static final int KEPT_MAX = 1000;

  private final List<Flaw> found = new ArrayList<>();
  private int count;

  public void add(int line, String field, String message) {
    count++;
    if (found.size() < KEPT_MAX) {
      found.add(new Flaw(line, field, message));
    }
  }

  /// How many there are, also of those past the first thousand, which are not kept.
  public int count() {
    return count;
  }

  public List<Flaw> found() {
    return List.copyOf(found);
  }
}
