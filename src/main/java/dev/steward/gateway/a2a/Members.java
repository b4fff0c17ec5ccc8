// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.a2a;

import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Members of a request as any server may read them: readers of Protobuf take `task_id` for
/// `taskId`, and some others take `TaskId` for it.
final class Members {
  private Members() {}

  /// Missing where there is none.
  ///
  /// @throws IllegalArgumentException where there are two, of which a server may read either
  static JsonNode of(JsonNode object, String name) {
    JsonNode found = MissingNode.getInstance();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (plain(member.getKey()).equals(plain(name))) {
        if (!found.isMissingNode()) {
          throw new IllegalArgumentException("ambiguous: it has '" + name + "' in two spellings");
        }
        found = member.getValue();
      }
    }
    return found;
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
