// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import dev.steward.gateway.wire.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The headers of a request over HTTP: what they say of the body, and how values that no header may
/// hold are written.
public final class McpHeaders {
  public static final String VERSION = "MCP-Protocol-Version";
  public static final String SESSION = "Mcp-Session-Id";
  public static final String METHOD = "Mcp-Method";
  public static final String NAME = "Mcp-Name";
  public static final String PARAM_PREFIX = "Mcp-Param-";
  public static final String LAST_EVENT = "Last-Event-ID";

  private static final String OPEN = "=?base64?";
  private static final String CLOSE = "?=";

  private McpHeaders() {}

  public static List<Header> json() {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/json"));
    headers.add(new Header("Accept", "application/json, text/event-stream"));
    return headers;
  }

  /// The headers that say of a modern request what its body says.
  public static List<Header> modern(RpcMessage request) {
    List<Header> headers = json();
    headers.add(new Header(VERSION, request.meta().path(Meta.PROTOCOL_VERSION).asString("")));
    headers.add(new Header(METHOD, request.method()));
    name(request).ifPresent(name -> headers.add(new Header(NAME, written(name))));
    return headers;
  }

  /// What `Mcp-Name` must say of a request, empty where it must not be there.
  public static Optional<String> name(RpcMessage request) {
    String member =
        switch (request.method()) {
          case "tools/call", "prompts/get" -> "name";
          case "resources/read" -> "uri";
          case "tasks/get", "tasks/update", "tasks/cancel" -> "taskId";
          default -> "";
        };
    return Optional.of(member)
        .filter(name -> !name.isEmpty() && request.params().path(name).isString())
        .map(request::param);
  }

  /// A value as a header may hold it.
  public static String written(String value) {
    boolean plain =
        value.equals(value.strip())
            && !value.startsWith(OPEN)
            && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    return plain
        ? value
        : OPEN + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + CLOSE;
  }

  /// The value that a header means, empty where it is written wrongly.
  public static Optional<String> read(String header) {
    String value = header.strip();
    if (!value.startsWith(OPEN)) {
      return value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
          ? Optional.of(value)
          : Optional.empty();
    }
    if (!value.endsWith(CLOSE) || value.length() < OPEN.length() + CLOSE.length()) {
      return Optional.empty();
    }
    try {
      String code = value.substring(OPEN.length(), value.length() - CLOSE.length());
      return Optional.of(new String(Base64.getDecoder().decode(code), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
