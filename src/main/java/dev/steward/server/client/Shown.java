// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.client;

/// Text that somebody else wrote, as a terminal may show it.
public final class Shown {
  private Shown() {}

  /// It must not steer the terminal, nor hide in it: what is not seen is named.
  public static String of(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          boolean plain =
              !Character.isISOControl(c)
                  && Character.getType(c) != Character.FORMAT
                  && Character.getType(c) != Character.PRIVATE_USE
                  && Character.getType(c) != Character.UNASSIGNED;
          if (plain) {
            shown.appendCodePoint(c);
          } else {
            shown.append("<U+%04X>".formatted(c));
          }
        });
    return shown.toString();
  }
}
