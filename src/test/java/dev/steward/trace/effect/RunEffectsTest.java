// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import dev.steward.trace.effect.RunEffect.Compensation;
import dev.steward.trace.effect.RunEffect.Outcome;
import dev.steward.trace.effect.RunEffect.Passage;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import dev.steward.trace.span.ToolFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunEffectsTest {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
  private static final String ALLOWED = "{\"steward.decision\":\"allow\"}";
  private static final List<ToolServer> SERVERS =
      List.of(
          server(
              "bank",
              "https://bank.example.com/mcp",
              tool("pay", "money", "refund"),
              tool("refund", "money", ""),
              tool("look", "read", "")),
          server("desk", "", tool("note", "write", ""), tool("guess", "", "")));

  private int next;

  @Test
  void whatReadsAndWhatWasRefusedIsNoEffect() {
    RunEffects effects =
        of(
            gateway("look", "{}", "{}", ALLOWED),
            gateway("pay", "{}", "{}", "{\"steward.decision\":\"deny\"}"),
            gateway("pay", "{}", "{}", "{\"steward.decision\":\"require_approval\"}"),
            gateway(
                "pay",
                "{}",
                "{}",
                "{\"steward.decision\":\"allow\",\"steward.why\":\"m1\",\"steward.unattributed\":false}"));

    assertThat(effects.effects())
        .singleElement()
        .satisfies(effect -> {
          assertThat(effect.passage()).isEqualTo(Passage.GATEWAY);
          assertThat(effect.outcome()).isEqualTo(Outcome.DONE);
          assertThat(effect.proposedBy()).isEqualTo("m1");
          assertThat(effect.reversible()).isEqualTo("refund");
        });
  }

  @Test
  void whetherItsServerGotACallCountsMoreThanWhatWasDecided() {
    RunEffects effects =
        of(
            gateway("pay", "{}", null, "{\"steward.decision\":\"allow\",\"steward.sent\":false}"),
            gateway("pay", "{}", null, "{\"steward.decision\":\"deny\",\"steward.sent\":true}"),
            gateway("pay", "{}", null, "{\"steward.decision\":\"deny\",\"steward.sent\":false}"));

    assertThat(effects.effects())
        .singleElement()
        .extracting(effect -> effect.span().key().spanId())
        .isEqualTo("span-2");
  }

  @Test
  void aCallThatOnlyTheAgentTellsOfIsUngovernedWhereItsToolLiesBehindTheGateway() {
    RunEffects effects = of(agent("pay", "c1"), agent("note", "c2"), agent("guess", "c3"));

    assertThat(effects.effects())
        .extracting(RunEffect::tool, RunEffect::passage)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("pay", Passage.UNGOVERNED),
            org.assertj.core.groups.Tuple.tuple("note", Passage.LOCAL));
    assertThat(effects.unknown()).isEqualTo(1);
  }

  @Test
  void whatAgentAndGatewayTellOfIsOneEffect() {
    Span told = agent("bank__pay", "call");
    Span passed = gateway("pay", "{}", "{}", ALLOWED);

    assertThat(of(told, passed).effects())
        .singleElement()
        .extracting(RunEffect::passage)
        .isEqualTo(Passage.GATEWAY);
  }

  @Test
  void aLaterCallWithMatchingArgumentsCompensatesOneEffect() {
    RunEffects effects =
        of(
            gateway("pay", "{\"to\":\"a\",\"amount\":5}", "{\"id\":\"p-1\"}", ALLOWED),
            gateway("pay", "{\"to\":\"a\",\"amount\":5}", "{\"id\":\"p-2\"}", ALLOWED),
            gateway("pay", "{\"to\":\"b\",\"amount\":5}", "{\"id\":\"p-3\"}", ALLOWED),
            gateway("refund", "{\"payment\":\"p-1\"}", "{}", ALLOWED),
            gateway("refund", "{\"to\":\"b\",\"amount\":4}", "{}", ALLOWED));

    assertThat(effects.effects())
        .extracting(RunEffect::compensation)
        .containsExactly(
            Compensation.COMPENSATED,
            Compensation.NONE,
            Compensation.NONE,
            Compensation.NONE,
            Compensation.NONE);
    assertThat(effects.effects().getFirst().compensatedBy())
        .isEqualTo(effects.effects().get(3).span().key().spanId());
  }

  @Test
  void nobodyKnowsWhetherItFitsWhereArgumentsAreNotKept() {
    assertThat(
            of(
                    gateway("pay", null, null, ALLOWED),
                    gateway("refund", "{\"payment\":\"p-1\"}", "{}", ALLOWED))
                .effects()
                .getFirst()
                .compensation())
        .isEqualTo(Compensation.UNKNOWN);
  }

  private static RunEffects of(Span... spans) {
    return RunEffects.of(List.of(spans), SERVERS);
  }

  private Span gateway(
      String tool, @Nullable String arguments, @Nullable String result, String attributes) {
    return span(
        new ToolFacts(tool, "bank", "call", "function"),
        arguments,
        result,
        new Raw(attributes, "{}", Teller.SCOPE, "", 0, "", List.of(), List.of(), ""));
  }

  private Span agent(String tool, String callId) {
    return span(new ToolFacts(tool, null, callId, "function"), "{}", "{}", Raw.NONE);
  }

  private Span span(ToolFacts tool, @Nullable String arguments, @Nullable String result, Raw raw) {
    Instant at = START.plusSeconds(next++);
    return new Span(
        new SpanKey("trace", "span-" + next),
        null,
        SpanKind.TOOL,
        tool.name(),
        Span.Status.UNSET,
        null,
        at,
        at.plusMillis(10),
        at.plusMillis(20),
        Origin.of("", "agent", null),
        null,
        tool,
        new Content(
            List.of(),
            List.of(),
            null,
            null,
            arguments == null ? null : Message.of(arguments),
            result == null ? null : Message.of(result),
            null),
        null,
        null,
        List.of(),
        raw,
        Digest.of("span" + next));
  }

  private static Tool tool(String name, String effect, String compensatedBy) {
    Tool plain = Tool.named(name);
    return new Tool(
        name,
        plain.definition(),
        effect,
        List.of(),
        List.of(),
        Optional.empty(),
        compensatedBy,
        List.of());
  }

  private static ToolServer server(String name, String url, Tool... tools) {
    return new ToolServer(
        new Metadata(name, Map.of()),
        "dana",
        ToolServer.Type.MCP,
        url,
        "",
        List.of(),
        Map.of(),
        ToolServer.Credential.NONE,
        ToolServer.Reach.USUAL,
        List.of(tools));
  }
}
