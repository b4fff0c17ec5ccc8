// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// A named way from a sender's value to ours; the table names them in kebab case.
enum Conversion {
  NONE {
    @Override
    JsonNode apply(JsonNode value, Map<String, String> providers) {
      return value;
    }
  },
  LOWER {
    @Override
    JsonNode apply(JsonNode value, Map<String, String> providers) {
      return text(value.asString("").toLowerCase(Locale.ROOT));
    }
  },
  /// The normal name of a provider: as listed, else as listed for what is before the last dots.
  PROVIDER {
    @Override
    JsonNode apply(JsonNode value, Map<String, String> providers) {
      String name = value.asString("").strip().toLowerCase(Locale.ROOT);
      for (String start = name; !start.isEmpty(); start = beforeLastDot(start)) {
        String listed = providers.get(start);
        if (listed != null) {
          return text(listed);
        }
      }
      return text(name);
    }
  },
  SECONDS_FROM_MS {
    @Override
    @Nullable JsonNode apply(JsonNode value, Map<String, String> providers) {
      BigDecimal millis = Values.decimal(value);
      return millis == null ? null : JsonNodeFactory.instance.numberNode(millis.movePointLeft(3));
    }
  },
  /// The sum of an object's numbers.
  SUM {
    @Override
    @Nullable JsonNode apply(JsonNode value, Map<String, String> providers) {
      BigDecimal sum = null;
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        BigDecimal one = Values.decimal(member.getValue());
        if (one != null) {
          sum = sum == null ? one : sum.add(one);
        }
      }
      return sum == null ? null : JsonNodeFactory.instance.numberNode(sum);
    }
  },
  /// Text that was written as a JSON string.
  UNQUOTED {
    @Override
    JsonNode apply(JsonNode value, Map<String, String> providers) {
      return value;
    }
  };

  /// The converted value, null when the sender's cannot be one.
  abstract @Nullable JsonNode apply(JsonNode value, Map<String, String> providers);

  /// Whether a text must be read as JSON first.
  boolean wantsJson() {
    return this == SUM || this == UNQUOTED;
  }

  static Conversion named(String inTable) {
    return valueOf(inTable.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }

  private static String beforeLastDot(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(0, dot);
  }
}
