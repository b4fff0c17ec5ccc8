// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.estimate;

import dev.steward.domain.Usage;
import dev.steward.gateway.identity.ModelChoice;
import dev.steward.gateway.reading.Answered;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Counts what a whole answer has used whose provider does not say it. Only where all that is
/// billed can be seen: text alone, a model that does not think in secret, a tokenizer that is
/// public. How tools and schemas are put to a model is not told, so calls with them are not
/// counted.
public final class UsageEstimate {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<Operation> OPERATIONS = Set.of(Operation.CHAT, Operation.RESPONSES);
  private static final int BODY_BYTES_MAX = 4 << 20;

  /// What frames a message, its role, and the beginning of the answer.
  private static final int MESSAGE_TOKENS = 4;

  private static final int ANSWER_TOKENS = 3;

  /// The end of an answer, which responses bill and completions do not.
  private static final int ANSWER_END_TOKENS = 1;

  /// Members that bring in what the model is told in words that nobody sees.
  private static final Set<String> TOLD_OTHERWISE =
      Set.of("tools", "functions", "prediction", "audio", "modalities");

  /// Members of messages that speak of tools.
  private static final Set<String> OF_TOOLS =
      Set.of("tool_calls", "tool_call_id", "function_call", "call_id");

  /// Members whose texts the model neither reads nor writes.
  private static final Set<String> SILENT =
      Set.of("role", "type", "id", "status", "finish_reason", "index");

  private final TokenCounter tokens;

  public UsageEstimate(TokenCounter tokens) {
    this.tokens = tokens;
  }

  /// Empty where it cannot be told.
  public Optional<Usage> of(Asked asked, ModelChoice choice, Answered answered) {
    String model = answered.model() == null ? choice.model() : answered.model();
    if (!OPERATIONS.contains(asked.operation())
        || !answered.ended()
        || answered.error() != null
        || answered.messages().isEmpty()
        || asked.body().bytes().length > BODY_BYTES_MAX
        || !asked.hostedTools().isEmpty()
        || TOLD_OTHERWISE.stream().anyMatch(asked.body()::has)
        || !plain(asked.body().read("response_format"))
        || !plain(asked.body().read("text").path("format"))
        || !tokens.knows(choice.priceName(), model)) {
      return Optional.empty();
    }
    CallSize size = SizeReader.read(asked, choice);
    if (size.images() > 0 || size.references() > 0) {
      return Optional.empty();
    }
    try {
      JsonNode messages = JSON.readTree(asked.messages().orElse("[]"));
      JsonNode said = JSON.readTree(answered.messages());
      return ofTools(messages) || ofTools(said)
          ? Optional.empty()
          : Optional.of(
              Usage.of(input(asked, messages, model), output(asked.operation(), said, model)));
    } catch (JacksonException e) {
      System.getLogger(UsageEstimate.class.getName())
          .log(System.Logger.Level.DEBUG, "a call cannot be counted", e);
      return Optional.empty();
    }
  }

  /// What the answer has used that a client's model gave to a tool server; empty where it cannot be
  /// told.
  ///
  /// @param asked parameters of `sampling/createMessage`
  public Optional<Usage> ofSampling(String model, JsonNode asked, JsonNode answered) {
    if (asked.has("tools") || !asked.has("messages") || !tokens.knows("openai", model)) {
      return Optional.empty();
    }
    long input = ANSWER_TOKENS;
    for (JsonNode message : asked.path("messages")) {
      if (!texts(message)) {
        return Optional.empty();
      }
      input += MESSAGE_TOKENS + texts(message.path("content"), model);
    }
    if (asked.path("systemPrompt").isString()) {
      input += MESSAGE_TOKENS + texts(asked.path("systemPrompt"), model);
    }
    return texts(answered)
        ? Optional.of(Usage.of(input, texts(answered.path("content"), model)))
        : Optional.empty();
  }

  /// Whether a message says nothing but text.
  private static boolean texts(JsonNode message) {
    JsonNode content = message.path("content");
    for (JsonNode block : content.isArray() ? content.values() : List.of(content)) {
      if (!block.path("type").asString("").equals("text") || block.size() != 2) {
        return false;
      }
    }
    return true;
  }

  /// Whether the answer is free in its form.
  private static boolean plain(JsonNode form) {
    return form.path("type").asString("text").equals("text");
  }

  private static boolean ofTools(JsonNode messages) {
    for (JsonNode message : messages) {
      if (OF_TOOLS.stream().anyMatch(message::has)) {
        return true;
      }
    }
    return false;
  }

  private long input(Asked asked, JsonNode messages, String model) {
    long count = ANSWER_TOKENS;
    if (messages.isArray()) {
      for (JsonNode message : messages) {
        count += MESSAGE_TOKENS + texts(message, model);
      }
    } else {
      count += MESSAGE_TOKENS + texts(messages, model);
    }
    if (asked.instructions().isPresent()) {
      count += MESSAGE_TOKENS + texts(JSON.readTree(asked.instructions().get()), model);
    }
    return count;
  }

  private long output(Operation operation, JsonNode said, String model) {
    return texts(said, model) + (operation == Operation.RESPONSES ? ANSWER_END_TOKENS : 0);
  }

  /// Tokens of all texts in the tree that the model reads or writes.
  private long texts(JsonNode node, String model) {
    if (node.isString()) {
      return tokens.exactly(model, node.stringValue());
    }
    long count = 0;
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        count += SILENT.contains(member.getKey()) ? 0 : texts(member.getValue(), model);
      }
    } else {
      for (JsonNode element : node) {
        count += texts(element, model);
      }
    }
    return count;
  }
}
