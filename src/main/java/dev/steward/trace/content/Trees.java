// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import dev.steward.trace.dialect.Attributes;
import dev.steward.trace.otlp.Json;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Small questions to trees.
final class Trees {
  private Trees() {}

  /// The first of the members that is there and not null.
  static @Nullable JsonNode first(JsonNode object, String... names) {
    for (String name : names) {
      JsonNode value = object.get(name);
      if (value != null && !value.isNull()) {
        return value;
      }
    }
    return null;
  }

  /// The first of the members that is a text.
  static @Nullable String text(JsonNode object, String... names) {
    JsonNode value = first(object, names);
    return value != null && value.isString() ? value.stringValue() : null;
  }

  /// A text that is a JSON object or list as what it says, so that arguments are equal however
  /// sent.
  static JsonNode read(JsonNode value) {
    if (!value.isString()) {
      return value;
    }
    JsonNode read = Json.read(value.stringValue());
    return read == null || !read.isContainer() ? value : read;
  }

  /// What lies at a path in an attribute, null when nothing does or it says nothing.
  static @Nullable JsonNode within(Attributes attributes, String key, JsonPointer path) {
    JsonNode tree = attributes.tree(key);
    JsonNode part = tree == null ? null : tree.at(path);
    if (part == null || part.isNull() || part.isMissingNode()) {
      return null;
    }
    return part.isString() && part.stringValue().isEmpty() ? null : part;
  }

  /// Copies what is not used otherwise; null and empty values say nothing and are left out.
  static void copyRest(JsonNode from, Set<String> used, ObjectNode to) {
    for (Map.Entry<String, JsonNode> member : from.properties()) {
      JsonNode value = member.getValue();
      if (!used.contains(member.getKey())
          && !to.has(member.getKey())
          && !value.isNull()
          && !(value.isContainer() && value.isEmpty())) {
        to.set(member.getKey(), value);
      }
    }
  }
}
