// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reference;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON schemas of the records that the API takes and gives.
final class Schemas {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, Class<?>> classByName = new TreeMap<>();
  private final Map<String, ObjectNode> byName = new TreeMap<>();

  /// All named schemas met so far.
  ObjectNode components() {
    ObjectNode schemas = JSON.createObjectNode();
    byName.forEach(schemas::set);
    return schemas;
  }

  ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      Type[] arguments = generic.getActualTypeArguments();
      return Map.class.isAssignableFrom(raw)
          ? schema("object").set("additionalProperties", of(arguments[arguments.length - 1]))
          : schema("array").set("items", of(arguments[0]));
    }
    if (!(type instanceof Class<?> known)) {
      throw new IllegalArgumentException("no schema for " + type);
    }
    if (known.isEnum()) {
      return constants(known);
    }
    return known.isRecord() ? reference(known) : plain(known);
  }

  private static ObjectNode plain(Class<?> type) {
    if (type == String.class) {
      return schema("string");
    }
    if (type == Instant.class) {
      return schema("string").put("format", "date-time");
    }
    if (type == Duration.class) {
      return schema("string").put("format", "duration");
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return schema("integer");
    }
    if (type == double.class || type == Double.class || type == BigDecimal.class) {
      return schema("number");
    }
    if (type == boolean.class || type == Boolean.class) {
      return schema("boolean");
    }
    if (JsonNode.class.isAssignableFrom(type)) {
      return JSON.createObjectNode();
    }
    throw new IllegalArgumentException("no schema for " + type);
  }

  private static ObjectNode constants(Class<?> type) {
    ObjectNode schema = schema("string");
    ArrayNode names = schema.putArray("enum");
    Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).forEach(names::add);
    return schema;
  }

  private ObjectNode reference(Class<?> type) {
    String name = name(type);
    if (!byName.containsKey(name)) {
      ObjectNode schema = schema("object");
      byName.put(name, schema);
      ObjectNode properties = schema.putObject("properties");
      addProperties(type, properties);
      ArrayNode required = schema.putArray("required");
      properties.propertyNames().forEach(required::add);
    }
    return JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
  }

  private void addProperties(Class<?> type, ObjectNode properties) {
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
        addProperties(component.getType(), properties);
      } else {
        ObjectNode schema = of(component.getGenericType());
        properties.set(
            component.getName(), nullable(component.getAnnotatedType()) ? orNull(schema) : schema);
      }
    }
  }

  private String name(Class<?> type) {
    String name = type.getSimpleName();
    Class<?> other = classByName.putIfAbsent(name, type);
    if (other != null && other != type) {
      throw new IllegalArgumentException(other + " and " + type + " are both the schema " + name);
    }
    return name;
  }

  private static boolean nullable(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static ObjectNode orNull(ObjectNode schema) {
    JsonNode type = schema.get("type");
    if (type != null && type.isString()) {
      schema.putArray("type").add(type.stringValue()).add("null");
      return schema;
    }
    ObjectNode either = JSON.createObjectNode();
    either.putArray("anyOf").add(schema).add(schema("null"));
    return either;
  }

  private static ObjectNode schema(String type) {
    return JSON.createObjectNode().put("type", type);
  }
}
