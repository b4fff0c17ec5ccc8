// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds the parameters of a model call.
///
/// @param attributes our name by attribute key
/// @param bags attributes that hold many parameters as JSON
/// @param names our name by the sender's
record ParameterRules(
    Map<String, String> attributes, List<String> bags, Map<String, String> names) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// One JSON object with sorted names. An attribute of its own beats a bag.
  String read(Attributes span) {
    Map<String, JsonNode> found = new TreeMap<>();
    for (String key : span.keys()) {
      String name = attributes.get(key);
      if (name != null) {
        add(found, name, span.plain(key));
      }
    }
    for (String bag : bags) {
      if (span.has(bag)) {
        addAll(found, span.tree(bag));
      }
    }
    return found.isEmpty() ? "{}" : JSON.writeValueAsString(found);
  }

  private void addAll(Map<String, JsonNode> found, @Nullable JsonNode bag) {
    if (bag == null || !bag.isObject()) {
      return;
    }
    for (Map.Entry<String, JsonNode> member : bag.properties()) {
      String name = names.get(member.getKey());
      if (name != null) {
        add(found, name, member.getValue());
      }
    }
  }

  private static void add(Map<String, JsonNode> found, String name, @Nullable JsonNode value) {
    if (value != null && !value.isNull() && !(value.isContainer() && value.isEmpty())) {
      found.putIfAbsent(name, value);
    }
  }
}
