// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import dev.steward.trace.dialect.Attributes;
import dev.steward.trace.dialect.ContentSource;
import dev.steward.trace.dialect.ContentSource.Slot;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Finds the bodies of a span that are no messages: instructions, tools, arguments, results and
/// documents.
final class Bodies {
  private final PartForm parts;
  private final Blobs blobs;

  Bodies(PartForm parts, Blobs blobs) {
    this.parts = parts;
    this.blobs = blobs;
  }

  @Nullable JsonNode find(Slot slot, Attributes attributes, ContentSource source) {
    return switch (source) {
      case ContentSource.Whole(String key) -> whole(slot, attributes, key);
      case ContentSource.Within(String key, JsonPointer path) -> {
        JsonNode part = Trees.within(attributes, key, path);
        yield part == null ? null : form(slot, part);
      }
      case ContentSource.Flattened(String prefix) -> flattened(slot, attributes, prefix);
      case ContentSource.Reference(String key) -> {
        String uri = attributes.text(key);
        yield uri == null ? null : list(blobs.address(uri, null, null));
      }
      case ContentSource.Parts _ -> null;
    };
  }

  private @Nullable JsonNode whole(Slot slot, Attributes attributes, String key) {
    JsonNode tree = attributes.tree(key);
    if (tree == null || (tree.isString() && tree.stringValue().isEmpty())) {
      return null;
    }
    attributes.move(key);
    return form(slot, tree);
  }

  private @Nullable JsonNode flattened(Slot slot, Attributes attributes, String prefix) {
    Flattened flattened = Flattened.collect(attributes, prefix);
    if (flattened == null) {
      return null;
    }
    flattened.keys().forEach(attributes::move);
    return form(slot, flattened.list());
  }

  private JsonNode form(Slot slot, JsonNode tree) {
    return switch (slot) {
      case INSTRUCTIONS -> instructions(tree);
      case TOOLS -> unwrapped(tree, "tool", "json_schema");
      case DOCUMENTS -> unwrapped(tree, "document", "");
      case ARGUMENTS, RESULT, INPUT, OUTPUT -> blobs.takenOut(tree);
    };
  }

  private JsonNode instructions(JsonNode tree) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    if (tree.isArray()) {
      tree.forEach(part -> list.add(parts.part(part)));
    } else {
      list.add(parts.part(tree));
    }
    return list;
  }

  /// A list whose elements may be wrapped in a member and be JSON in a text.
  private static JsonNode unwrapped(JsonNode tree, String shell, String inner) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (JsonNode element : tree.isArray() ? tree : list(tree)) {
      JsonNode read = Trees.read(element);
      JsonNode inside = read.path(shell).isObject() ? read.path(shell) : read;
      JsonNode body = inner.isEmpty() ? null : inside.get(inner);
      list.add(body == null ? inside : Trees.read(body));
    }
    return list;
  }

  private static ArrayNode list(JsonNode one) {
    return JsonNodeFactory.instance.arrayNode().add(one);
  }
}
