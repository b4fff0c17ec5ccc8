// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An error of JSON-RPC. Codes of our own lie outside of those that JSON-RPC and MCP keep for
/// themselves.
///
/// @param status of HTTP, where it is the whole answer
public record RpcError(int code, String message, Optional<JsonNode> data, int status) {
  public static final int PARSE = -32700;
  public static final int INVALID_REQUEST = -32600;
  public static final int NO_SUCH_METHOD = -32601;
  public static final int INVALID_PARAMS = -32602;
  public static final int INTERNAL = -32603;
  public static final int HEADER_MISMATCH = -32020;
  public static final int CAPABILITY_MISSING = -32021;
  public static final int VERSION_UNSUPPORTED = -32022;

  /// Nobody has proven to be an agent.
  public static final int UNAUTHENTICATED = 4010;

  /// The gateway does not let it through.
  public static final int DENIED = 4030;

  /// There is nothing of that name for this caller.
  public static final int NOT_FOUND = 4040;

  /// There is too much of it at once.
  public static final int BUSY = 4290;

  public static RpcError of(int code, int status, String message) {
    return new RpcError(code, message, Optional.empty(), status);
  }

  /// The body of the request makes no sense.
  public static RpcError parse(String message) {
    return of(PARSE, 400, message);
  }

  public static RpcError invalidRequest(String message) {
    return of(INVALID_REQUEST, 400, message);
  }

  /// A parameter of a request that is well formed otherwise.
  public static RpcError invalidParams(String message) {
    return of(INVALID_PARAMS, 200, message);
  }

  public static RpcError noSuchMethod(Era era, String method) {
    return of(
        NO_SUCH_METHOD, era == Era.MODERN ? 404 : 200, "Method not found: " + shortened(method));
  }

  public static RpcError headerMismatch(String message) {
    return of(HEADER_MISMATCH, 400, message);
  }

  /// @param requested a version that is none of ours
  public static RpcError versionUnsupported(String requested) {
    ObjectNode data = RpcJson.object();
    List<String> versions = Era.MODERN_VERSIONS;
    data.set("supported", RpcJson.array(versions));
    data.put("requested", requested);
    return new RpcError(
        VERSION_UNSUPPORTED,
        "Unsupported protocol version: "
            + shortened(requested)
            + "; this gateway speaks "
            + String.join(", ", versions)
            + ", and older versions after 'initialize'.",
        Optional.of(data),
        400);
  }

  /// The `error` member.
  public ObjectNode json() {
    ObjectNode error = RpcJson.object();
    error.put("code", code);
    error.put("message", message);
    data.ifPresent(more -> error.set("data", more));
    return error;
  }

  /// The status that an error of a server has over HTTP in the modern era.
  public static int modernStatus(JsonNode error) {
    return switch (error.path("code").asInt(0)) {
      case NO_SUCH_METHOD -> 404;
      case PARSE, INVALID_REQUEST, HEADER_MISMATCH, CAPABILITY_MISSING, VERSION_UNSUPPORTED -> 400;
      default -> 200;
    };
  }

  private static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }
}
