// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.openapi;

import dev.steward.gateway.rpc.RpcJson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Schemas of a document with what they refer to written out, so that each stands alone. One that
/// holds itself is cut where it does, which lets through more, never less.
final class Schemas {
  private static final int DEPTH_MAX = 30;
  private static final int NODES_MAX = 20_000;

  private final JsonNode document;
  private final Deque<String> within = new ArrayDeque<>();
  private int nodes;

  Schemas(JsonNode document) {
    this.document = document;
  }

  /// What a reference within the document points to, else the node itself.
  JsonNode followed(JsonNode node) {
    JsonNode at = node;
    for (int i = 0; i < DEPTH_MAX && at.path("$ref").isString(); i++) {
      String reference = at.path("$ref").asString();
      at = reference.startsWith("#/") ? document.at(reference.substring(1)) : RpcJson.object();
    }
    return at;
  }

  /// @throws IllegalArgumentException for one that is too large
  JsonNode whole(JsonNode schema) {
    nodes = 0;
    within.clear();
    return copy(schema);
  }

  private JsonNode copy(JsonNode node) {
    if (++nodes > NODES_MAX) {
      throw new IllegalArgumentException("a schema is too large");
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = RpcJson.object().putArray("a");
      for (JsonNode each : array) {
        copy.add(copy(each));
      }
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    if (object.path("$ref").isString()) {
      String reference = object.path("$ref").asString();
      if (within.contains(reference) || within.size() >= DEPTH_MAX) {
        return RpcJson.object();
      }
      within.push(reference);
      try {
        return copy(followed(object));
      } finally {
        within.pop();
      }
    }
    ObjectNode copy = RpcJson.object();
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      switch (each.getKey()) {
        case "nullable", "xml", "example", "externalDocs", "discriminator" -> {
          if (each.getValue().isObject() && object.path("properties").isMissingNode()) {
            // may be the name of a property
            copy.set(each.getKey(), copy(each.getValue()));
          }
        }
        default -> copy.set(each.getKey(), copy(each.getValue()));
      }
    }
    if (object.path("nullable").asBoolean(false) && object.path("type").isString()) {
      copy.putArray("type").add(object.path("type").asString()).add("null");
    }
    return copy;
  }
}
