// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy;

import dev.steward.policy.condition.Condition;
import dev.steward.policy.condition.ToolSchema;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Compiled conditions: each text is compiled once for each schema, when it is first needed.
final class Conditions {
  private final Map<Key, Condition> compiled = new ConcurrentHashMap<>();

  private record Key(String text, ToolSchema schema) {}

  Condition of(String text, ToolSchema schema) {
    Key key = new Key(text, schema);
    Condition known = compiled.get(key);
    return known == null ? compiled.computeIfAbsent(key, _ -> Condition.of(text, schema)) : known;
  }

  /// Those that are still used by one of the texts.
  Conditions keeping(Set<String> texts, Set<ToolSchema> schemas) {
    Conditions kept = new Conditions();
    compiled.forEach((key, condition) -> {
      if (texts.contains(key.text) && schemas.contains(key.schema)) {
        kept.compiled.put(key, condition);
      }
    });
    return kept;
  }

  int size() {
    return compiled.size();
  }
}
