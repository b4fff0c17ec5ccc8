// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.yaml;

import dev.steward.control.json.CanonicalJson;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What an unquoted word of YAML is, by the core schema of YAML 1.2: `no` and `2026-11-01` are
/// text.
final class Scalars {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,9})?");

  private static final int DIGITS_MAX = 400;

  private Scalars() {}

  static JsonNode value(Node.Scalar scalar) {
    if (!scalar.plain()) {
      return JsonNodeFactory.instance.stringNode(scalar.text());
    }
    return switch (scalar.text()) {
      case "", "~", "null", "Null", "NULL" -> JsonNodeFactory.instance.nullNode();
      case "true", "True", "TRUE" -> JsonNodeFactory.instance.booleanNode(true);
      case "false", "False", "FALSE" -> JsonNodeFactory.instance.booleanNode(false);
      default ->
          number(scalar.text())
              .<JsonNode>map(JsonNodeFactory.instance::numberNode)
              .orElseGet(() -> JsonNodeFactory.instance.stringNode(scalar.text()));
    };
  }

  static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && value(scalar).isNull();
  }

  static Optional<BigDecimal> number(String text) {
    if (text.isEmpty() || text.length() > DIGITS_MAX || !NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(text);
    boolean small = (long) number.precision() - number.scale() <= DIGITS_MAX;
    return small && CanonicalJson.writable(number) ? Optional.of(number) : Optional.empty();
  }
}
