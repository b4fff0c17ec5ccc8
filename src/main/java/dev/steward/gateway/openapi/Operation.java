// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.openapi;

import dev.steward.domain.Percent;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.wire.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One operation of an API, as a tool.
///
/// @param path with `{name}` where a parameter goes
/// @param definition as a server of tools would list it
public record Operation(
    String method, String path, List<Parameter> parameters, boolean body, ObjectNode definition) {
  /// Under which argument the body of a request goes.
  static final String BODY = "body";

  public Operation {
    parameters = List.copyOf(parameters);
  }

  /// Where in a request an argument goes.
  ///
  /// @param argument its name as an argument
  /// @param explodes whether each item of a list is written on its own
  record Parameter(String argument, String name, Place place, boolean explodes) {}

  /// A part of a request.
  enum Place {
    PATH,
    QUERY,
    HEADER
  }

  /// A request without its credential.
  ///
  /// @param target path and query, encoded
  public record Sent(String target, List<Header> headers, byte[] body) {}

  public String name() {
    return definition.path("name").asString("");
  }

  /// Whether it may be sent twice without harm.
  public boolean repeatable() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /// @throws IllegalArgumentException for arguments that make no request; the message says why
  public Sent request(ObjectNode arguments) {
    String target = path;
    StringBuilder query = new StringBuilder();
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Accept", "application/json, text/plain;q=0.5"));
    for (Parameter each : parameters) {
      JsonNode value = arguments.path(each.argument());
      if (value.isMissingNode() || value.isNull()) {
        if (each.place() == Place.PATH) {
          throw new IllegalArgumentException("'" + each.argument() + "' is missing.");
        }
        continue;
      }
      switch (each.place()) {
        case PATH -> target = target.replace("{" + each.name() + "}", segment(each, value));
        case QUERY -> query(query, each, value);
        case HEADER -> headers.add(new Header(each.name(), header(each, value)));
      }
    }
    byte[] sent = new byte[0];
    if (body && arguments.has(BODY)) {
      headers.add(new Header("Content-Type", "application/json"));
      sent = RpcJson.bytes(arguments.path(BODY));
    }
    return new Sent(target + query, headers, sent);
  }

  /// A value that is one segment of a path, and cannot become another path.
  private static String segment(Parameter parameter, JsonNode value) {
    String text = text(value);
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException(
          "'" + parameter.argument() + "' must not be empty, '.' or '..'.");
    }
    return Percent.encoded(text);
  }

  private static void query(StringBuilder query, Parameter parameter, JsonNode value) {
    if (value.isArray() && parameter.explodes()) {
      for (JsonNode each : value) {
        add(query, parameter.name(), Percent.encoded(text(each)));
      }
    } else if (value.isObject() && parameter.explodes()) {
      for (Map.Entry<String, JsonNode> each : value.properties()) {
        add(query, each.getKey(), Percent.encoded(text(each.getValue())));
      }
    } else {
      add(query, parameter.name(), Percent.encoded(text(value)));
    }
  }

  private static void add(StringBuilder query, String name, String value) {
    query
        .append(query.isEmpty() ? '?' : '&')
        .append(Percent.encoded(name))
        .append('=')
        .append(value);
  }

  private static String header(Parameter parameter, JsonNode value) {
    String text = text(value);
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        throw new IllegalArgumentException(
            "'" + parameter.argument() + "' holds characters that no header can.");
      }
    }
    return text;
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      List<String> texts = new ArrayList<>();
      for (JsonNode each : value) {
        texts.add(text(each));
      }
      return String.join(",", texts);
    }
    return value.isString() ? value.asString() : value.toString();
  }
}
