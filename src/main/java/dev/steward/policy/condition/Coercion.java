// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import com.google.protobuf.NullValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Arguments as a condition sees them: each value in the type that its schema says, so that a JSON
/// 20 is a double where the schema says number. A null is as absent as a missing member.
final class Coercion {
  private static final int DEPTH_MAX = 64;

  private Coercion() {}

  /// @throws ArgumentException when a value does not fit the form
  static Map<String, Object> arguments(Form form, Map<String, @Nullable Object> arguments) {
    Map<String, Form> fields =
        form instanceof Form.Struct struct ? struct.fields() : Map.<String, Form>of();
    return members(fields, arguments, "args", 0);
  }

  private static Map<String, Object> members(
      Map<String, Form> fields, Map<?, ?> members, String path, int depth) {
    if (depth > DEPTH_MAX) {
      throw new ArgumentException(path + " is nested too deep");
    }
    Map<String, Object> coerced = HashMap.newHashMap(members.size());
    for (Map.Entry<?, ?> member : members.entrySet()) {
      Object value = member.getValue();
      if (value != null) {
        String name = String.valueOf(member.getKey());
        Form form = fields.getOrDefault(name, Form.ANY);
        coerced.put(name, value(form, value, path, name, depth));
      }
    }
    return coerced;
  }

  private static Object value(Form form, Object value, String path, String name, int depth) {
    return switch (form) {
      case Form.Simple simple -> simple(simple, value, path, name);
      case Form.Any() -> any(value, path, name, depth);
      case Form.Listing(Form item) -> {
        if (!(value instanceof List<?> items)) {
          throw wrong(path, name, "a list");
        }
        yield items(item, items, path, name, depth);
      }
      case Form.Struct(String _, Map<String, Form> fields) -> {
        if (!(value instanceof Map<?, ?> members)) {
          throw wrong(path, name, "an object");
        }
        yield members(fields, members, path + "." + name, depth + 1);
      }
    };
  }

  private static Object simple(Form.Simple simple, Object value, String path, String name) {
    return switch (simple) {
      case TEXT -> {
        if (value instanceof String text) {
          yield text;
        }
        throw wrong(path, name, "a text");
      }
      case FLAG -> {
        if (value instanceof Boolean flag) {
          yield flag;
        }
        throw wrong(path, name, "true or false");
      }
      case NUMBER -> fraction(value, path, name);
      case WHOLE -> whole(value, path, name);
    };
  }

  private static Object any(Object value, String path, String name, int depth) {
    return switch (value) {
      case Map<?, ?> members -> members(Map.of(), members, path + "." + name, depth + 1);
      case List<?> items -> items(Form.ANY, items, path, name, depth);
      case Number number ->
          decimal(number, path, name).stripTrailingZeros().scale() <= 0
              ? whole(value, path, name)
              : fraction(value, path, name);
      default -> value;
    };
  }

  private static List<Object> items(Form form, List<?> items, String path, String name, int depth) {
    if (depth > DEPTH_MAX) {
      throw new ArgumentException(path + " is nested too deep");
    }
    List<Object> coerced = new ArrayList<>(items.size());
    for (Object item : items) {
      coerced.add(
          item == null ? NullValue.NULL_VALUE : value(form, item, path, name + "[]", depth + 1));
    }
    return coerced;
  }

  private static double fraction(Object value, String path, String name) {
    double number = decimal(value, path, name).doubleValue();
    if (Double.isInfinite(number)) {
      throw wrong(path, name, "a number below 1e308");
    }
    return number;
  }

  private static long whole(Object value, String path, String name) {
    BigDecimal number = decimal(value, path, name);
    if (Math.abs((long) number.scale()) > 400 || number.precision() > 400) {
      throw wrong(path, name, "a whole number of 64 bits");
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException _) {
      throw wrong(path, name, "a whole number of 64 bits");
    }
  }

  private static BigDecimal decimal(Object value, String path, String name) {
    return switch (value) {
      case BigDecimal number -> number;
      case Long number -> BigDecimal.valueOf(number);
      case Integer number -> BigDecimal.valueOf(number);
      case Double number when Double.isFinite(number) -> BigDecimal.valueOf(number);
      case java.math.BigInteger number -> new BigDecimal(number);
      default -> throw wrong(path, name, "a number");
    };
  }

  private static ArgumentException wrong(String path, String name, String expected) {
    return new ArgumentException(path + "." + name + " must be " + expected);
  }
}
