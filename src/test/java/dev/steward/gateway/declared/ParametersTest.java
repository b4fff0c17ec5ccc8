// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Digest;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.AgentVersion.ModelUse;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Endpoint;
import dev.steward.gateway.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The parameters of a model in bodies of all dialects.
class ParametersTest {
  private static final ModelUse MAIN = new ModelUse("main", "m", "p");
  private static final ModelUse OTHER = new ModelUse("fallback", "n", "p");
  private static final String MODELS =
      """
      {"models":[
       {"use":"main","model":"m","temperature":0.2,"topP":1,"maxTokens":100,"stop":"END",
        "mode":"enforce"},
       {"use":"fallback","model":"n","temperature":0.7,"maxTokens":9,"mode":"enforce"}]}
      """;
  private static final AgentVersion VERSION =
      new AgentVersion(
          Digest.of("v"), List.of(MAIN, OTHER), List.of(), List.of(), List.of(), MODELS);
  private static final Parameters DECLARED = Parameters.of(VERSION).getFirst();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CHAT | {'temperature':0.20,'top_p':1.0,'max_tokens':100,'stop':'END'}
          CHAT | {'temperature':2e-1,'top_p':1,'max_completion_tokens':100,'stop':['END']}
          RESPONSES | {'temperature':0.2,'top_p':1,'max_output_tokens':100}
          MESSAGES | {'temperature':0.2,'top_p':1,'max_tokens':100,'stop_sequences':['END']}
          GENERATE | {'generationConfig':{'temperature':0.2,'topP':1,'maxOutputTokens':100,'stopSequences':['END']}}
          CONVERSE | {'inferenceConfig':{'temperature':0.2,'topP':1,'maxTokens':100,'stopSequences':['END']}}
          INVOKE | {'inputText':'Hi'}
          """)
  void whatIsAsDeclaredOrCannotBeKnownIsNoDifference(Operation operation, String sent) {
    assertThat(DECLARED.differences(asked(operation, sent))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CHAT | {'temperature':1,'top_p':1,'max_tokens':100,'stop':'END'} | temperature: declared 0.2, sent 1
          CHAT | {'top_p':1,'max_tokens':100,'stop':'END'} | temperature: declared 0.2, sent none
          MESSAGES | {'temperature':0.2,'top_p':1,'max_tokens':4096,'stop_sequences':['END']} | maxTokens: declared 100, sent 4096
          GENERATE | {'generation_config':{'temperature':0.2,'topP':1,'maxOutputTokens':100}} | other stop sequences than declared
          """)
  void anotherValueOrNoneIsADifference(Operation operation, String sent, String words) {
    assertThat(DECLARED.differences(asked(operation, sent)))
        .extracting(Parameters.Difference::words)
        .containsExactly(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CHAT | {'temperature':1,'n':1} | {'temperature':0.2,'n':1,'top_p':1,'max_completion_tokens':100,'stop':'END'}
          RESPONSES | {'input':'Hi'} | {'input':'Hi','temperature':0.2,'top_p':1,'max_output_tokens':100}
          MESSAGES | {'max_tokens':9} | {'max_tokens':100,'temperature':0.2,'top_p':1,'stop_sequences':['END']}
          GENERATE | {'generationConfig':{'topK':4,'temperature':1}} | {'generationConfig':{'topK':4,'temperature':0.2,'topP':1,'maxOutputTokens':100,'stopSequences':['END']}}
          CONVERSE_STREAM | {'messages':[]} | {'messages':[],'inferenceConfig':{'temperature':0.2,'topP':1,'maxTokens':100,'stopSequences':['END']}}
          """)
  void areEnforcedInPlaceOfWhatTheProcessSends(Operation operation, String sent, String wanted) {
    Asked asked = asked(operation, sent);
    Asked placed = asked.with(asked.body().with(DECLARED.placing(asked).orElseThrow()));

    assertThat(JsonMapper.shared().readTree(placed.body().bytes())).isEqualTo(read(wanted));
    assertThat(placed.maxOutput()).isEqualTo(100);
  }

  @Test
  void whereTheyCannotBePlacedThatIsSaid() {
    assertThat(DECLARED.placing(asked(Operation.INVOKE, "{'inputText':'Hi'}"))).isEmpty();
  }

  @Test
  void aFallbackHasItsOwnButNotALongerAnswerThanWasPaidFor() {
    assertThat(
            Parameters.ofFallback(
                VERSION, OTHER, asked(Operation.CHAT, "{'temperature':0.2,'max_tokens':5}")))
        .containsExactly(java.util.Map.entry("temperature", "0.7"));
  }

  private static Asked asked(Operation operation, String body) {
    return Asked.of(
        new Endpoint(operation, "m"), read(body).toString().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode read(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
