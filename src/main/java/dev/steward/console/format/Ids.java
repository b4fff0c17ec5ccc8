// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.format;

/// Long ids made short enough to read and compare.
public final class Ids {
  private static final int WHOLE_MAX = 16;
  private static final int HEAD = 8;
  private static final int TAIL = 4;

  private static final int VERSION = 12;

  private Ids() {}

  /// A version as every page names it, and as commands take it: a digest by its first characters,
  /// anything else as it is.
  public static String version(String version) {
    String digest = version.startsWith("sha256:") ? version.substring(7) : version;
    return digest.length() >= VERSION && digest.matches("[0-9a-f]+")
        ? digest.substring(0, VERSION)
        : version;
  }

  /// Shortened in the middle, so that both the ends that people compare stay.
  public static String middle(String id) {
    return id.length() <= WHOLE_MAX
        ? id
        : id.substring(0, HEAD) + "…" + id.substring(id.length() - TAIL);
  }
}
