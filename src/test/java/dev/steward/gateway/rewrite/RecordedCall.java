// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.SourceTree;
import dev.steward.gateway.framing.Framing;
import dev.steward.gateway.wire.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A recorded answer of a real provider.
record RecordedCall(
    String id, Operation operation, Framing framing, byte[] body, boolean callsTools) {
  private static final Path DATA = SourceTree.root().resolve("../shared/data/provider");

  @Override
  public String toString() {
    return id;
  }

  static boolean present() {
    return Files.exists(DATA);
  }

  /// All that were answered with something that can propose a call.
  static List<RecordedCall> all() {
    List<RecordedCall> all = new ArrayList<>();
    try {
      for (JsonNode entry : JsonMapper.shared().readTree(DATA.resolve("index.json"))) {
        String kind = entry.path("provider").stringValue("");
        boolean speaks = !kind.contains("embeddings") && entry.path("status").intValue() == 200;
        if (speaks && !entry.path("url").stringValue("").contains("count-tokens")) {
          boolean streams = entry.path("stream").booleanValue();
          String file = entry.path("response").stringValue("");
          all.add(
              new RecordedCall(
                  entry.path("id").stringValue(""),
                  operation(kind, streams),
                  framing(file),
                  Files.readAllBytes(DATA.resolve(file)),
                  entry.path("has_tool_call").booleanValue()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static Framing framing(String file) {
    if (file.endsWith(".sse")) {
      return Framing.SSE;
    }
    return file.endsWith(".bin") ? Framing.EVENT_STREAM : Framing.WHOLE;
  }

  private static Operation operation(String kind, boolean streams) {
    return switch (kind) {
      case "openai_responses" -> Operation.RESPONSES;
      case "anthropic_messages" -> Operation.MESSAGES;
      case "gemini", "vertex" -> streams ? Operation.STREAM_GENERATE : Operation.GENERATE;
      case "bedrock_converse" -> streams ? Operation.CONVERSE_STREAM : Operation.CONVERSE;
      case "bedrock_invoke" -> streams ? Operation.INVOKE_STREAM : Operation.INVOKE;
      default -> Operation.CHAT;
    };
  }
}
