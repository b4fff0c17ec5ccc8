// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.otlp;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON that senders put into texts. Numbers keep their digits.
public final class Json {
  private static final int DEPTH_MAX = 100;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNestingDepth(DEPTH_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  /// The tree of a text that is a JSON object, list or quoted string; null when it is none.
  public static @Nullable JsonNode read(String text) {
    if (!looksLikeJson(text)) {
      return null;
    }
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException _) {
      return null;
    }
  }

  private static boolean looksLikeJson(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at < text.length() && "{[\"".indexOf(text.charAt(at)) >= 0;
  }
}
