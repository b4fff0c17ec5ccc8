// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.plan.FieldDiff;
import dev.steward.control.plan.TreeDiff;
import dev.steward.control.tool.Acceptance.Wish;
import dev.steward.control.tool.ToolStanding.Standing;
import dev.steward.domain.call.Effect;
import dev.steward.domain.resource.ToolServer;
import dev.steward.domain.resource.ToolServer.Tool;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptanceTest {
  private static final ToolServer BANK =
      (ToolServer)
          ControlFixture.read(
                  """
                  apiVersion: steward/v1
                  kind: ToolServer
                  metadata: {name: bank}
                  spec:
                    owner: dana@example.com
                    url: http://bank/mcp
                    tools:
                      - name: pay
                        description: Pays.
                        effect: money
                        labels: [customer]
                        price: {amount: 0.10}
                        inputSchema: {type: object, properties: {amount: {type: number}}}
                        tests:
                          - {name: whole, arguments: {amount: 3}}
                          - {name: words, arguments: {amount: three}, fits: false}
                      - {name: gone, effect: read}
                  """)
              .declarations()
              .getFirst()
              .resource();

  @Test
  void whatIsOfferedStandsBesideWhatWasAccepted() {
    List<ToolStanding> standings =
        ToolStanding.compare(
            BANK,
            List.of(
                offered("pay", "Pays now.", "{\"type\":\"object\"}"),
                offered("burn", "Burns.", "{}")),
            Map.of("odd", "its inputSchema is no object"));

    assertThat(standings)
        .extracting(ToolStanding::name, ToolStanding::standing)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("burn", Standing.NEW),
            org.assertj.core.groups.Tuple.tuple("gone", Standing.GONE),
            org.assertj.core.groups.Tuple.tuple("odd", Standing.UNREADABLE),
            org.assertj.core.groups.Tuple.tuple("pay", Standing.CHANGED));
  }

  @Test
  void thePinIsThatOfTheSameDefinitionInWhateverForm() {
    LiveTool same =
        LiveTool.read(
            CanonicalJson.read(
                """
                {"inputSchema":{"properties":{"amount":{"type":"number"}},"type":"object"},
                 "title":"","annotations":{},"description":"Pays.","name":"pay","icons":[]}\
                """));

    assertThat(same.digest()).isEqualTo(LiveTool.of(BANK.tool("pay").orElseThrow()).digest());
  }

  @Test
  void differencesAreReadable() {
    List<FieldDiff> diff =
        TreeDiff.of(
            LiveTool.of(BANK.tool("pay").orElseThrow()),
            offered(
                "pay",
                "Pays. Or not.",
                "{\"type\":\"object\",\"properties\":{\"amount\":{\"type\":\"string\"}}}"));

    assertThat(diff)
        .containsExactly(
            new FieldDiff("description", "Pays.", "Pays. Or not."),
            new FieldDiff("inputSchema.properties.amount.type", "number", "string"));
  }

  @Test
  void whatTheOperatorSaidStaysWhereADefinitionChanges() {
    LiveTool changed = offered("pay", "Pays now.", "{\"type\":\"object\"}");

    Tool accepted =
        Acceptance.accept(BANK, List.of(new Wish(changed, Optional.empty(), Optional.empty())))
            .tool("pay")
            .orElseThrow();

    assertThat(LiveTool.of(accepted).digest()).isEqualTo(changed.digest());
    assertThat(accepted.effect()).isEqualTo("money");
    assertThat(accepted.labels()).containsExactly("customer");
    assertThat(accepted.price()).isPresent();
    assertThat(accepted.tests()).hasSize(2);
  }

  @Test
  void aNewToolGetsTheEffectThatTheOperatorSaysElseTheProposedOne() {
    LiveTool burn = offered("burn", "Burns.", "{}");

    assertThat(effect(new Wish(burn, Optional.empty(), Optional.empty())))
        .isEqualTo("irreversible");
    assertThat(effect(new Wish(burn, Optional.of(Effect.DELETE), Optional.empty())))
        .isEqualTo("delete");
  }

  @Test
  void aDefinitionThatBreaksItsContractMeetsObjections() {
    Optional<Tool> pay = BANK.tool("pay");

    assertThat(
            Acceptance.objections(
                pay,
                offered(
                    "pay",
                    "",
                    "{\"type\":\"object\",\"properties\":{\"amount\":{\"type\":\"string\"}}}"),
                List.of()))
        .hasSize(2)
        .first()
        .asString()
        .contains("contract test whole: arguments that agents use are refused");
    assertThat(
            Acceptance.objections(
                Optional.empty(),
                offered("odd", "", "{\"$ref\":\"http://127.0.0.1:9/x\"}"),
                List.of()))
        .singleElement()
        .asString()
        .contains("refers to something outside");
  }

  @ParameterizedTest
  @CsvSource({
    "send_email, '{}', message",
    "get_order, '{}', read",
    "get_order, '{\"readOnlyHint\":false}', write",
    "deleteFile, '{}', delete",
    "issue_refund, '{\"readOnlyHint\":true}', money",
    "run_tests, '{}', execute",
    "frobnicate, '{\"readOnlyHint\":true}', read",
    "frobnicate, '{\"destructiveHint\":false}', write",
    "frobnicate, '{}', irreversible"
  })
  void anEffectIsProposedByNameAndHints(String name, String hints, String effect) {
    LiveTool tool =
        LiveTool.read(
            CanonicalJson.object().put("name", name).set("annotations", CanonicalJson.read(hints)));

    assertThat(ProposedEffect.of(tool).word()).isEqualTo(effect);
  }

  private static String effect(Wish wish) {
    return Acceptance.accept(BANK, List.of(wish)).tool("burn").orElseThrow().effect();
  }

  private static LiveTool offered(String name, String description, String schema) {
    return LiveTool.read(
        CanonicalJson.object()
            .put("name", name)
            .put("description", description)
            .set("inputSchema", CanonicalJson.read(schema)));
  }
}
