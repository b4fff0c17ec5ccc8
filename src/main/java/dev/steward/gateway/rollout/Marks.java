// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rollout;

import java.util.HexFormat;
import java.util.List;
import java.util.function.ObjLongConsumer;

/// The lines of the diary: whom a mark stands for cannot be told from it, and a sign says what is
/// known of them.
final class Marks {
  static final char CANARY = '+';
  static final char CONTROL = '-';

  /// It has called, whether anything was tried or not.
  static final char SEEN = '=';

  private static final String SIGNS = "+-=";
  private static final int DIGITS_MAX = 16;

  private Marks() {}

  static String line(long mark, char sign) {
    return Long.toHexString(mark) + sign;
  }

  /// A line that was cut off, or is another version's, is left out.
  static void read(List<String> lines, ObjLongConsumer<Character> found) {
    for (String line : lines) {
      int end = line.length() - 1;
      if (end < 1 || end > DIGITS_MAX || SIGNS.indexOf(line.charAt(end)) < 0) {
        continue;
      }
      boolean whole = true;
      for (int i = 0; i < end; i++) {
        whole &= HexFormat.isHexDigit(line.charAt(i));
      }
      if (whole) {
        found.accept(line.charAt(end), HexFormat.fromHexDigitsToLong(line, 0, end));
      }
    }
  }
}
