// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import dev.steward.trace.otlp.AnyJson;
import dev.steward.trace.otlp.Json;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The attributes of one span, event, log record or resource by key, with what was already taken
/// out of them. Used by one thread.
public final class Attributes {
  private final Map<String, AnyValue> values;
  private final Map<String, JsonNode> trees = new HashMap<>();
  private final Set<String> moved = new HashSet<>();

  private Attributes(Map<String, AnyValue> values) {
    this.values = values;
  }

  /// Of a repeated key the last value stands.
  public static Attributes of(List<KeyValue> attributes) {
    Map<String, AnyValue> values = LinkedHashMap.newLinkedHashMap(attributes.size());
    for (KeyValue attribute : attributes) {
      values.put(attribute.getKey(), attribute.getValue());
    }
    return new Attributes(values);
  }

  public Set<String> keys() {
    return values.keySet();
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /// The value as it came: a text stays a text. Null when it is absent or empty.
  public @Nullable JsonNode plain(String key) {
    AnyValue value = values.get(key);
    return value == null || value.getValueCase() == AnyValue.ValueCase.VALUE_NOT_SET
        ? null
        : AnyJson.node(value);
  }

  /// The value, where a text that is JSON is read; other texts stay texts. Null when absent.
  public @Nullable JsonNode tree(String key) {
    JsonNode known = trees.get(key);
    if (known != null) {
      return known;
    }
    JsonNode tree = plain(key);
    if (tree != null && tree.isString()) {
      JsonNode read = Json.read(tree.stringValue());
      tree = read == null ? tree : read;
    }
    if (tree != null) {
      trees.put(key, tree);
    }
    return tree;
  }

  /// A scalar as text, null when absent, blank, or no scalar.
  public @Nullable String text(String key) {
    AnyValue value = values.get(key);
    if (value == null) {
      return null;
    }
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue().isBlank() ? null : value.getStringValue();
      case BOOL_VALUE, INT_VALUE, DOUBLE_VALUE -> AnyJson.text(value);
      case ARRAY_VALUE, KVLIST_VALUE, BYTES_VALUE, VALUE_NOT_SET -> null;
    };
  }

  /// Says that the value of the key lies whole in content now.
  public void move(String key) {
    moved.add(key);
  }

  /// What was not moved, as one JSON object.
  public String remaining() {
    return AnyJson.object(values, key -> !moved.contains(key));
  }
}
