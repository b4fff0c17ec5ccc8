// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.release;

import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a release pins beside its version: the agent's own declaration, and the policies, budgets,
/// data sources and gates that concern it, as they were declared.
///
/// @param bodies digest of the declared form, by `Kind/name`
public record Pins(Map<String, Digest> bodies) {
  /// Nothing was declared that concerns it.
  public static final Pins NONE = new Pins(Map.of());

  public Pins {
    bodies = Collections.unmodifiableMap(new TreeMap<>(bodies));
  }

  /// Canonical JSON.
  public String json() {
    ObjectNode node = CanonicalJson.object();
    bodies.forEach((name, body) -> node.put(name, body.hex()));
    return CanonicalJson.text(node);
  }

  public Digest digest() {
    return Digest.of(json());
  }

  public static Pins read(String json) {
    Map<String, Digest> bodies = new TreeMap<>();
    for (Map.Entry<String, JsonNode> pinned : CanonicalJson.read(json).properties()) {
      bodies.put(pinned.getKey(), new Digest(pinned.getValue().stringValue()));
    }
    return new Pins(bodies);
  }
}
