// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reference;

import dev.steward.server.access.Need;
import dev.steward.server.http.Parameter;
import dev.steward.server.http.Problem;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document of a route table.
public final class OpenApi {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([a-zA-Z]+)(?:\\.\\.\\.)?}");
  private static final String PROBLEM = "Problem";

  private OpenApi() {}

  /// The routes together with one more, which serves the document of all of them.
  public static List<Route> withDocument(List<Route> routes) {
    List<Route> all = new ArrayList<>(routes);
    all.add(
        Route.get("/api/v1/openapi.json", Need.NOTHING)
            .about("Reference", "This document.")
            .gives(JsonNode.class)
            .by(exchange -> Reply.json(document(all))));
    return List.copyOf(all);
  }

  public static ObjectNode document(List<Route> routes) {
    Schemas schemas = new Schemas();
    ObjectNode document = JSON.createObjectNode();
    document.put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Steward")
        .put("version", "v1")
        .put("description", "The operations layer for AI agents.");
    document.putArray("security").addObject().putArray("token");
    ObjectNode paths = document.putObject("paths");
    for (Route route : routes) {
      if (route.documented()) {
        ObjectNode path = paths.withObjectProperty(route.path().replace("...", ""));
        path.set(route.method().toLowerCase(Locale.ROOT), operation(route, schemas));
      }
    }
    schemas.of(Problem.class);
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas.components());
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer");
    return document;
  }

  /// Names in braces of a path.
  static List<String> pathParameters(String path) {
    List<String> names = new ArrayList<>();
    Matcher named = PATH_PARAMETER.matcher(path);
    while (named.find()) {
      names.add(named.group(1));
    }
    return names;
  }

  private static ObjectNode operation(Route route, Schemas schemas) {
    ObjectNode operation = JSON.createObjectNode();
    operation.put("operationId", operationId(route));
    operation.put("summary", route.about());
    operation.putArray("tags").add(route.group());
    route
        .need()
        .permission()
        .ifPresent(p -> operation.put("x-permission", p.name().toLowerCase(Locale.ROOT)));
    if (route.need().equals(Need.NOTHING)) {
      operation.putArray("security");
    }
    ArrayNode parameters = operation.putArray("parameters");
    pathParameters(route.path()).forEach(name -> inPath(parameters, name));
    route.parameters().forEach(p -> inQuery(parameters, p));
    if (!route.accepts().isEmpty()) {
      ObjectNode content =
          operation.putObject("requestBody").put("required", true).putObject("content");
      ObjectNode type = content.putObject(route.accepts());
      route.takenRecord().ifPresent(t -> type.set("schema", schemas.of(t)));
    }
    ObjectNode responses = operation.putObject("responses");
    ObjectNode good =
        responses.putObject(Integer.toString(route.status())).put("description", "Done.");
    if (!route.givesType().isEmpty()) {
      ObjectNode type = good.putObject("content").putObject(route.givesType());
      route.givenRecord().ifPresent(g -> type.set("schema", schemas.of(g)));
    }
    responses
        .putObject("default")
        .put("description", "An error: cause, place and remedy.")
        .putObject("content")
        .putObject(Problem.MEDIA_TYPE)
        .putObject("schema")
        .put("$ref", "#/components/schemas/" + PROBLEM);
    return operation;
  }

  private static void inPath(ArrayNode parameters, String name) {
    parameters
        .addObject()
        .put("name", name)
        .put("in", "path")
        .put("required", true)
        .putObject("schema")
        .put("type", "string");
  }

  private static void inQuery(ArrayNode parameters, Parameter parameter) {
    ObjectNode node =
        parameters
            .addObject()
            .put("name", parameter.name())
            .put("in", "query")
            .put("required", false)
            .put("description", parameter.about());
    ObjectNode schema = node.putObject("schema");
    if (parameter.type().equals("date-time")) {
      schema.put("type", "string").put("format", "date-time");
    } else {
      schema.put("type", parameter.type());
    }
  }

  /// Such as `getRunsById`.
  private static String operationId(Route route) {
    StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
    for (String segment : route.path().substring("/api/v1/".length()).split("/", -1)) {
      boolean named = segment.startsWith("{");
      String word = segment.replaceAll("[{}.]", "");
      id.append(named ? "By" : "");
      for (String part : word.split("-", -1)) {
        id.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
      }
    }
    return id.toString();
  }
}
