// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.gateway.framing.SseEvent;
import dev.steward.gateway.wire.JsonBody;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The chunk at the end of an OpenAI chat stream that tells the usage: asked for by the gateway,
/// and kept from a client that did not ask for it.
final class UsageChunk {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String USAGE = "\"usage\"";

  private UsageChunk() {}

  /// The stream options of the body, with the usage.
  static String options(JsonBody body) {
    ObjectNode options =
        body.read("stream_options") instanceof ObjectNode given
            ? given.deepCopy()
            : JSON.createObjectNode();
    return options.put("include_usage", true).toString();
  }

  /// The parts without the usage chunk.
  static byte[] without(byte[] parts) {
    String text = new String(parts, StandardCharsets.ISO_8859_1);
    if (!text.contains(USAGE)) {
      return parts;
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream(parts.length);
    int from = 0;
    while (from < parts.length) {
      int end = end(text, from);
      String event = text.substring(from, end);
      if (!event.contains(USAGE) || !tellsUsage(event)) {
        kept.write(parts, from, end - from);
      }
      from = end;
    }
    return kept.toByteArray();
  }

  private static int end(String text, int from) {
    int plain = text.indexOf("\n\n", from);
    int carriage = text.indexOf("\n\r\n", from);
    if (plain < 0 && carriage < 0) {
      return text.length();
    }
    return carriage < 0 || (plain >= 0 && plain < carriage) ? plain + 2 : carriage + 3;
  }

  private static boolean tellsUsage(String event) {
    for (SseEvent read : SseEvent.read(event.getBytes(StandardCharsets.ISO_8859_1))) {
      try {
        JsonNode chunk = JSON.readTree(read.data());
        return chunk.path("usage").isObject()
            && chunk.path("choices").isArray()
            && chunk.path("choices").isEmpty();
      } catch (JacksonException _) {
        return false;
      }
    }
    return false;
  }
}
