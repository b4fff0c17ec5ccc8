// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.estimate;

import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Reads how large a call is from its body, in one pass.
public final class SizeReader {
  private static final Set<String> PICTURES =
      Set.of("image_url", "inlineData", "inline_data", "image");
  private static final Set<String> PICTURE_TYPES = Set.of("image", "input_image");
  private static final Set<String> REFERENCES =
      Set.of(
          "file_id",
          "file",
          "file_data",
          "file_url",
          "fileData",
          "file_data_uri",
          "document",
          "input_audio",
          "cachedContent",
          "previous_response_id",
          "conversation",
          "container",
          "prompt");
  private static final Set<String> REFERENCE_TYPES =
      Set.of("document", "input_file", "container_upload");
  private static final Set<String> CACHES = Set.of("cache_control", "cachePoint");

  /// More searches than a model makes in one answer.
  private static final int SEARCHES_MAX = 50;

  private SizeReader() {}

  public static CallSize read(Asked asked, ModelChoice choice) {
    byte[] bytes = asked.body().bytes();
    Counts counts = new Counts();
    try (JsonParser parser = JsonMapper.shared().createParser(bytes)) {
      counts.read(parser);
    }
    return new CallSize(
        choice.priceName(),
        choice.model(),
        bytes.length,
        () -> new String(bytes, StandardCharsets.UTF_8),
        counts.pictures,
        counts.references,
        asked.hostedTools().isEmpty() ? 0 : SEARCHES_MAX,
        asked.answers(),
        maxOutput(asked),
        asked.body().text("service_tier"),
        counts.units);
  }

  private static OptionalLong maxOutput(Asked asked) {
    if (asked.operation() == Operation.EMBEDDINGS || !asked.operation().spends()) {
      return OptionalLong.of(0);
    }
    Long max = asked.maxOutput();
    return max == null ? OptionalLong.empty() : OptionalLong.of(max);
  }

  /// What stands in the body.
  private static final class Counts {
    private int pictures;
    private int references;
    private final Set<String> units = new HashSet<>();

    private void read(JsonParser parser) {
      String name = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME) {
          name = parser.currentName();
          count(name);
        } else if (token == JsonToken.VALUE_STRING && name.equals("type")) {
          countType(parser.getString());
        }
      }
    }

    private void count(String name) {
      if (PICTURES.contains(name)) {
        pictures++;
      } else if (REFERENCES.contains(name)) {
        references++;
      } else if (CACHES.contains(name)) {
        units.add("cache-write");
        units.add("cache-write-1h");
      }
    }

    private void countType(String type) {
      if (PICTURE_TYPES.contains(type)) {
        pictures++;
      } else if (REFERENCE_TYPES.contains(type)) {
        references++;
      }
    }
  }
}
