// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import dev.steward.domain.Usage;
import dev.steward.trace.price.ProviderUsage;
import dev.steward.trace.price.UsageForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The usage that a body tells, found without reading it as the gateway does: every object behind
/// the word, wherever it stands.
final class ToldUsage {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern BYTES = Pattern.compile("\"bytes\":\"([^\"]+)\"");
  private static final Pattern USAGE = Pattern.compile("\"(usage|usageMetadata)\"\\s*:\\s*(?=\\{)");

  private static final Pattern INPUT =
      Pattern.compile(
          "\"(?:inputTextTokenCount|prompt_token_count|inputTokenCount)\"\\s*:\\s*(\\d+)");
  private static final Pattern OUTPUT =
      Pattern.compile(
          "\"(?:tokenCount|totalOutputTextTokenCount|generation_token_count|outputTokenCount)\""
              + "\\s*:\\s*(\\d+)");

  private ToldUsage() {}

  static Optional<Usage> in(Recording recording) {
    String text = new String(recording.response(), StandardCharsets.UTF_8);
    Matcher frames = BYTES.matcher(text);
    StringBuilder invoked = new StringBuilder();
    while (frames.find()) {
      byte[] event = Base64.getDecoder().decode(frames.group(1));
      invoked.append(new String(event, StandardCharsets.UTF_8));
    }
    List<ObjectNode> told = new ArrayList<>();
    String searched = invoked.isEmpty() ? text : invoked.toString();
    Matcher at = USAGE.matcher(searched);
    while (at.find()) {
      JsonNode usage = JSON.readTree(object(searched, at.end()));
      boolean guardrail = usage.has("topicPolicyUnits");
      if (!guardrail && usage instanceof ObjectNode object && !object.isEmpty()) {
        told.add(object);
      }
    }
    if (told.isEmpty()) {
      Long input = last(INPUT, searched);
      Long output = last(OUTPUT, searched);
      return input == null
          ? Optional.empty()
          : Optional.of(new Usage(input, output, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ""));
    }
    UsageForm form = form(recording, told.getLast());
    ObjectNode usage = told.getLast().deepCopy();
    if (form == UsageForm.ANTHROPIC) {
      usage = told.getFirst().deepCopy();
      told.forEach(usage::setAll);
    }
    ObjectNode body = JSON.createObjectNode();
    body.set(form == UsageForm.GEMINI ? "usageMetadata" : "usage", usage);
    return ProviderUsage.read(form, body);
  }

  private static UsageForm form(Recording recording, ObjectNode usage) {
    if (usage.has("total_input_tokens")) {
      usage.set("promptTokenCount", usage.path("total_input_tokens"));
      usage.set("candidatesTokenCount", usage.path("total_output_tokens"));
      usage.set("thoughtsTokenCount", usage.path("total_thought_tokens"));
      return UsageForm.GEMINI;
    }
    if (usage.has("inputTokens")) {
      return UsageForm.BEDROCK;
    }
    if (usage.has("promptTokenCount")) {
      return UsageForm.GEMINI;
    }
    if (recording.path().contains("embeddings")) {
      return UsageForm.OPENAI_EMBEDDINGS;
    }
    if (usage.has("prompt_tokens")) {
      return UsageForm.OPENAI_CHAT;
    }
    return recording.path().contains("responses")
        ? UsageForm.OPENAI_RESPONSES
        : UsageForm.ANTHROPIC;
  }

  private static @Nullable Long last(Pattern pattern, String text) {
    Long found = null;
    Matcher at = pattern.matcher(text);
    while (at.find()) {
      found = Long.valueOf(at.group(1));
    }
    return found;
  }

  /// The text of the object that begins here; usage holds no braces within texts.
  private static String object(String text, int from) {
    int depth = 0;
    for (int at = from; at < text.length(); at++) {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      if (depth == 0) {
        return text.substring(from, at + 1);
      }
    }
    throw new IllegalArgumentException("the usage has no end");
  }
}
