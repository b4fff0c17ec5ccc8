// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reference;

import dev.steward.server.http.Parameter;
import dev.steward.server.http.Route;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The reference page of the API as Markdown: `docs/reference/api.md`.
public final class ApiPage {
  private static final String REF = "#/components/schemas/";

  private ApiPage() {}

  public static String markdown(List<Route> routes) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # REST API

        <!-- Generated from the route table that serves the API by `make reference`; a test compares. -->

        Every request but those marked *open* carries `Authorization: Bearer TOKEN`. The same as a machine reads it is
        at `/api/v1/openapi.json`. Errors are `application/problem+json` with `detail` (the cause), `instance` (the
        place) and `remedy`. Lists give `next`, to be sent as `cursor`. Times are ISO 8601 in UTC, money is a decimal in
        a string, and what is not known is `null`, never 0.
        """);
    String group = "";
    for (Route route : routes.stream().filter(Route::documented).toList()) {
      if (!route.group().equals(group)) {
        group = route.group();
        page.append("\n## ").append(group).append('\n');
      }
      describe(page, route);
    }
    page.append("\n## Shapes\n");
    JsonNode schemas = OpenApi.document(routes).at("/components/schemas");
    schemas.propertyNames().forEach(name -> shape(page, name, schemas.get(name)));
    return page.toString();
  }

  private static void describe(StringBuilder page, Route route) {
    page.append("\n### ").append(route.method()).append(' ').append(route.path()).append("\n\n");
    page.append(route.about()).append("\n\n");
    page.append("Needs: ")
        .append(
            route
                .need()
                .permission()
                .map(p -> "`" + p.name().toLowerCase(Locale.ROOT) + "`")
                .orElse("*open*"))
        .append('.');
    if (!route.accepts().isEmpty()) {
      page.append(" Takes: ").append(named(route.accepts(), route.takenRecord().orElse(null)));
    }
    if (!route.givesType().isEmpty()) {
      page.append(" Gives: ").append(named(route.givesType(), route.givenRecord().orElse(null)));
    }
    page.append(route.status() == 200 ? "\n" : " Status: " + route.status() + ".\n");
    if (!route.parameters().isEmpty()) {
      page.append("\n| parameter | type | |\n|---|---|---|\n");
      for (Parameter p : route.parameters()) {
        page.append(
            String.format(Locale.ROOT, "| `%s` | %s | %s |\n", p.name(), p.type(), p.about()));
      }
    }
  }

  private static String named(String mediaType, @org.jspecify.annotations.Nullable Class<?> type) {
    return type == null || !type.isRecord()
        ? "`" + mediaType + "`."
        : "[" + type.getSimpleName() + "](#" + type.getSimpleName().toLowerCase(Locale.ROOT) + ").";
  }

  private static void shape(StringBuilder page, String name, JsonNode schema) {
    page.append("\n### ").append(name).append("\n\n| field | type |\n|---|---|\n");
    ObjectNode properties = (ObjectNode) schema.get("properties");
    properties.forEachEntry((field, type) ->
        page.append(String.format(Locale.ROOT, "| `%s` | %s |\n", field, words(type))));
  }

  private static String words(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").stringValue().substring(REF.length());
      return "[" + name + "](#" + name.toLowerCase(Locale.ROOT) + ")";
    }
    if (schema.has("anyOf")) {
      return words(schema.get("anyOf").get(0)) + " or null";
    }
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      return type.get(0).stringValue() + " or null";
    }
    return switch (type.asString("")) {
      case "array" -> "list of " + words(schema.get("items"));
      case "object" -> "map to " + words(schema.path("additionalProperties"));
      case "" -> "any JSON";
      default ->
          schema.has("enum")
              ? String.join(", ", schema.get("enum").valueStream().map(JsonNode::asString).toList())
              : schema.path("format").asString(type.asString(""));
    };
  }
}
