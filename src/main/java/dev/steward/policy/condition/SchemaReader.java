// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Reads the form of a tool's arguments from its JSON schema. What it cannot tell is `Any`, which a
/// condition may use without a check.
final class SchemaReader {
  private static final int DEPTH_MAX = 24;

  private final JsonNode root;

  SchemaReader(JsonNode root) {
    this.root = root;
  }

  /// @return `Any` for a schema that names no properties
  Form read() {
    return read("args", root, 0);
  }

  private Form read(String name, JsonNode written, int depth) {
    if (depth > DEPTH_MAX) {
      return Form.ANY;
    }
    JsonNode schema = resolved(written);
    return switch (type(schema)) {
      case "string" -> Form.Simple.TEXT;
      case "number" -> Form.Simple.NUMBER;
      case "integer" -> Form.Simple.WHOLE;
      case "boolean" -> Form.Simple.FLAG;
      case "array" ->
          schema.path("items").isObject()
              ? new Form.Listing(read(name + ".item", schema.get("items"), depth + 1))
              : new Form.Listing(Form.ANY);
      case "object" -> struct(name, schema, depth);
      default -> alternatives(name, schema, depth);
    };
  }

  private Form struct(String name, JsonNode schema, int depth) {
    if (!schema.path("properties").isObject()) {
      return closed(schema) ? new Form.Struct(name, Map.of()) : Form.ANY;
    }
    Map<String, Form> fields = new HashMap<>();
    for (Map.Entry<String, JsonNode> property : schema.get("properties").properties()) {
      fields.put(
          property.getKey(), read(name + "." + property.getKey(), property.getValue(), depth + 1));
    }
    return new Form.Struct(name, fields);
  }

  private static boolean closed(JsonNode schema) {
    JsonNode further = schema.path("additionalProperties");
    return further.isBoolean() && !further.booleanValue();
  }

  /// `anyOf: [X, null]` is how some generators write an optional X.
  private Form alternatives(String name, JsonNode schema, int depth) {
    for (String word : List.of("anyOf", "oneOf")) {
      List<JsonNode> others = new ArrayList<>();
      for (JsonNode alternative : schema.path(word).values()) {
        if (!type(resolved(alternative)).equals("null")) {
          others.add(alternative);
        }
      }
      if (others.size() == 1) {
        return read(name, others.getFirst(), depth + 1);
      }
    }
    return Form.ANY;
  }

  private JsonNode resolved(JsonNode written) {
    JsonNode schema = written;
    for (int i = 0; i < DEPTH_MAX && schema.path("$ref").isString(); i++) {
      String reference = schema.get("$ref").stringValue();
      if (!reference.startsWith("#/")) {
        return schema;
      }
      schema = root.at(reference.substring(1));
    }
    return schema;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isString()) {
      return type.stringValue();
    }
    List<String> types = new ArrayList<>();
    for (JsonNode one : type.values()) {
      if (one.isString() && !one.stringValue().equals("null")) {
        types.add(one.stringValue());
      }
    }
    if (types.size() == 1) {
      return types.getFirst();
    }
    return types.isEmpty() && schema.path("properties").isObject() ? "object" : "";
  }
}
