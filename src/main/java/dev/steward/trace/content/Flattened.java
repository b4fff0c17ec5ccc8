// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import dev.steward.trace.dialect.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A list that was spread over attributes `prefix.N.rest`, put together again.
///
/// @param list its elements in the order of their numbers; gaps are closed
/// @param keys the attributes it was made of
record Flattened(ArrayNode list, List<String> keys) {
  private static final int SEGMENTS_MAX = 32;

  /// @param prefix with the dot at its end
  static @Nullable Flattened collect(Attributes attributes, String prefix) {
    ObjectNode root = null;
    List<String> keys = new ArrayList<>();
    for (String key : attributes.keys()) {
      if (key.startsWith(prefix) && startsWithNumber(key, prefix.length())) {
        String[] path = key.substring(prefix.length()).split("\\.", SEGMENTS_MAX);
        root = root == null ? JsonNodeFactory.instance.objectNode() : root;
        JsonNode value = attributes.plain(key);
        if (value != null && put(root, path, value)) {
          keys.add(key);
        }
      }
    }
    return root == null || keys.isEmpty() ? null : new Flattened((ArrayNode) lists(root), keys);
  }

  private static boolean startsWithNumber(String key, int from) {
    int at = from;
    while (at < key.length() && Character.isDigit(key.charAt(at))) {
      at++;
    }
    return at > from && at - from < 10 && (at == key.length() || key.charAt(at) == '.');
  }

  private static boolean put(ObjectNode root, String[] path, JsonNode value) {
    ObjectNode at = root;
    for (int i = 0; i < path.length - 1; i++) {
      JsonNode next = at.get(path[i]);
      if (next == null) {
        at = at.putObject(path[i]);
      } else if (next instanceof ObjectNode object) {
        at = object;
      } else {
        return false;
      }
    }
    String leaf = path[path.length - 1];
    if (at.has(leaf)) {
      return false;
    }
    at.set(leaf, value);
    return true;
  }

  /// Objects whose names are all numbers as lists.
  private static JsonNode lists(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    Map<Integer, JsonNode> numbered = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      member.setValue(lists(member.getValue()));
      if (startsWithNumber(member.getKey() + ".", 0)) {
        numbered.put(Integer.valueOf(member.getKey()), member.getValue());
      }
    }
    if (numbered.isEmpty() || numbered.size() != object.size()) {
      return object;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    numbered.values().forEach(list::add);
    return list;
  }
}
