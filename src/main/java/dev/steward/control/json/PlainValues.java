// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// JSON as the plain values that policy looks at: String, Boolean, BigDecimal, List, Map and null.
public final class PlainValues {
  private PlainValues() {}

  public static Map<String, @Nullable Object> of(JsonNode object) {
    Map<String, @Nullable Object> members = LinkedHashMap.newLinkedHashMap(object.size());
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      members.put(member.getKey(), value(member.getValue()));
    }
    return members;
  }

  private static @Nullable Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> of(node);
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>(node.size());
        for (JsonNode item : node.values()) {
          items.add(value(item));
        }
        yield items;
      }
      case STRING -> node.stringValue();
      case NUMBER -> node.decimalValue();
      case BOOLEAN -> node.booleanValue();
      case NULL, MISSING, BINARY, POJO -> null;
    };
  }
}
