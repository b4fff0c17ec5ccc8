// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTableTest {
  private static final DialectTable TABLE = DialectTable.bundled();

  @Test
  void theRowNamesTheVersionOfTheTable() {
    assertThat(understand("langfuse-sdk").dialect()).isEqualTo("langfuse@" + TABLE.version());
  }

  @ParameterizedTest
  @CsvSource({
    "az.ai.openai, azure.ai.openai",
    "az.ai.inference, azure.ai.inference",
    "vertex_ai, gcp.vertex_ai",
    "gemini, gcp.gemini",
    "google-gla, gcp.gemini",
    "xai, x_ai",
    "OpenAI, openai",
    "openai.chat, openai",
    "google.vertex.chat, gcp.vertex_ai",
    "aws.bedrock, aws.bedrock",
    "azure.ai.openai, azure.ai.openai",
    "My.Own, my.own"
  })
  void providersHaveOneName(String sent, String normal) {
    assertThat(understand("test", "gen_ai.system", sent).text(Field.PROVIDER)).isEqualTo(normal);
  }

  @ParameterizedTest
  @CsvSource({
    "outcome, true",
    "Task Success, true",
    "task-completion, true",
    "Relevance, false",
    "outcome of the weather, false"
  })
  void anOutcomeIsKnownByItsName(String name, boolean outcome) {
    assertThat(TABLE.statesOutcome(name)).isEqualTo(outcome);
  }

  @Test
  void aCountThatCannotBeOneIsNotTaken() {
    for (String sent : List.of("-1", "1.5", "many", "NaN", "1e400", "99999999999999999999")) {
      assertThat(understand("test", "gen_ai.usage.input_tokens", sent).count(Field.INPUT_TOKENS))
          .as(sent)
          .isNull();
    }
    assertThat(understand("test", "gen_ai.usage.input_tokens", "12.0").count(Field.INPUT_TOKENS))
        .isEqualTo(12);
  }

  @Test
  void theChosenRowsSourcesComeFirst() {
    Understood span =
        understand("openinference.x", "session.id", "own", "gen_ai.conversation.id", "other");
    assertThat(span.text(Field.CONVERSATION)).isEqualTo("own");
    assertThat(
            understand(
                    "x",
                    "session.id",
                    "other",
                    "gen_ai.conversation.id",
                    "own",
                    "gen_ai.provider.name",
                    "p")
                .text(Field.CONVERSATION))
        .isEqualTo("own");
  }

  private static Understood understand(String scope, String... keysAndValues) {
    List<String> all = Arrays.asList(keysAndValues);
    Attributes attributes =
        Attributes.of(
            java.util.stream.IntStream.range(0, all.size() / 2)
                .mapToObj(i ->
                    KeyValue.newBuilder()
                        .setKey(all.get(2 * i))
                        .setValue(AnyValue.newBuilder().setStringValue(all.get(2 * i + 1)))
                        .build())
                .toList());
    return TABLE.understand(
        new Understood.Subject("a span", scope, attributes, Attributes.of(List.of())));
  }
}
