// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import dev.steward.gateway.wire.Header;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The arguments of a tool that its schema wants in headers too (`x-mcp-header`).
///
/// @param paths of the argument in the arguments, by the name of its header in lower case
public record ParamHeaders(Map<String, Named> paths) {
  /// Nothing is wanted.
  public static final ParamHeaders NONE = new ParamHeaders(Map.of());

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final String KEYWORD = "x-mcp-header";
  private static final int DEPTH_MAX = 32;

  /// A header and where its value lies.
  public record Named(String header, List<String> path) {}

  /// What a schema wants; empty where it wants it in a way that nobody can follow, so that clients
  /// must drop the tool.
  public static Optional<ParamHeaders> of(JsonNode schema) {
    Map<String, Named> found = new LinkedHashMap<>();
    boolean valid = collect(schema, List.of(), found);
    return valid && count(schema, 0) == found.size()
        ? Optional.of(new ParamHeaders(found))
        : Optional.empty();
  }

  private static boolean collect(JsonNode schema, List<String> path, Map<String, Named> found) {
    if (path.size() > DEPTH_MAX) {
      return false;
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      List<String> at = new ArrayList<>(path);
      at.add(property.getKey());
      JsonNode of = property.getValue();
      if (of.has(KEYWORD)) {
        String header = of.path(KEYWORD).asString("");
        boolean simple =
            switch (of.path("type").asString("")) {
              case "string", "integer", "boolean" -> true;
              default -> false;
            };
        if (!simple
            || !TOKEN.matcher(header).matches()
            || found.put(header.toLowerCase(Locale.ROOT), new Named(header, at)) != null) {
          return false;
        }
      }
      if (!collect(of, at, found)) {
        return false;
      }
    }
    return true;
  }

  /// How often the keyword stands anywhere.
  private static int count(JsonNode schema, int depth) {
    if (depth > DEPTH_MAX * 2) {
      return Integer.MAX_VALUE / 2;
    }
    int count = schema.isObject() && schema.path(KEYWORD).isString() ? 1 : 0;
    for (JsonNode child : schema) {
      count += count(child, depth + 1);
    }
    return count;
  }

  /// What is wrong where a header does not say what the arguments say.
  public Optional<RpcError> wrong(List<Header> headers, JsonNode arguments) {
    for (Map.Entry<String, Named> wanted : paths.entrySet()) {
      String name = McpHeaders.PARAM_PREFIX + wanted.getValue().header();
      Optional<String> header = Header.first(headers, name);
      JsonNode argument = at(arguments, wanted.getValue().path());
      boolean fits =
          (argument.isMissingNode() || argument.isNull())
              ? header.isEmpty()
              : header.flatMap(McpHeaders::read).filter(said -> same(said, argument)).isPresent();
      if (!fits) {
        return Optional.of(
            RpcError.headerMismatch(
                "The header " + name + " is not the argument of the body that it stands for."));
      }
    }
    return Optional.empty();
  }

  /// The headers for these arguments: those that the schema wants anew, every other of the client's
  /// as it came.
  public List<Header> headers(List<Header> sent, JsonNode arguments) {
    List<Header> headers = new ArrayList<>();
    String prefix = McpHeaders.PARAM_PREFIX.toLowerCase(Locale.ROOT);
    for (Header header : sent) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (name.startsWith(prefix) && !paths.containsKey(name.substring(prefix.length()))) {
        headers.add(header);
      }
    }
    for (Named wanted : paths.values()) {
      JsonNode argument = at(arguments, wanted.path());
      if (argument.isValueNode() && !argument.isNull()) {
        headers.add(
            new Header(
                McpHeaders.PARAM_PREFIX + wanted.header(),
                McpHeaders.written(argument.asString(""))));
      }
    }
    return headers;
  }

  private static JsonNode at(JsonNode arguments, List<String> path) {
    JsonNode at = arguments;
    for (String member : path) {
      at = at.path(member);
    }
    return at;
  }

  private static boolean same(String said, JsonNode argument) {
    if (argument.isNumber()) {
      try {
        return new BigDecimal(said).compareTo(argument.decimalValue()) == 0;
      } catch (NumberFormatException _) {
        return false;
      }
    }
    return said.equals(argument.asString(""));
  }
}
