// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A part of a YAML document, and the line where it stands.
public sealed interface Node {
  int line();

  /// @param plain written without quotes, so it may be a number, a boolean or null
  record Scalar(String text, boolean plain, int line) implements Node {}

  record Items(List<Node> nodes, int line) implements Node {}

  record Members(Map<String, Member> members, int line) implements Node {}

  /// One field of a mapping.
  ///
  /// @param line of its name
  record Member(int line, Node node) {}

  /// The tree of a JSON value, without lines.
  static Node of(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> {
        Map<String, Member> members = LinkedHashMap.newLinkedHashMap(json.size());
        json.properties().forEach(p -> members.put(p.getKey(), new Member(0, of(p.getValue()))));
        yield new Members(members, 0);
      }
      case ARRAY -> {
        List<Node> nodes = new ArrayList<>(json.size());
        for (Iterator<JsonNode> items = json.values().iterator(); items.hasNext(); ) {
          nodes.add(of(items.next()));
        }
        yield new Items(nodes, 0);
      }
      case STRING -> new Scalar(json.stringValue(), false, 0);
      case NUMBER -> new Scalar(json.decimalValue().toPlainString(), true, 0);
      case BOOLEAN -> new Scalar(Boolean.toString(json.booleanValue()), true, 0);
      case NULL -> new Scalar("", true, 0);
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("not a JSON value: " + json.getNodeType());
    };
  }
}
