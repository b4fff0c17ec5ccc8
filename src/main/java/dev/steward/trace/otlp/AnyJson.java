// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// OTLP attribute values as JSON. An empty value is null, bytes are base64, what JSON has no number
/// for ("NaN", "Infinity") is a string.
public final class AnyJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AnyJson() {}

  /// The attributes as one JSON object; of a repeated key the last value stands.
  public static String object(List<KeyValue> attributes) {
    return object(byKey(attributes), _ -> true);
  }

  /// The attributes whose key is wanted as one JSON object.
  public static String object(Map<String, AnyValue> attributes, Predicate<String> wanted) {
    StringBuilder out = new StringBuilder(64 + 48 * attributes.size());
    object(out, attributes, wanted);
    return out.toString();
  }

  private static Map<String, AnyValue> byKey(List<KeyValue> attributes) {
    Map<String, AnyValue> values = LinkedHashMap.newLinkedHashMap(attributes.size());
    for (KeyValue attribute : attributes) {
      values.put(attribute.getKey(), attribute.getValue());
    }
    return values;
  }

  /// The value as one JSON text.
  public static String text(AnyValue value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  private static void object(
      StringBuilder out, Map<String, AnyValue> attributes, Predicate<String> wanted) {
    char open = '{';
    for (Map.Entry<String, AnyValue> attribute : attributes.entrySet()) {
      if (wanted.test(attribute.getKey())) {
        out.append(open);
        quote(out, attribute.getKey());
        out.append(':');
        append(out, attribute.getValue());
        open = ',';
      }
    }
    out.append(open == '{' ? "{}" : "}");
  }

  private static void append(StringBuilder out, AnyValue value) {
    switch (value.getValueCase()) {
      case STRING_VALUE -> quote(out, value.getStringValue());
      case BOOL_VALUE -> out.append(value.getBoolValue());
      case INT_VALUE -> out.append(value.getIntValue());
      case DOUBLE_VALUE -> appendDouble(out, value.getDoubleValue());
      case BYTES_VALUE -> quote(out, base64(value.getBytesValue()));
      case KVLIST_VALUE -> object(out, byKey(value.getKvlistValue().getValuesList()), _ -> true);
      case ARRAY_VALUE -> {
        char open = '[';
        for (AnyValue element : value.getArrayValue().getValuesList()) {
          out.append(open);
          append(out, element);
          open = ',';
        }
        out.append(open == '[' ? "[]" : "]");
      }
      case VALUE_NOT_SET -> out.append("null");
    }
  }

  private static void appendDouble(StringBuilder out, double value) {
    if (Double.isFinite(value)) {
      out.append(value);
    } else {
      out.append('"').append(value).append('"');
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, out);
    out.append('"');
  }

  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /// The value as a tree.
  public static JsonNode node(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> NODES.stringNode(value.getStringValue());
      case BOOL_VALUE -> NODES.booleanNode(value.getBoolValue());
      case INT_VALUE -> NODES.numberNode(value.getIntValue());
      case DOUBLE_VALUE ->
          Double.isFinite(value.getDoubleValue())
              ? NODES.numberNode(value.getDoubleValue())
              : NODES.stringNode(Double.toString(value.getDoubleValue()));
      case BYTES_VALUE -> NODES.stringNode(base64(value.getBytesValue()));
      case KVLIST_VALUE -> {
        ObjectNode object = NODES.objectNode();
        for (KeyValue member : value.getKvlistValue().getValuesList()) {
          object.set(member.getKey(), node(member.getValue()));
        }
        yield object;
      }
      case ARRAY_VALUE -> {
        ArrayNode array = NODES.arrayNode();
        for (AnyValue element : value.getArrayValue().getValuesList()) {
          array.add(node(element));
        }
        yield array;
      }
      case VALUE_NOT_SET -> NODES.nullNode();
    };
  }
}
