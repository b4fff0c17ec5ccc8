// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.control.InMemoryPeople;
import dev.steward.control.access.Actor;
import dev.steward.control.live.UndeclaredChanges.Change;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import dev.steward.domain.resource.Metadata;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.wire.Asked;
import dev.steward.gateway.wire.Endpoint;
import dev.steward.gateway.wire.Operation;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.trace.diary.Diary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The system prompt in bodies of all dialects: placed where a version enforces it, held against it
/// where it does not.
class DeclarationsTest {
  private static final String DECLARED = "You help.\nBe \"brief\".";
  private static final State STATE =
      State.empty(
          new Shelf(
              digest -> {
                throw new IllegalStateException("nothing is kept");
              },
              new InMemoryPeople()));
  private static final Place PLACE =
      new Place("run-1", "0".repeat(32), null, false, "", "", "", null);

  private final Declarations declarations = new Declarations(Diary.NONE);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CHAT | {'messages':[{'role':'system','content':'Old.'},{'role':'user','content':'Hi'}],'n':1} | {'messages':[{'role':'system','content':'NEW'},{'role':'user','content':'Hi'}],'n':1}
          CHAT | {'messages':[{'role':'developer','content':[{'type':'text','text':'Old.'}]},{'role':'user','content':'Hi'},{'role':'system','content':'Rob.'}]} | {'messages':[{'role':'developer','content':'NEW'},{'role':'user','content':'Hi'}]}
          CHAT | {'messages':[{'role':'user','content':'Hi'}]} | {'messages':[{'role':'system','content':'NEW'},{'role':'user','content':'Hi'}]}
          RESPONSES | {'instructions':'Old.','input':'Hi'} | {'instructions':'NEW','input':'Hi'}
          RESPONSES | {'input':[{'role':'system','content':'Old.'},{'role':'user','content':'Hi'},{'type':'function_call_output','call_id':'c','output':'1'}]} | {'instructions':'NEW','input':[{'role':'user','content':'Hi'},{'type':'function_call_output','call_id':'c','output':'1'}]}
          MESSAGES | {'system':'Old.','messages':[{'role':'user','content':'Hi'}]} | {'system':'NEW','messages':[{'role':'user','content':'Hi'}]}
          MESSAGES | {'system':[{'type':'text','text':'Old.','cache_control':{'type':'ephemeral'}}],'messages':[]} | {'system':[{'type':'text','text':'NEW','cache_control':{'type':'ephemeral'}}],'messages':[]}
          MESSAGES | {'messages':[{'role':'system','content':'Rob.'},{'role':'user','content':'Hi'}]} | {'system':'NEW','messages':[{'role':'user','content':'Hi'}]}
          COUNT_TOKENS | {'system':'Old.','messages':[]} | {'system':'NEW','messages':[]}
          GENERATE | {'systemInstruction':{'parts':[{'text':'Old.'}]},'contents':[]} | {'systemInstruction':{'parts':[{'text':'NEW'}]},'contents':[]}
          STREAM_GENERATE | {'system_instruction':{'parts':[{'text':'Old.'}]},'contents':[]} | {'system_instruction':{'parts':[{'text':'NEW'}]},'contents':[]}
          GENERATE | {'contents':[]} | {'systemInstruction':{'parts':[{'text':'NEW'}]},'contents':[]}
          CONVERSE | {'system':[{'text':'Old.'},{'cachePoint':{'type':'default'}}],'messages':[]} | {'system':[{'text':'NEW'},{'cachePoint':{'type':'default'}}],'messages':[]}
          CONVERSE_STREAM | {'messages':[]} | {'system':[{'text':'NEW'}],'messages':[]}
          INTERACTIONS | {'system_instruction':'Old.','input':'Hi'} | {'system_instruction':'NEW','input':'Hi'}
          INVOKE | {'anthropic_version':'bedrock-2023-05-31','system':'Old.','messages':[]} | {'anthropic_version':'bedrock-2023-05-31','system':'NEW','messages':[]}
          INVOKE | {'schemaVersion':'messages-v1','system':[{'text':'Old.'}],'messages':[]} | {'schemaVersion':'messages-v1','system':[{'text':'NEW'}],'messages':[]}
          EMBEDDINGS | {'input':'Hi'} | {'input':'Hi'}
          """)
  void anEnforcedPromptStandsInPlaceOfWhatTheProcessSends(
      Operation operation, String sent, String wanted) {
    CallRecord record = record(operation);

    Asked asked = declarations.of(STATE, caller("enforce"), PLACE, asked(operation, sent), record);

    assertThat(json(asked.body().bytes())).isEqualTo(read(wanted));
    assertThat(asked.model()).isEqualTo("m");
    assertThat(record.undeclared()).isEmpty();
    assertThat(declarations.changes().all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RESPONSES | {'prompt':{'id':'pmpt_1'},'input':'Hi'}
          GENERATE | {'cachedContent':'cachedContents/1','contents':[]}
          INVOKE | {'inputText':'Hi'}
          """)
  void whereItCannotBePlacedNothingIsForwarded(Operation operation, String sent) {
    assertThatThrownBy(() ->
            declarations.of(
                STATE, caller("enforce"), PLACE, asked(operation, sent), record(operation)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("enforces its system prompt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CHAT | {'messages':[{'role':'system','content':'NEW'},{'role':'user','content':'Hi'}]}
          CHAT | {'messages':[{'role':'developer','content':[{'type':'text','text':'NEW'}]}]}
          RESPONSES | {'instructions':'NEW','input':'Hi'}
          RESPONSES | {'previous_response_id':'resp_1','input':'Hi'}
          MESSAGES | {'system':[{'type':'text','text':'NEW'}],'messages':[]}
          GENERATE | {'systemInstruction':{'parts':[{'text':'NEW'}]},'contents':[]}
          GENERATE | {'system_instruction':{'parts':{'text':'NEW'}},'contents':[]}
          CONVERSE | {'system':[{'text':'NEW'}],'messages':[]}
          INTERACTIONS | {'system_instruction':'NEW','input':'Hi'}
          MESSAGES | {'system':'You plan.','messages':[]}
          EMBEDDINGS | {'input':'Hi'}
          COUNT_TOKENS | {'system':'Old.','messages':[]}
          """)
  void whatIsDeclaredOrCannotBeKnownIsNoChange(Operation operation, String sent) {
    CallRecord record = record(operation);
    Asked before = asked(operation, sent);

    assertThat(declarations.of(STATE, caller("compare"), PLACE, before, record)).isSameAs(before);

    assertThat(record.undeclared()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CHAT | {'messages':[{'role':'system','content':'You help.\\nRefund all.'},{'role':'user','content':'Hi'}]}
          RESPONSES | {'instructions':'You help.\\nRefund all.','input':'Hi'}
          MESSAGES | {'system':'You help.\\nRefund all.','messages':[]}
          GENERATE | {'systemInstruction':{'parts':[{'text':'You help.'},{'text':'Refund all.'}]},'contents':[]}
          CONVERSE | {'system':[{'text':'You help.\\nRefund all.'}],'messages':[]}
          """)
  void anotherPromptIsAnUndeclaredChange(Operation operation, String sent) {
    CallRecord record = record(operation);
    Asked before = asked(operation, sent);

    Asked after = declarations.of(STATE, caller("compare"), PLACE, before, record);

    assertThat(after).isSameAs(before);
    assertThat(record.undeclared())
        .containsExactly(
            "sent another system prompt, not the one that version "
                + caller("compare").version().shortName()
                + " declares");
    assertThat(record.undeclaredDetail())
        .isEqualTo("from line 2: declared “Be \"brief\".”, sent “Refund all.”");
    Change change = declarations.changes().all().getFirst();
    assertThat(change.agent()).isEqualTo("a");
    assertThat(change.part()).isEqualTo("prompts");
    assertThat(change.run()).isEqualTo("run-1");
    assertThat(change.calls()).isEqualTo(1);
  }

  @Test
  void callsWithTheSameDifferenceAreCountedTogether() {
    for (int i = 0; i < 3; i++) {
      declarations.of(
          STATE,
          caller("compare"),
          PLACE,
          asked(Operation.CHAT, "{'messages':[{'role':'user','content':'Hi'}]}"),
          record(Operation.CHAT));
    }
    assertThat(declarations.changes().all())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.what()).isEqualTo("no system prompt");
          assertThat(change.calls()).isEqualTo(3);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CHAT | {'tools':[{'type':'function','function':{'name':'pay'}},{'type':'function','function':{'name':'bank__look_up'}}]}
          CHAT | {'functions':[{'name':'pay'},{'name':'mcp__bank__look_up'}]}
          RESPONSES | {'tools':[{'type':'function','name':'pay'},{'type':'function','name':'look_up'}]}
          MESSAGES | {'tools':[{'name':'pay','input_schema':{}},{'name':'look_up','input_schema':{}},{'name':'transfer_to_fraud_check'}]}
          GENERATE | {'tools':[{'functionDeclarations':[{'name':'pay'},{'name':'look_up'}]}]}
          CONVERSE | {'toolConfig':{'tools':[{'toolSpec':{'name':'pay'}},{'toolSpec':{'name':'look_up'}}]}}
          INTERACTIONS | {'tools':[{'type':'function','name':'pay'},{'type':'function','name':'handoff'}]}
          """)
  void aToolThatIsNotListedIsAnUndeclaredChange(Operation operation, String sent) {
    AgentVersion version =
        new AgentVersion(
            Digest.of("{}"),
            List.of(),
            List.of(new AgentVersion.ToolUse("bank", List.of("look.up"))),
            List.of(),
            List.of("fraud-check"),
            "{}");
    CallRecord record = record(operation);

    declarations.of(STATE, caller(version), PLACE, asked(operation, sent), record);

    assertThat(record.undeclared())
        .containsExactly("offered the model the tool pay, which is not listed");
    assertThat(declarations.changes().all())
        .extracting(Change::part, Change::what)
        .containsExactly(tuple("tools", "the tool pay"));
  }

  private static CallRecord record(Operation operation) {
    return new CallRecord("0".repeat(16), operation, Instant.EPOCH);
  }

  private static Asked asked(Operation operation, String body) {
    return Asked.of(
        new Endpoint(operation, "m"), read(body).toString().getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode read(String text) {
    JsonNode node = JsonMapper.shared().readTree(text.replace('\'', '"'));
    return JsonMapper.shared()
        .readTree(
            node.toString().replace("\"NEW\"", JsonMapper.shared().writeValueAsString(DECLARED)));
  }

  private static JsonNode json(byte[] bytes) {
    return JsonMapper.shared().readTree(bytes);
  }

  private static Caller caller(String mode) {
    String json =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "prompts",
                    Map.of(
                        "system",
                        Map.of("text", DECLARED, "mode", mode),
                        "planner",
                        Map.of("text", "You plan."))));
    AgentVersion version =
        new AgentVersion(Digest.of(json), List.of(), List.of(), List.of(), List.of(), json);
    return caller(version);
  }

  private static Caller caller(AgentVersion version) {
    Agent agent =
        new Agent(
            new Metadata("a", Map.of()),
            "dana",
            "Works.",
            "",
            List.of(),
            Agent.Autonomy.ACT,
            Agent.Oversight.GOVERNED,
            Agent.Risk.LIMITED,
            version,
            List.of());
    AgentKey key =
        new AgentKey(
            "k", Digest.of("k"), "a", "development", "", Instant.EPOCH, Actor.SYSTEM, null);
    return new Caller(key, agent, version);
  }
}
