// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.turn;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 64 bits that are equal for equal arguments or answers, whatever the order of an object's
/// members. They compare within one run and are no proof of anything.
public final class Fingerprint {
  /// Of an answer that never came.
  public static final long NONE = 0;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long PRIME = 0x9E3779B97F4A7C15L;
  private static final int LETTER_BY_LETTER_MAX = 16_384;
  private static final String DATE_TIME = "dddd-dd-ddTdd:dd";
  private static final String CLOCK = "dd:dd:dd";

  private Fingerprint() {}

  public static long of(String text) {
    return text(text, false);
  }

  /// Arguments: JSON as text, or what the model wrote instead of it.
  public static long arguments(JsonNode written) {
    if (!written.isString()) {
      return of(written, false);
    }
    String text = written.stringValue();
    if (text.isBlank()) {
      return of(JSON.createObjectNode(), false);
    }
    try {
      return of(JSON.readTree(text), false);
    } catch (JacksonException _) {
      return of(text);
    }
  }

  /// An answer; two that differ in times of day alone are the same.
  public static long answer(JsonNode written) {
    return of(written, true);
  }

  public static long mix(long one, long other) {
    long mixed = (one ^ Long.rotateLeft(other, 29)) * PRIME;
    return (mixed ^ (mixed >>> 32)) * PRIME + other;
  }

  private static long of(JsonNode node, boolean timeless) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        long sum = 11;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
          sum += mix(of(member.getKey()), of(member.getValue(), timeless));
        }
        yield mix(sum, node.size());
      }
      case ARRAY -> {
        long all = 13;
        for (JsonNode element : node) {
          all = mix(all, of(element, timeless));
        }
        yield all;
      }
      case STRING -> text(node.stringValue(), timeless);
      case NUMBER -> number(node);
      case BOOLEAN -> node.booleanValue() ? 17 : 19;
      case NULL, MISSING, BINARY, POJO -> 23;
    };
  }

  private static long number(JsonNode node) {
    if (node.canConvertToLong() && node.isIntegralNumber()) {
      return mix(29, node.longValue());
    }
    // 1.0 and 1 are the same argument.
    double value = node.doubleValue();
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? mix(29, (long) value)
        : mix(31, Double.doubleToLongBits(value));
  }

  private static long text(String text, boolean timeless) {
    if (text.length() > LETTER_BY_LETTER_MAX) {
      return mix(text.hashCode(), text.length());
    }
    if (!timeless) {
      return asWritten(text);
    }
    long hash = 37;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int skipped = c >= '0' && c <= '9' ? time(text, i) : 0;
      hash = step(hash, skipped == 0 ? c : 0xFFFF);
      i += Math.max(1, skipped);
    }
    return hash;
  }

  /// Four hashes side by side: each alone would wait for its last step.
  private static long asWritten(String text) {
    long first = 37;
    int end = text.length();
    int quarter = end / 4;
    if (quarter > 4) {
      long second = 41;
      long third = 43;
      long fourth = 47;
      for (int i = 0; i < quarter; i++) {
        first = step(first, text.charAt(i));
        second = step(second, text.charAt(quarter + i));
        third = step(third, text.charAt(2 * quarter + i));
        fourth = step(fourth, text.charAt(3 * quarter + i));
      }
      first = mix(mix(mix(first, second), third), fourth);
    }
    for (int i = quarter > 4 ? 4 * quarter : 0; i < end; i++) {
      first = step(first, text.charAt(i));
    }
    return first;
  }

  private static long step(long hash, int c) {
    long next = (hash ^ c) * PRIME;
    return next ^ (next >>> 29);
  }

  /// How many characters from here on are a point in time, 0 when it is none.
  private static int time(String text, int start) {
    if (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
      return 0;
    }
    int length = matches(text, start, DATE_TIME) ? DATE_TIME.length() : 0;
    length = length == 0 && matches(text, start, CLOCK) ? CLOCK.length() : length;
    if (length == 0) {
      return 0;
    }
    int i = start + length;
    while (i < text.length() && "0123456789:.Z+".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i - start;
  }

  private static boolean matches(String text, int start, String shape) {
    if (start + shape.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < shape.length(); i++) {
      char want = shape.charAt(i);
      char c = text.charAt(start + i);
      boolean fits =
          switch (want) {
            case 'd' -> c >= '0' && c <= '9';
            case 'T' -> c == 'T' || c == ' ';
            default -> c == want;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
