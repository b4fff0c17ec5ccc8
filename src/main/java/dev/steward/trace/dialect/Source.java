// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import dev.steward.domain.SpanKind;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// One place where a field may be found.
///
/// @param key of the attribute, "" for the span's name
/// @param path into the value, null for the whole
/// @param with must exist in the value too, null for no condition
/// @param after text that the value must start with and that is cut off, "" for none
/// @param kinds of spans it counts on, empty for all
record Source(
    Place place,
    String key,
    @Nullable JsonPointer path,
    @Nullable JsonPointer with,
    String after,
    Conversion conversion,
    Set<SpanKind> kinds) {

  enum Place {
    SPAN,
    RESOURCE,
    NAME
  }

  /// Whether it makes sense for spans of other dialects too.
  boolean general() {
    return place != Place.NAME || !after.isEmpty();
  }

  @Nullable JsonNode find(
      Understood.Subject subject, SpanKind kind, Map<String, String> providers) {
    if (!kinds.isEmpty() && !kinds.contains(kind)) {
      return null;
    }
    JsonNode value =
        switch (place) {
          case SPAN -> value(subject.attributes());
          case RESOURCE -> value(subject.resource());
          case NAME -> JsonNodeFactory.instance.stringNode(subject.name());
        };
    return value == null || value.isNull() ? null : cut(value, providers);
  }

  private @Nullable JsonNode value(Attributes attributes) {
    if (!attributes.has(key)) {
      return null;
    }
    if (path == null) {
      return conversion.wantsJson() ? attributes.tree(key) : attributes.plain(key);
    }
    JsonNode tree = attributes.tree(key);
    return tree == null ? null : at(tree);
  }

  /// What lies at the path of a tree, null when nothing does or the condition fails.
  @Nullable JsonNode at(JsonNode tree) {
    if (with != null && tree.at(with).isMissingNode()) {
      return null;
    }
    JsonNode found = path == null ? tree : tree.at(path);
    return found.isMissingNode() || found.isNull() ? null : found;
  }

  private @Nullable JsonNode cut(JsonNode value, Map<String, String> providers) {
    if (after.isEmpty()) {
      return conversion.apply(value, providers);
    }
    String text = value.asString("");
    if (!text.startsWith(after) || text.length() == after.length()) {
      return null;
    }
    String rest = text.substring(after.length());
    String closed = after.endsWith("[") && rest.endsWith("]") ? rest.replaceAll("]$", "") : rest;
    return conversion.apply(JsonNodeFactory.instance.stringNode(closed), providers);
  }
}
