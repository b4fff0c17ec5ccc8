// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

/// Long ids shortened in the middle, so that both the ends that people compare stay.
public final class Ids {
  private static final int WHOLE_MAX = 16;
  private static final int HEAD = 8;
  private static final int TAIL = 4;

  private Ids() {}

  public static String middle(String id) {
    return id.length() <= WHOLE_MAX
        ? id
        : id.substring(0, HEAD) + "…" + id.substring(id.length() - TAIL);
  }
}
