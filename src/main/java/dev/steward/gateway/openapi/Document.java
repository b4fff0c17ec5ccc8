// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.openapi;

import dev.steward.gateway.openapi.Operation.Parameter;
import dev.steward.gateway.openapi.Operation.Place;
import dev.steward.gateway.rpc.RpcJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An OpenAPI 3 document, JSON or YAML, read into its operations. What cannot be called by a tool,
/// such as an upload, is left out.
public final class Document {
  private static final int CHARACTERS_MAX = 8 << 20;
  private static final int ALIASES_MAX = 50;
  private static final int OPERATIONS_MAX = 2_000;
  private static final int NAME_MAX = 100;
  private static final int DESCRIPTION_MAX = 4_000;
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete");
  private static final Set<String> HEADERS_OURS =
      Set.of(
          "accept",
          "authorization",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "host",
          "proxy-authorization",
          "te",
          "transfer-encoding",
          "upgrade");
  private static final JsonMapper YAML = JsonMapper.builder().build();

  private final JsonNode root;
  private final Schemas schemas;
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  private Document(JsonNode root) {
    this.root = root;
    this.schemas = new Schemas(root);
  }

  /// The operations by the names of their tools.
  ///
  /// @throws IllegalArgumentException for what is no such document; the message says why
  public static Map<String, Operation> read(String text) {
    if (text.length() > CHARACTERS_MAX) {
      throw new IllegalArgumentException("it is larger than " + CHARACTERS_MAX + " characters");
    }
    Document document = new Document(tree(text));
    document.operations();
    return Map.copyOf(document.operations);
  }

  private static JsonNode tree(String text) {
    try {
      if (text.stripLeading().startsWith("{")) {
        return RpcJson.read(text);
      }
      LoadSettings settings =
          LoadSettings.builder()
              .setCodePointLimit(CHARACTERS_MAX)
              .setMaxAliasesForCollections(ALIASES_MAX)
              .build();
      return YAML.valueToTree(new Load(settings).loadFromString(text));
    } catch (JacksonException | YamlEngineException e) {
      throw new IllegalArgumentException("it is neither JSON nor YAML: " + e.getMessage(), e);
    }
  }

  private void operations() {
    if (!root.path("openapi").asString("").startsWith("3.")) {
      throw new IllegalArgumentException("it is no OpenAPI document of version 3");
    }
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      JsonNode item = schemas.followed(path.getValue());
      for (Map.Entry<String, JsonNode> each : item.properties()) {
        if (METHODS.contains(each.getKey()) && each.getValue() instanceof ObjectNode operation) {
          add(each.getKey(), path.getKey(), item, operation);
        }
      }
    }
    if (operations.size() > OPERATIONS_MAX) {
      throw new IllegalArgumentException("it has more than " + OPERATIONS_MAX + " operations");
    }
  }

  private void add(String method, String path, JsonNode item, ObjectNode operation) {
    ObjectNode properties = RpcJson.object();
    ArrayNode required = RpcJson.array(List.of());
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode each : parameters(item, operation)) {
      if (!parameter(each, properties, required, parameters)) {
        return;
      }
    }
    boolean body = false;
    JsonNode asked = schemas.followed(operation.path("requestBody"));
    if (asked.isObject()) {
      JsonNode content = asked.path("content").path("application/json");
      boolean needed = asked.path("required").asBoolean(false);
      if (content.isMissingNode() && needed) {
        return;
      }
      body = !content.isMissingNode();
      if (body) {
        properties.set(Operation.BODY, schemas.whole(content.path("schema")));
        if (needed) {
          required.add(Operation.BODY);
        }
      }
    }
    String name = name(method, path, operation);
    ObjectNode definition = RpcJson.object();
    definition.put("name", name);
    if (operation.path("summary").isString()) {
      definition.put("title", operation.path("summary").asString());
    }
    definition.put("description", description(method, path, operation));
    ObjectNode input = definition.putObject("inputSchema");
    input.put("type", "object");
    input.set("properties", properties);
    if (!required.isEmpty()) {
      input.set("required", required);
    }
    input.put("additionalProperties", false);
    definition.set("annotations", annotations(method));
    operations.put(
        name, new Operation(method.toUpperCase(Locale.ROOT), path, parameters, body, definition));
  }

  /// Those of the path, unless the operation says otherwise, and those of the operation.
  private List<JsonNode> parameters(JsonNode item, JsonNode operation) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
      for (JsonNode each : list) {
        JsonNode parameter = schemas.followed(each);
        String key = parameter.path("in").asString("") + ":" + parameter.path("name").asString("");
        all.put(key, parameter);
      }
    }
    return List.copyOf(all.values());
  }

  /// Whether the operation can be called as far as this parameter goes.
  private boolean parameter(
      JsonNode parameter, ObjectNode properties, ArrayNode required, List<Parameter> parameters) {
    String name = parameter.path("name").asString("");
    boolean needed = parameter.path("required").asBoolean(false);
    Place place;
    switch (parameter.path("in").asString("")) {
      case "path" -> place = Place.PATH;
      case "query" -> place = Place.QUERY;
      case "header" -> {
        if (HEADERS_OURS.contains(name.toLowerCase(Locale.ROOT))) {
          return true;
        }
        place = Place.HEADER;
      }
      default -> {
        return !needed;
      }
    }
    String argument = name;
    if (properties.has(name) || name.equals(Operation.BODY)) {
      argument = name + "_" + place.name().toLowerCase(Locale.ROOT);
    }
    JsonNode schema = schemas.whole(parameter.path("schema"));
    ObjectNode property = schema instanceof ObjectNode given ? given : RpcJson.object();
    if (parameter.path("description").isString() && !property.has("description")) {
      property.put("description", parameter.path("description").asString());
    }
    properties.set(argument, property);
    if (needed || place == Place.PATH) {
      required.add(argument);
    }
    parameters.add(new Parameter(argument, name, place, parameter.path("explode").asBoolean(true)));
    return true;
  }

  private String name(String method, String path, JsonNode operation) {
    String wanted = operation.path("operationId").asString(method + "_" + path);
    String name = wanted.replaceAll("[^A-Za-z0-9_.-]+", "_").replaceAll("^_+|_+$", "");
    if (name.length() > NAME_MAX) {
      name = name.substring(0, NAME_MAX);
    }
    Set<String> taken = new HashSet<>(operations.keySet());
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      free = name + "_" + i;
    }
    return free;
  }

  private static String description(String method, String path, JsonNode operation) {
    String said =
        operation.path("description").asString(operation.path("summary").asString("")).strip();
    String text =
        (said.isEmpty() ? "" : said + "\n\n") + method.toUpperCase(Locale.ROOT) + " " + path;
    return text.length() > DESCRIPTION_MAX ? text.substring(0, DESCRIPTION_MAX) : text;
  }

  /// What HTTP says of a method; an operator confirms it.
  private static ObjectNode annotations(String method) {
    ObjectNode annotations = RpcJson.object();
    boolean reads = method.equals("get") || method.equals("head");
    annotations.put("readOnlyHint", reads);
    if (!reads) {
      annotations.put("destructiveHint", !method.equals("post"));
      annotations.put("idempotentHint", method.equals("put") || method.equals("delete"));
    }
    return annotations;
  }
}
