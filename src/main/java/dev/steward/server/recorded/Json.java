// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.recorded;

import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The JSON that imports read and write.
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Json() {}

  static String object(Map<String, ?> fields) {
    return MAPPER.writeValueAsString(fields);
  }
}
