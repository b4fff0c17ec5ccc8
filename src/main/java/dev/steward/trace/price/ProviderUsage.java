// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import dev.steward.domain.Usage;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the usage that a provider reports in the body of its answer, whatever its form, into the
/// one inclusive form. A count that is not there stays unknown.
public final class ProviderUsage {
  private ProviderUsage() {}

  /// The usage in an answer's body, or in the last event of a stream that carries it.
  ///
  /// @return empty when the body reports none
  public static Optional<Usage> read(UsageForm form, JsonNode body) {
    JsonNode usage = usage(form, body);
    if (!usage.isObject() || usage.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (form) {
          case OPENAI_CHAT -> chat(usage, tier(body, usage));
          case OPENAI_EMBEDDINGS -> embeddings(usage);
          case OPENAI_RESPONSES -> responses(usage, searches(body), tier(body, usage));
          case ANTHROPIC -> anthropic(usage);
          case GEMINI -> gemini(usage);
          case BEDROCK -> bedrock(usage, body);
          case COHERE -> cohere(usage, body);
        });
  }

  /// What the provider says the call cost, in US dollars: OpenRouter and some proxies do.
  public static Optional<BigDecimal> reportedCost(JsonNode body) {
    JsonNode cost = body.path("usage").path("cost");
    return cost.isNumber() && cost.decimalValue().signum() >= 0
        ? Optional.of(cost.decimalValue())
        : Optional.empty();
  }

  private static JsonNode usage(UsageForm form, JsonNode body) {
    return switch (form) {
      case GEMINI -> body.path("usageMetadata");
      case OPENAI_RESPONSES ->
          body.has("usage") ? body.path("usage") : body.path("response").path("usage");
      case ANTHROPIC -> body.has("usage") ? body.path("usage") : body.path("message").path("usage");
      case COHERE -> body.has("usage") ? body.path("usage") : body.path("meta");
      case OPENAI_CHAT, OPENAI_EMBEDDINGS, BEDROCK -> body.path("usage");
    };
  }

  private static Usage chat(JsonNode usage, String tier) {
    JsonNode in = usage.path("prompt_tokens_details");
    JsonNode out = usage.path("completion_tokens_details");
    JsonNode cached = in.has("cached_tokens") ? in : usage;
    return new Usage(
        count(usage, "prompt_tokens"),
        count(usage, "completion_tokens"),
        part(cached, "cached_tokens"),
        part(in, "cache_write_tokens"),
        0,
        part(out, "reasoning_tokens"),
        part(in, "audio_tokens"),
        part(out, "audio_tokens"),
        part(in.path("cached_tokens_details"), "audio_tokens"),
        part(in, "image_tokens"),
        part(out, "image_tokens"),
        0,
        tier);
  }

