// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Single values of OTLP/JSON in each of the ways in which senders write them. Every method throws
/// IllegalArgumentException with what was expected.
final class JsonScalars {
  private JsonScalars() {}

  /// 64 bits, signed or not, as a number or as a decimal string.
  static long whole(JsonParser in, boolean unsigned) {
    return switch (in.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT
            && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
          yield in.getLongValue();
        }
        yield whole(in.getString(), unsigned);
      }
      case VALUE_STRING -> whole(in.getString(), unsigned);
      default -> throw new IllegalArgumentException("expected a whole number");
    };
  }

  private static long whole(String text, boolean unsigned) {
    try {
      return unsigned ? Long.parseUnsignedLong(text) : Long.parseLong(text);
    } catch (NumberFormatException plain) {
      try {
        return new BigDecimal(text).longValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        throw new IllegalArgumentException("expected a whole number, got " + shortened(text), e);
      }
    }
  }

  static long within(long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "expected a number from " + min + " to " + max + ", got " + value);
    }
    return value;
  }

  static double real(JsonParser in) {
    return switch (in.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Double.parseDouble(in.getString());
      case VALUE_STRING -> {
        String text = in.getString();
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException("expected a number, got " + shortened(text), e);
        }
      }
      default -> throw new IllegalArgumentException("expected a number, \"NaN\" or \"Infinity\"");
    };
  }

  static boolean truth(JsonParser in) {
    return switch (in.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  static String text(JsonParser in) {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("expected a string");
    }
    return in.getString();
  }

  /// An id in hex of either case; "" is no id.
  static byte[] hex(JsonParser in) {
    String text = text(in);
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected an id in hex (not base64), got " + shortened(text), e);
    }
  }

  static byte[] base64(JsonParser in) {
    String text = text(in);
    try {
      return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected base64, got " + shortened(text), e);
    }
  }

  /// The standard wants a number; names are taken too, because some senders write them.
  static int word(JsonParser in, @Nullable EnumDescriptor words) {
    if (in.currentToken() == JsonToken.VALUE_STRING && words != null) {
      EnumValueDescriptor named = words.findValueByName(in.getString());
      if (named != null) {
        return named.getNumber();
      }
    }
    return (int) within(whole(in, false), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static String shortened(String text) {
    return "\"" + (text.length() <= 40 ? text : text.substring(0, 40) + "...") + "\"";
  }
}
