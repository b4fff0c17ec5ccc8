// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Usage;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProviderUsageTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @Test
  void readsAChatCompletion() {
    assertThat(
            read(
                UsageForm.OPENAI_CHAT,
                """
                {"service_tier":"flex","usage":{"prompt_tokens":100,"completion_tokens":50,
                 "prompt_tokens_details":{"cached_tokens":60,"cache_write_tokens":10,"audio_tokens":5},
                 "completion_tokens_details":{"reasoning_tokens":30,"audio_tokens":2}}}\
                """))
        .isEqualTo(new Usage(100L, 50L, 60, 10, 0, 30, 5, 2, 0, 0, 0, "flex"));
  }

  @Test
  void readsAResponseAndCountsItsSearches() {
    String response =
        """
        {"output":[{"type":"web_search_call","action":{"type":"search"}},
         {"type":"web_search_call","action":{"type":"open_page"}},{"type":"message"}],
         "usage":{"input_tokens":7,"input_tokens_details":{"cached_tokens":3},
         "output_tokens":9,"output_tokens_details":{"reasoning_tokens":4}},
         "service_tier":"default"}\
        """;
    Usage want = new Usage(7L, 9L, 3, 0, 0, 4, 0, 0, 0, 0, 1, "default");
    assertThat(read(UsageForm.OPENAI_RESPONSES, response)).isEqualTo(want);
    assertThat(
            read(
                UsageForm.OPENAI_RESPONSES,
                "{\"type\":\"response.completed\",\"response\":" + response + "}"))
        .isEqualTo(new Usage(7L, 9L, 3, 0, 0, 4, 0, 0, 0, 0, 1, ""));
  }

  @Test
  void anEmbeddingPutsOutNothing() {
    assertThat(
            read(
                UsageForm.OPENAI_EMBEDDINGS,
                "{\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}"))
        .isEqualTo(Usage.of(4, 0));
  }

  @Test
  void anthropicsInputIsMadeInclusive() {
    assertThat(
            read(
                UsageForm.ANTHROPIC,
                """
                {"usage":{"input_tokens":3,"cache_creation_input_tokens":20,
                 "cache_read_input_tokens":100,
                 "cache_creation":{"ephemeral_5m_input_tokens":15,"ephemeral_1h_input_tokens":5},
                 "output_tokens":8,"output_tokens_details":{"thinking_tokens":6},
                 "server_tool_use":{"web_search_requests":2},"service_tier":"batch"}}\
                """))
        .isEqualTo(new Usage(123L, 8L, 100, 20, 5, 6, 0, 0, 0, 0, 2, "batch"));
  }

  @Test
  void geminisThoughtsAreOutputAndItsToolPromptsInput() {
    assertThat(
            read(
                UsageForm.GEMINI,
                """
                {"usageMetadata":{"promptTokenCount":294,"toolUsePromptTokenCount":605,
                 "candidatesTokenCount":230,"thoughtsTokenCount":158,"cachedContentTokenCount":90,
                 "cacheTokensDetails":[{"modality":"AUDIO","tokenCount":40}],
                 "promptTokensDetails":[{"modality":"AUDIO","tokenCount":50},
                  {"modality":"IMAGE","tokenCount":7}],
                 "candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":6}]}}\
                """))
        .isEqualTo(new Usage(899L, 388L, 90, 0, 0, 158, 50, 0, 40, 7, 6, 0, ""));
  }

  @Test
  void geminiLeavesOutWhatIsZero() {
    assertThat(
            read(
                UsageForm.GEMINI,
                "{\"usageMetadata\":{\"promptTokenCount\":14,\"totalTokenCount\":14}}"))
        .isEqualTo(Usage.of(14, 0));
    assertThat(read(UsageForm.GEMINI, "{\"usageMetadata\":{\"promptTokenCount\":14}}").output())
        .isNull();
  }

  @Test
  void bedrocksInputIsMadeInclusive() {
    assertThat(
            read(
                UsageForm.BEDROCK,
                """
                {"usage":{"inputTokens":22,"outputTokens":13,"cacheReadInputTokens":5,
                 "cacheWriteInputTokens":2492,"cacheDetails":[{"ttl":"1h","inputTokens":92}]},
                 "serviceTier":{"type":"priority"}}\
                """))
        .isEqualTo(new Usage(2519L, 13L, 5, 2492, 92, 0, 0, 0, 0, 0, 0, "priority"));
  }

  @Test
  void cohereIsReadByWhatItBills() {
    assertThat(
            read(
                UsageForm.COHERE,
                """
                {"usage":{"billed_units":{"input_tokens":431,"output_tokens":661},
                 "tokens":{"input_tokens":2190,"output_tokens":1257}}}\
                """))
        .isEqualTo(Usage.of(431, 661));
  }

  @Test
  void aCountThatIsMissingOrNoCountStaysUnknown() {
    assertThat(
            read(
                    UsageForm.ANTHROPIC,
                    "{\"usage\":{\"cache_read_input_tokens\":5,\"output_tokens\":1}}")
                .input())
        .isNull();
    assertThat(
            read(
                UsageForm.OPENAI_CHAT,
                "{\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":\"7\"}}"))
        .isEqualTo(new Usage(null, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, ""));
    for (UsageForm form : UsageForm.values()) {
      for (String body : new String[] {"{}", "[]", "{\"usage\":null}", "{\"usage\":{}}"}) {
        assertThat(ProviderUsage.read(form, json(body))).as(form + body).isEmpty();
      }
    }
  }

  @Test
  void readsTheCostThatAProviderReports() {
    assertThat(ProviderUsage.reportedCost(json("{\"usage\":{\"cost\":0.0160614}}")))
        .contains(new BigDecimal("0.0160614"));
    assertThat(ProviderUsage.reportedCost(json("{\"usage\":{}}"))).isEmpty();
  }

  private static Usage read(UsageForm form, String body) {
    return ProviderUsage.read(form, json(body)).orElseThrow();
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }
}
