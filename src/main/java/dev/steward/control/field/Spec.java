// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a `spec`: what is empty is left out.
public final class Spec {
  private Spec() {}

  /// Puts a text that is not empty.
  public static void put(ObjectNode node, String name, String value) {
    if (!value.isEmpty()) {
      node.put(name, value);
    }
  }

  /// Puts a list that is not empty.
  public static void put(ObjectNode node, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = node.putArray(name);
      values.forEach(array::add);
    }
  }
}
