// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Stage;
import dev.steward.console.stage.StagedPolicies;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoliciesPageTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z"));
  private static final Reader ADMIN = new Reader(Actor.SYSTEM, "Admin", (_, _) -> true);
  private static final Reader TRAVEL =
      new Reader(
          Actor.person("p-jonas"),
          "Jonas Weber",
          (permission, target) -> permission == Permission.READ && target.team().equals("travel"));
  private static final Reader STAGING =
      new Reader(
          Actor.person("p-ana"),
          "Ana Ruiz",
          (permission, target) ->
              permission == Permission.READ
                  && target.agent().equals("refunds")
                  && target.environment().equals("staging"));

  private final Stage stage = Stage.full(CLOCK);

  @BeforeEach
  void declare() {
    StagedPolicies.in(stage.control);
  }

  @Test
  void eachPolicySaysWhatItDecidesInWords() {
    assertThat(stage.html("/policies", Stage.VIEWER))
        .contains("refunds-need-a-human")
        .contains("In force")
        .contains("agents refunds or research, in production or staging")
        .contains("every tool that deletes or cannot be undone")
        .contains("every tool of payments")
        .contains("call.tool == 'refund'")
        .contains("2 of finance-lead agree within 30 min, and not who asked for the run")
        .contains("at most 10 calls in any 1 h")
        .contains("the agent does not see customer.iban of the result")
        .contains("the agent says why")
        .contains("Shadow: recorded, not applied")
        .contains("agents with team travel, everywhere")
        .contains("asking the model gpt-5 or gpt-5-mini")
        .contains("handing work to any agent");
  }

  @Test
  void eachPolicySaysWhomItGoverns() {
    assertThat(stage.html("/policies/refunds-need-a-human", Stage.VIEWER))
        .contains("For 2 agents")
        .contains("/agents/refunds")
        .contains("/agents/research")
        .doesNotContain("/agents/claims");
    assertThat(stage.get("/policies/nobody", Map.of(), Stage.VIEWER))
        .extracting(page -> ((PageResponse.Html) page).status())
        .isEqualTo(404);
  }

  @Test
  void whatIsNeverAllowedIsProved() {
    assertThat(prove("agent refunds never calls payments/refund without approval", Stage.VIEWER))
        .contains("Proved:")
        .contains("3 combinations of agent, tool and environment");
  }

  @Test
  void whatMayBeAllowedIsShownByACounterexample() {
    assertThat(prove("refunds never payments/get_order in production", Stage.VIEWER))
        .contains("Not so:")
        .contains("refunds may call payments/get_order in production")
        .contains("href=\"/policies/refunds-need-a-human\"");
    assertThat(prove("refunds never payments/refund", Stage.VIEWER))
        .contains("once a person agrees")
        .contains("supposing that <bdi>the tool is not “refund”</bdi>");
  }

  @Test
  void effectsAndLabelsAreProvedToo() {
    assertThat(prove("refunds never does a money effect without approval", Stage.VIEWER))
        .contains("agent refunds never does a money effect without approval");
    assertThat(prove("refunds never reads label nobody-has-it", Stage.VIEWER))
        .contains("Nothing was proved")
        .contains("no tool reads and no rule names the label nobody-has-it");
  }

  @Test
  void aStatementThatCannotBeReadIsToldHowToBeWritten() {
    assertThat(prove("refunds must never pay", Stage.VIEWER))
        .contains("Nothing was proved")
        .contains("cannot be read; write: agent NAME never calls");
    assertThat(prove("agent ghost never calls payments/refund", Stage.VIEWER))
        .contains("there is no agent ghost");
    assertThat(prove("a".repeat(501), Stage.VIEWER)).contains("at most 500 characters");
  }

  @Test
  void aReaderOfATeamSeesOnlyWhatConcernsItsAgents() {
    assertThat(stage.html("/policies", TRAVEL))
        .contains("travel-models", "nothing-is-deleted", "/agents/rebooking")
        .doesNotContain("refunds", "finance-lead", "/agents/research", "Prove it");
    assertThat(stage.get("/policies/refunds-need-a-human", Map.of(), TRAVEL))
        .extracting(page -> ((PageResponse.Html) page).status())
        .isEqualTo(404);
    assertThat(prove("agent refunds never calls payments/refund", TRAVEL))
        .doesNotContain("Proved", "refunds-need-a-human", "Not so");
  }

  @Test
  void aReaderOfAnEnvironmentIsToldOfNoOther() {
    assertThat(stage.html("/policies", STAGING))
        .contains("agent refunds, in staging")
        .doesNotContain("production", "/agents/research", "travel-models");
  }

  @Test
  void withoutAPolicyThePageSaysHowToDeclareOne() {
    assertThat(Stage.empty(CLOCK).html("/policies", Stage.VIEWER))
        .contains("No policy is declared")
        .contains("kind: Policy");
  }

  private String prove(String statement, Reader reader) {
    PageResponse page = stage.get("/policies", Map.of("prove", statement), reader);
    return ((PageResponse.Html) page).body();
  }

  @Test
  void aPreviewTellsWhatRecordedCallsWouldComeToAndAppliesNothing() {
    String page = preview(ADMIN, NO_TOOLS);
    assertThat(page).contains("would newly be denied").contains("Nothing is applied");
    assertThat(stage.control.state().find("Policy", "no-tools")).isEmpty();
  }

  @Test
  void whatCannotBePreviewedSaysWhy() {
    assertThat(preview(ADMIN, "kind: Polcy")).contains("Nothing was previewed");
    assertThat(stage.html("/policies", Stage.VIEWER)).doesNotContain("preview-head");
    assertThat(stage.html("/policies", TRAVEL)).doesNotContain("preview-head");
  }

  @Test
  void casesAreTriedOnThePoliciesInForce() {
    String page = test(Stage.VIEWER, CASES);
    assertThat(page)
        .contains("Some come out otherwise.")
        .contains("Of 2 cases, 1 came out as wanted and 1 otherwise.")
        .contains("orders may be read")
        .contains("wanted allow, got deny")
        .contains("href=\"/policies/refunds-need-a-human\"");
    assertThat(test(Stage.VIEWER, CASES.substring(0, CASES.lastIndexOf("  - "))))
        .contains("All come out as wanted.");
  }

  @Test
  void casesThatCannotBeReadSayWhy() {
    assertThat(test(Stage.VIEWER, CASES.replace("want: allow", "want: perhaps")))
        .contains("Nothing was tried: cases:")
        .contains("must be allow, deny or require_approval");
    assertThat(test(Stage.VIEWER, "files: [p.yaml]\n" + CASES))
        .contains("are read by `steward policy test` only");
    assertThat(stage.html("/policies", TRAVEL)).doesNotContain("tests-head");
    assertThat(test(TRAVEL, CASES)).doesNotContain("orders may be read");
  }

  @Test
  void theTextOfAPolicyStandsOnItsPage() {
    assertThat(stage.html("/policies/refunds-need-a-human", Stage.VIEWER))
        .contains("As it is applied")
        .contains("kind: \"Policy\"");
    assertThat(stage.html("/policies/travel-models", TRAVEL)).doesNotContain("As it is applied");
  }

  private static final String CASES =
      """
      cases:
        - {description: orders may be read, agent: refunds, environment: production, tool: payments/get_order, want: allow}
        - {description: nobody asks, agent: nobody, environment: production, tool: payments/refund, want: allow}
      """;

  private String test(Reader reader, String text) {
    return post(reader, "/policies/test", Map.of("csrf", "token", "cases", text));
  }

  private static final String NO_TOOLS =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: no-tools}
      spec:
        rules:
          - {tool: "*", effect: deny}
      """;

  private String preview(Reader reader, String text) {
    return post(
        reader, "/policies/preview", Map.of("csrf", "token", "proposed", text, "days", "7"));
  }

  private String post(Reader reader, String path, Map<String, String> form) {
    return ((PageResponse.Html)
            stage.console.handle(
                new PageRequest("POST", path, Map.of(), form, reader, "token", Map.of(), false)))
        .body();
  }
}
