// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.setting;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How the types of configuration values are written and read.
public final class Written {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private Written() {}

  /// The value that the text means, null for an empty text where a path may be left out.
  public static @Nullable Object value(Class<?> type, String text) {
    String written = text.strip();
    if (type == Path.class) {
      return written.isEmpty() ? null : Path.of(written);
    }
    if (type == int.class) {
      return wholeNumber(written);
    }
    if (type == boolean.class) {
      return truth(written);
    }
    if (type == Duration.class) {
      return duration(written);
    }
    if (type == DataSize.class) {
      return DataSize.parse(written);
    }
    if (type == List.class) {
      return Arrays.stream(written.split(",", -1))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    }
    return written;
  }

  /// A duration as it would be written in the file.
  public static String duration(Duration time) {
    if (time.isZero()) {
      return "0s";
    }
    if (time.toMillis() % 1000 != 0) {
      return time.toMillis() + "ms";
    }
    long seconds = time.toSeconds();
    long[] units = {86_400, 3_600, 60, 1};
    for (int i = 0; i < units.length; i++) {
      if (seconds % units[i] == 0) {
        return seconds / units[i] + "dhms".substring(i, i + 1);
      }
    }
    throw new IllegalStateException(time + " is no whole number of seconds");
  }

  /// The word for the type on the reference page.
  public static String typeName(Class<?> type) {
    if (type == Path.class) {
      return "path";
    }
    if (type == int.class) {
      return "number";
    }
    if (type == boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return "duration";
    }
    if (type == DataSize.class) {
      return "size";
    }
    return type == List.class ? "list" : "text";
  }

  private static int wholeNumber(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
    }
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  /// A number with a unit: `500ms`, `60s`, `10m`, `2h`, `3d`.
  public static Duration duration(String text) {
    Matcher written = DURATION.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a duration such as 30s or 7d");
    }
    long amount = Long.parseLong(written.group(1));
    return switch (written.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
