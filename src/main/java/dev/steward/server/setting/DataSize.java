// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.setting;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes, written as `512B`, `64KiB`, `64MiB` or `2GiB`.
public record DataSize(long bytes) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)");
  private static final String[] UNITS = {"GiB", "MiB", "KiB"};

  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size is negative: " + bytes);
    }
  }

  public static DataSize parse(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    if (!written.matches()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "'%s' is not a size such as 64MiB", text));
    }
    return new DataSize(
        Math.multiplyExact(Long.parseLong(written.group(1)), factor(written.group(2))));
  }

  /// The bytes as an int, for APIs that take no more.
  public int intBytes() {
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  @Override
  public String toString() {
    for (String unit : UNITS) {
      if (bytes > 0 && bytes % factor(unit) == 0) {
        return bytes / factor(unit) + unit;
      }
    }
    return bytes + "B";
  }

  private static long factor(String unit) {
    return switch (unit) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      default -> 1;
    };
  }
}
