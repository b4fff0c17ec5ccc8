// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import dev.steward.gateway.wire.Request;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a modern request must say of itself, and that its headers say what its body says: whoever
/// stands between reads the one, and we the other.
public final class ModernChecks {
  private ModernChecks() {}

  /// The era that a message is of. `initialize` begins a session wherever it carries no metadata.
  public static Era era(Request http, RpcMessage message) {
    if (message.meta().has(Meta.PROTOCOL_VERSION)) {
      return Era.MODERN;
    }
    String version = http.header(McpHeaders.VERSION).map(String::strip).orElse("");
    boolean legacy =
        version.isEmpty() || Era.legacy(version) || message.method().equals("initialize");
    return legacy ? Era.LEGACY : Era.MODERN;
  }

  /// @throws RpcException when something does not fit
  public static void check(Request http, RpcMessage message) {
    String header = header(http, McpHeaders.VERSION);
    if (header.isEmpty()) {
      throw new RpcException(
          RpcError.headerMismatch("The header MCP-Protocol-Version is missing."));
    }
    ObjectNode meta = message.meta();
    if (!meta.path(Meta.PROTOCOL_VERSION).isString()) {
      throw missing(Meta.PROTOCOL_VERSION);
    }
    if (!meta.path(Meta.CLIENT_CAPABILITIES).isObject()) {
      throw missing(Meta.CLIENT_CAPABILITIES);
    }
    String version = meta.path(Meta.PROTOCOL_VERSION).asString("");
    if (!header.equals(version)) {
      throw new RpcException(
          RpcError.headerMismatch(
              "The header MCP-Protocol-Version is not the protocolVersion of the body."));
    }
    if (!Era.modern(version)) {
      throw new RpcException(RpcError.versionUnsupported(version));
    }
    method(http, message);
    name(http, message);
  }

  private static void method(Request http, RpcMessage message) {
    if (!header(http, McpHeaders.METHOD).equals(message.method())) {
      throw new RpcException(
          RpcError.headerMismatch("The header Mcp-Method is not the method of the body."));
    }
  }

  private static void name(Request http, RpcMessage message) {
    Optional<String> said = http.header(McpHeaders.NAME);
    Optional<String> meant = McpHeaders.name(message);
    if (meant.isPresent() && !said.flatMap(McpHeaders::read).equals(meant)) {
      throw new RpcException(
          RpcError.headerMismatch("The header Mcp-Name is not what the body names."));
    }
  }

  private static String header(Request http, String name) {
    return http.header(name).map(String::strip).orElse("");
  }

  private static RpcException missing(String member) {
    return new RpcException(
        RpcError.of(
            RpcError.INVALID_PARAMS, 400, "The request's _meta has no valid " + member + "."));
  }
}
