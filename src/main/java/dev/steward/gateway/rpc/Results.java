// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import tools.jackson.databind.node.ObjectNode;

/// Results in the form of their era.
public final class Results {
  private static final String TYPE = "resultType";

  private Results() {}

  /// A server's result with what a modern client must find in it.
  public static ObjectNode whole(Era era, ObjectNode result) {
    if (era == Era.MODERN && !result.has(TYPE)) {
      result.put(TYPE, "complete");
    }
    return result;
  }

  /// A result that a modern client may keep.
  public static ObjectNode cacheable(Era era, ObjectNode result) {
    if (era == Era.MODERN) {
      whole(era, result);
      if (!result.path("ttlMs").isNumber()) {
        result.put("ttlMs", 0);
      }
      if (!result.path("cacheScope").isString()) {
        result.put("cacheScope", "private");
      }
    }
    return result;
  }

  /// What a tool's caller is told in the place of a result, so that a model can act on it.
  public static ObjectNode told(Era era, String text) {
    ObjectNode result = RpcJson.object();
    result.putArray("content").addObject().put("type", "text").put("text", text);
    result.put("isError", true);
    return whole(era, result);
  }
}
