// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a model call asks, as far as the gateway must know.
///
/// @param model as the client wrote it: a model or the name of a use
/// @param streams whether the answer comes bit by bit
/// @param maxOutput most tokens that one answer may have, null when the client gave no limit
/// @param answers how many answers are asked for at once
/// @param hostedTools tools that would act at the provider, where no gateway sees them
public record Asked(
    Operation operation,
    String model,
    boolean streams,
    @Nullable Long maxOutput,
    int answers,
    List<String> hostedTools,
    JsonBody body) {

  public Asked {
    hostedTools = List.copyOf(hostedTools);
  }

  /// @throws RefusedException MALFORMED when the body cannot be read or names no model
  public static Asked of(Endpoint endpoint, byte[] bytes) {
    JsonBody body = JsonBody.of(bytes);
    Operation operation = endpoint.operation();
    String model =
        endpoint.model().isEmpty()
            ? body.text("model")
            : URLDecoder.decode(endpoint.model().replace("+", "%2B"), StandardCharsets.UTF_8);
    if (model.isBlank()) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.MALFORMED,
              "The request names no model: put the model or the name of a use, such as 'main', into"
                  + " 'model'."));
    }
    return new Asked(
        operation,
        model,
        streams(operation, body),
        maxOutput(operation, body),
        answers(operation, body),
        ProviderTools.in(operation, body),
        body);
  }

  /// The same with another body.
  public Asked with(JsonBody other) {
    return new Asked(
        operation,
        model,
        streams,
        maxOutput(operation, other),
        answers(operation, other),
        hostedTools,
        other);
  }

  /// The messages as the client wrote them, JSON, empty when there are none.
  public Optional<String> messages() {
    return body.raw(messagesIn());
  }

  /// The member of the body that holds the messages, "" when there is none.
  public String messagesIn() {
    return switch (operation) {
      case CHAT, MESSAGES, CONVERSE, CONVERSE_STREAM, COUNT_TOKENS -> "messages";
      case RESPONSES, EMBEDDINGS, INTERACTIONS -> "input";
      case GENERATE, STREAM_GENERATE, GEMINI_COUNT_TOKENS -> "contents";
      case GEMINI_EMBED -> first("content", "requests");
      case INVOKE, INVOKE_STREAM -> first("messages", "prompt", "inputText");
      case OPENAI_MODELS, ANTHROPIC_MODELS, BEDROCK_COUNT_TOKENS -> "";
    };
  }

  /// System instructions that stand beside the messages, JSON.
  public Optional<String> instructions() {
    return body.raw(instructionsIn());
  }

  /// The member of the body that holds the system instructions, "" when there is none.
  public String instructionsIn() {
    return switch (operation) {
      case MESSAGES, CONVERSE, CONVERSE_STREAM, COUNT_TOKENS, INVOKE, INVOKE_STREAM -> "system";
      case INTERACTIONS -> "system_instruction";
      case RESPONSES -> "instructions";
      case GENERATE, STREAM_GENERATE, GEMINI_COUNT_TOKENS ->
          first("systemInstruction", "system_instruction");
      case CHAT, EMBEDDINGS, GEMINI_EMBED, OPENAI_MODELS, ANTHROPIC_MODELS, BEDROCK_COUNT_TOKENS ->
          "";
    };
  }

  /// The definitions of the tools that the model may ask for, JSON.
  public Optional<String> tools() {
    return body.raw(toolsIn());
  }

  /// The member of the body that holds the definitions of the tools.
  public String toolsIn() {
    return operation.dialect() == Dialect.BEDROCK ? first("toolConfig", "tools") : "tools";
  }

  private String first(String... names) {
    for (String name : names) {
      if (body.has(name)) {
        return name;
      }
    }
    return "";
  }

  /// Whether the client itself asked for the usage at the end of an OpenAI chat stream.
  public boolean wantsUsage() {
    return body.read("stream_options").path("include_usage").asBoolean(false);
  }

  private static boolean streams(Operation operation, JsonBody body) {
    return switch (operation) {
      case STREAM_GENERATE, CONVERSE_STREAM, INVOKE_STREAM -> true;
      case CHAT, RESPONSES, MESSAGES, INTERACTIONS -> body.read("stream").asBoolean(false);
      default -> false;
    };
  }

  private static @Nullable Long maxOutput(Operation operation, JsonBody body) {
    JsonNode max =
        switch (operation) {
          case CHAT ->
              body.has("max_completion_tokens")
                  ? body.read("max_completion_tokens")
                  : body.read("max_tokens");
          case RESPONSES -> body.read("max_output_tokens");
          case MESSAGES -> body.read("max_tokens");
          case GENERATE, STREAM_GENERATE -> body.read("generationConfig").path("maxOutputTokens");
          case CONVERSE, CONVERSE_STREAM -> body.read("inferenceConfig").path("maxTokens");
          case INTERACTIONS -> body.read("generation_config").path("max_output_tokens");
          case INVOKE, INVOKE_STREAM -> makersMax(body);
          default -> body.read("");
        };
    return max.isIntegralNumber() && max.canConvertToLong() && max.longValue() >= 0
        ? max.longValue()
        : null;
  }

  /// Each maker of models that Bedrock invokes has a word of its own.
  private static JsonNode makersMax(JsonBody body) {
    for (String name : List.of("max_tokens", "max_completion_tokens", "max_gen_len")) {
      if (body.has(name)) {
        return body.read(name);
      }
    }
    return body.has("inferenceConfig")
        ? body.read("inferenceConfig").path("maxTokens")
        : body.read("textGenerationConfig").path("maxTokenCount");
  }

  private static int answers(Operation operation, JsonBody body) {
    JsonNode n =
        operation.dialect() == Dialect.GEMINI
            ? body.read("generationConfig").path("candidateCount")
            : body.read("n");
    return n.isInt() && n.intValue() > 1 ? n.intValue() : 1;
  }
}