  /// An embedding puts out no tokens, and says so by leaving them out.
  private static Usage embeddings(JsonNode usage) {
    return new Usage(count(usage, "prompt_tokens"), 0L, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");
  }

  private static Usage responses(JsonNode usage, long searches, String tier) {
    JsonNode in = usage.path("input_tokens_details");
    JsonNode out = usage.path("output_tokens_details");
    return new Usage(
        count(usage, "input_tokens"),
        count(usage, "output_tokens"),
        part(in, "cached_tokens"),
        part(in, "cache_write_tokens"),
        0,
        part(out, "reasoning_tokens"),
        part(in, "audio_tokens"),
        part(out, "audio_tokens"),
        0,
        part(in, "image_tokens"),
        part(out, "image_tokens"),
        searches,
        tier);
  }

  /// Anthropic's own input count leaves out what was read from and written to the cache.
  private static Usage anthropic(JsonNode usage) {
    JsonNode written = usage.path("cache_creation");
    long write1h = part(written, "ephemeral_1h_input_tokens");
    long write =
        usage.has("cache_creation_input_tokens")
            ? part(usage, "cache_creation_input_tokens")
            : part(written, "ephemeral_5m_input_tokens") + write1h;
    long read = part(usage, "cache_read_input_tokens");
    Long fresh = count(usage, "input_tokens");
    return new Usage(
        fresh == null ? null : fresh + write + read,
        count(usage, "output_tokens"),
        read,
        write,
        write1h,
        part(usage.path("output_tokens_details"), "thinking_tokens"),
        0,
        0,
        0,
        0,
        0,
        part(usage.path("server_tool_use"), "web_search_requests"),
        word(usage.path("service_tier")));
  }

  /// Gemini leaves thoughts out of its candidates, tool prompts out of its prompt, and any count
  /// that is 0 out of the answer.
  private static Usage gemini(JsonNode usage) {
    Long prompt = count(usage, "promptTokenCount");
    long tools = part(usage, "toolUsePromptTokenCount");
    Long total = count(usage, "totalTokenCount");
    Long output = count(usage, "candidatesTokenCount");
    Long thoughts = count(usage, "thoughtsTokenCount");
    if (output != null || thoughts != null) {
      output = (output == null ? 0 : output) + (thoughts == null ? 0 : thoughts);
    } else if (prompt != null && total != null && total >= prompt + tools) {
      output = total - prompt - tools;
    }
    return new Usage(
        prompt == null ? null : prompt + tools,
        output,
        part(usage, "cachedContentTokenCount"),
        0,
        0,
        thoughts == null ? 0 : thoughts,
        modality(usage, "promptTokensDetails", "AUDIO")
            + modality(usage, "toolUsePromptTokensDetails", "AUDIO"),
        modality(usage, "candidatesTokensDetails", "AUDIO"),
        modality(usage, "cacheTokensDetails", "AUDIO"),
        modality(usage, "promptTokensDetails", "IMAGE"),
        modality(usage, "candidatesTokensDetails", "IMAGE"),
        0,
        word(usage.path("serviceTier")));
  }

  /// Bedrock's own input count leaves out what was read from and written to the cache.
  private static Usage bedrock(JsonNode usage, JsonNode body) {
    long read = part(usage, "cacheReadInputTokens");
    long write = part(usage, "cacheWriteInputTokens");
    long write1h = 0;
    for (JsonNode detail : usage.path("cacheDetails")) {
      if (detail.path("ttl").asString("").equals("1h")) {
        write1h += part(detail, "inputTokens");
      }
    }
    Long fresh = count(usage, "inputTokens");
    return new Usage(
        fresh == null ? null : fresh + read + write,
        count(usage, "outputTokens"),
        read,
        write,
        write1h,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        word(body.path("serviceTier").path("type")));
  }

  /// Cohere bills fewer tokens than the model saw; what it bills is what counts.
  private static Usage cohere(JsonNode usage, JsonNode body) {
    JsonNode billed =
        usage.has("billed_units") ? usage.path("billed_units") : body.path("meta").path("tokens");
    return new Usage(
        count(billed, "input_tokens"),
        count(billed, "output_tokens"),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        "");
  }

  private static long searches(JsonNode body) {
    JsonNode response = body.has("output") ? body : body.path("response");
    long searches = 0;
    for (JsonNode item : response.path("output")) {
      boolean search = item.path("type").asString("").equals("web_search_call");
      String action = item.path("action").path("type").asString("search");
      searches += search && action.equals("search") ? 1 : 0;
    }
    return searches;
  }

  private static String tier(JsonNode body, JsonNode usage) {
    String said = word(body.path("service_tier"));
    return said.isEmpty() ? word(usage.path("service_tier")) : said;
  }

  private static String word(JsonNode node) {
    return node.isString() ? node.stringValue() : "";
  }

  private static long modality(JsonNode usage, String details, String modality) {
    long tokens = 0;
    for (JsonNode detail : usage.path(details)) {
      if (detail.path("modality").asString("").equalsIgnoreCase(modality)) {
        tokens += part(detail, "tokenCount");
      }
    }
    return tokens;
  }

  private static long part(JsonNode usage, String name) {
    Long count = count(usage, name);
    return count == null ? 0 : count;
  }

  private static @Nullable Long count(JsonNode usage, String name) {
    JsonNode node = usage.path(name);
    return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0
        ? node.longValue()
        : null;
  }
}
