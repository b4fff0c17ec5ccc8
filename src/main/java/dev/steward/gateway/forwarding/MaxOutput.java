// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.forwarding;

import dev.steward.gateway.wire.JsonBody;
import dev.steward.gateway.wire.Operation;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Puts the longest answer that is paid for into a request.
final class MaxOutput {
  private static final JsonMapper JSON = JsonMapper.shared();

  private MaxOutput() {}

  /// The member of the body that says it, with the limit.
  static Map<String, String> of(Operation operation, JsonBody body, long max) {
    String number = Long.toString(max);
    return switch (operation) {
      case CHAT -> Map.of(body.has("max_tokens") ? "max_tokens" : "max_completion_tokens", number);
      case RESPONSES -> Map.of("max_output_tokens", number);
      case MESSAGES -> Map.of("max_tokens", number);
      case GENERATE, STREAM_GENERATE ->
          Map.of("generationConfig", within(body, "generationConfig", "maxOutputTokens", max));
      case CONVERSE, CONVERSE_STREAM ->
          Map.of("inferenceConfig", within(body, "inferenceConfig", "maxTokens", max));
      case INTERACTIONS ->
          Map.of("generation_config", within(body, "generation_config", "max_output_tokens", max));
      case INVOKE, INVOKE_STREAM -> invoked(body, max);
      case EMBEDDINGS,
          COUNT_TOKENS,
          OPENAI_MODELS,
          ANTHROPIC_MODELS,
          GEMINI_EMBED,
          GEMINI_COUNT_TOKENS,
          BEDROCK_COUNT_TOKENS ->
          Map.of();
    };
  }

  /// In the words of the model's maker; one that is not known refuses a member that it does not
  /// know, before it costs anything.
  private static Map<String, String> invoked(JsonBody body, long max) {
    for (String name : new String[] {"max_completion_tokens", "max_gen_len"}) {
      if (body.has(name)) {
        return Map.of(name, Long.toString(max));
      }
    }
    if (body.has("inferenceConfig") || body.has("schemaVersion")) {
      return Map.of("inferenceConfig", within(body, "inferenceConfig", "maxTokens", max));
    }
    return body.has("inputText")
        ? Map.of("textGenerationConfig", within(body, "textGenerationConfig", "maxTokenCount", max))
        : Map.of("max_tokens", Long.toString(max));
  }

  private static String within(JsonBody body, String member, String name, long max) {
    ObjectNode object =
        body.read(member) instanceof ObjectNode given ? given.deepCopy() : JSON.createObjectNode();
    return object.put(name, max).toString();
  }
}
