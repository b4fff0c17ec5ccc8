// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.SpanKind;
import dev.steward.trace.SpanDraft;
import org.junit.jupiter.api.Test;

/// What a step says of its way through the gateway.
class PassingTest {
  private static final String TRIED =
      """
      [{\\"provider\\":\\"openai\\",\\"model\\":\\"gpt-5\\",\\"outcome\\":\\"429\\",\\"millis\\":120},\
      {\\"provider\\":\\"anthropic\\",\\"model\\":\\"claude\\",\\"outcome\\":\\"200\\",\\"millis\\":80}]\
      """;

  private static SpanDraft call(String attributes) {
    return SpanDraft.span(SpanKind.MODEL, 1, 1).byGateway().attributes(attributes);
  }

  @Test
  void aRefusalIsTagged() {
    assertThat(
            SpanWords.tags(
                call("{\"steward.decision\":\"deny\",\"steward.refusal\":\"budget\"}").build()))
        .extracting(Step.Tag::word)
        .containsExactly("refused: budget");
  }

  @Test
  void aFallbackIsTaggedWithWhatWasTried() {
    Step.Tag tag =
        SpanWords.tags(
                call("{\"steward.decision\":\"allow\",\"steward.attempts\":\"" + TRIED + "\"}")
                    .build())
            .getFirst();

    assertThat(tag.word()).isEqualTo("fell back from openai");
    assertThat(tag.why())
        .isEqualTo("openai gpt-5: 429 after 120 ms; anthropic claude: 200 after 80 ms");
  }

  @Test
  void aCallThatJustPassedIsNotTagged() {
    assertThat(SpanWords.tags(call("{\"steward.decision\":\"allow\"}").build())).isEmpty();
  }

  @Test
  void nobodyElseCanSayThatItWasRefused() {
    assertThat(
            SpanWords.tags(
                SpanDraft.span(SpanKind.MODEL, 1, 1)
                    .attributes("{\"steward.decision\":\"deny\",\"steward.refusal\":\"budget\"}")
                    .build()))
        .isEmpty();
  }
}
