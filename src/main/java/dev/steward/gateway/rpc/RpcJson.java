// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rpc;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Messages as trees that are written as they were read: numbers keep their digits, members their
/// order, and a member that is there twice is refused, since two readers would see two messages.
public final class RpcJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  /// The same for values that follow one another.
  static final JsonMapper SEQUENCE =
      MAPPER.rebuild().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private RpcJson() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  public static ArrayNode array(List<String> texts) {
    ArrayNode array = MAPPER.createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  /// @throws JacksonException for what is no JSON
  public static JsonNode read(byte[] bytes) {
    return MAPPER.readTree(bytes);
  }

  /// @throws JacksonException for what is no JSON
  public static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  public static byte[] bytes(JsonNode message) {
    return MAPPER.writeValueAsBytes(message);
  }

  /// The object of that name, an empty one where there is none; the tree stays as it is.
  public static ObjectNode child(JsonNode of, String name) {
    return of.path(name) instanceof ObjectNode found ? found : object();
  }
}
