// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads fields of a recorded run; one that must be there and is not makes the record no such run.
final class Fields {
  private Fields() {}

  static String text(JsonNode node, String name) {
    JsonNode field = node.path(name);
    if (!field.isString() && !field.isNumber()) {
      throw new IllegalArgumentException("the field `" + name + "` is missing or no text");
    }
    return field.asString();
  }

  /// "" when it is not there.
  static String textOrNone(JsonNode node, String name) {
    JsonNode field = node.path(name);
    return field.isString() || field.isNumber() || field.isBoolean() ? field.asString() : "";
  }

  static @Nullable String textOrNull(JsonNode node, String name) {
    JsonNode field = node.path(name);
    return field.isString() ? field.stringValue() : null;
  }

  static JsonNode list(JsonNode node, String name) {
    JsonNode field = node.path(name);
    if (!field.isArray()) {
      throw new IllegalArgumentException("the field `" + name + "` is missing or no list");
    }
    return field;
  }

  static boolean truth(JsonNode node, String name) {
    JsonNode field = node.path(name);
    if (!field.isBoolean()) {
      throw new IllegalArgumentException(
          "the field `" + name + "` is missing or not true or false");
    }
    return field.booleanValue();
  }
}
