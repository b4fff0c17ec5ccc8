// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.access.Actor;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.state.AgentKey;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.Agent;
import dev.steward.gateway.identity.Caller;
import dev.steward.gateway.reading.Answered;
import dev.steward.gateway.record.CallRecord;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.strand.Strands;
import dev.steward.gateway.turn.Fingerprint;
import dev.steward.gateway.wire.Operation;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProposalsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final String TRACE = "a".repeat(32);

  private final Places places =
      new Places(new Strands(10, dev.steward.trace.diary.Diary.NONE), new Random(1));
  private final Caller caller = caller("clerk");

  @Test
  void aCallIsFoundByItsIdWhateverItsArguments() {
    proposes("s1", "call_1", "bank__pay", "{\"amount\":5}");

    ToolPlace place = places.of(caller, trail("", "call_1", "pay", "{\"amount\":5,\"key\":1}"));

    assertThat(place.why())
        .hasValueSatisfying(why -> {
          assertThat(why.spanId()).isEqualTo("s1");
          assertThat(why.found()).isEqualTo(Why.Found.CALL_ID);
        });
    assertThat(place.place().traceId()).isEqualTo(TRACE);
  }

  @Test
  void aCallIsFoundByEqualArgumentsInWhateverOrder() {
    proposes("s1", "call_1", "pay", "{\"amount\":5,\"to\":\"a\"}");

    assertThat(places.of(caller, trail("", "", "pay", "{\"to\":\"a\",\"amount\":5.0}")).why())
        .hasValueSatisfying(why -> assertThat(why.found()).isEqualTo(Why.Found.ARGUMENTS));
    assertThat(places.of(caller, trail("", "", "pay", "{\"to\":\"b\",\"amount\":5}")).why())
        .isEmpty();
  }

  @Test
  void anotherToolOrAgentOrRunHasNotProposedIt() {
    proposes("s1", "call_1", "pay", "{}");

    assertThat(places.of(caller, trail("", "call_1", "refund", "{}")).why()).isEmpty();
    assertThat(places.of(caller, trail("", "call_1", "ay", "{}")).why()).isEmpty();
    assertThat(places.of(caller("other"), trail("", "call_1", "pay", "{}")).why()).isEmpty();
  }

  @Test
  void twoEqualCallsAreThoseOfTwoProposals() {
    proposes("s1", "call_1", "pay", "{}");
    proposes("s2", "call_2", "pay", "{}");

    assertThat(places.of(caller, trail("", "", "pay", "{}")).why().orElseThrow().spanId())
        .isEqualTo("s2");
    assertThat(places.of(caller, trail("", "", "pay", "{}")).why().orElseThrow().spanId())
        .isEqualTo("s1");
  }

  @Test
  void aTraceOfTheClientsCountsMoreThanThatOfTheProposal() {
    proposes("s1", "call_1", "pay", "{}");

    ToolPlace place =
        places.of(
            caller, trail("00-" + "b".repeat(32) + "-" + "c".repeat(16) + "-01", "", "pay", "{}"));

    assertThat(place.place().traceId()).isEqualTo("b".repeat(32));
    assertThat(place.place().parentSpanId()).isEqualTo("c".repeat(16));
    assertThat(place.why()).isPresent();
  }

  @Test
  void aCallThatNobodyProposedStandsAlone() {
    ToolPlace place = places.of(caller, trail("", "", "pay", "{}"));

    assertThat(place.why()).isEmpty();
    assertThat(place.place().parentSpanId()).isNull();
    assertThat(place.place().said()).isFalse();
  }

  private void proposes(String spanId, String callId, String tool, String arguments) {
    CallRecord call = new CallRecord(spanId, Operation.CHAT, NOW);
    call.caller(caller);
    call.place(new Place(TRACE, TRACE, "d".repeat(16), false, "", "", "", null));
    call.answered(answered(callId, tool, arguments));
    places.answered(call);
  }

  private static Answered answered(String callId, String tool, String arguments) {
    String body =
        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\""
            + callId
            + "\",\"type\":\"function\",\"function\":{\"name\":\""
            + tool
            + "\",\"arguments\":"
            + CanonicalJson.text(CanonicalJson.MAPPER.getNodeFactory().stringNode(arguments))
            + "}}]},\"finish_reason\":\"tool_calls\"}]}";
    return dev.steward.gateway.reading.AnswerReader.read(
        Operation.CHAT,
        dev.steward.gateway.framing.Framing.WHOLE,
        body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static ToolTrail trail(String traceparent, String callId, String tool, String arguments) {
    return new ToolTrail(
        "",
        traceparent,
        "",
        "",
        "",
        callId,
        "",
        tool,
        Fingerprint.arguments(CanonicalJson.read(arguments)));
  }

  static Caller caller(String name) {
    Agent agent =
        (Agent)
            dev.steward.control.ControlFixture.read(
                    "apiVersion: steward/v1\nkind: Agent\nmetadata: {name: "
                        + name
                        + "}\n"
                        + "spec: {owner: dana@example.com, purpose: Pays., risk: high, version:"
                        + " {}}\n")
                .declarations()
                .getFirst()
                .resource();
    AgentKey key =
        new AgentKey("k", Digest.of("k"), name, "development", "", NOW, Actor.SYSTEM, null);
    return new Caller(key, agent, agent.version());
  }
}
