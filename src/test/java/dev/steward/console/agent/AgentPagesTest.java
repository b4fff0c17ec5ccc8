// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.console.stage.Declared;
import dev.steward.console.stage.Stage;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.access.Actor;
import dev.steward.control.access.NewSecret;
import dev.steward.control.access.Permission;
import dev.steward.control.command.Command;
import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.trace.SpanDraft;
import dev.steward.trace.span.Evaluation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AgentPagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static Stage stage;
  private static String before;
  private static String after;

  @BeforeAll
  static void setUp() {
    stage = Stage.full(() -> NOW);
    stage.control.apply(Declared.PEOPLE);
    stage.control.apply(Declared.payments(200));
    stage.control.apply(Declared.refunds("Be kind.", "get_order, refund"));
    stage.control.apply(Declared.refunds("Be short.", "refund"));
    List<Digest> versions =
        stage.control.state().versions("refunds").stream().map(entry -> entry.version()).toList();
    before = versions.getFirst().hex().substring(0, 12);
    after = versions.getLast().hex().substring(0, 12);
  }

  @Test
  void opensOnThreeAnswersWithTheirEvidence() {
    String page = stage.html("/agents/refunds", Stage.OPERATOR);

    assertThat(page)
        .containsSubsequence(
            "Is it doing its work?",
            "How would I know if it stopped?",
            "Only by looking here",
            "no channel is declared for agent.silent, agent.failing, drift.found",
            "How do I fix it?")
        .contains("/runs?agent=refunds")
        .contains("Outcome rule: payments/refund called without an error means refunded")
        .contains("dana@example.com")
        .contains("versions/" + before + ".." + after);
  }

  @Test
  void saysWhatIsWatchedAndWhoIsTold() {
    Stage told = Stage.full(() -> NOW);
    told.control.apply(Declared.PEOPLE);
    told.control.apply(Declared.payments(200));
    told.control.apply(Declared.refunds("Be kind.", "get_order, refund"));
    assertThat(told.html("/agents/refunds", Stage.OPERATOR))
        .contains("there are not enough runs yet to say what it is usually like");
    told.control.submit(
        new Command.LearnBaseline("refunds", "production", "v1", 2_000, NOW, NOW, "{}"));
    told.control.apply(
        """
        apiVersion: steward/v1
        kind: Channel
        metadata: {name: on-call}
        spec: {type: webhook, url: "https://example.com/hook", events: ["agent.*", drift.found]}
        """);
    assertThat(told.html("/agents/refunds", Stage.OPERATOR))
        .contains("People are told")
        .contains("Told to on-call.")
        .contains("href=\"/drift/refunds/production\"")
        .contains("against 2,000 runs.");
  }

  @Test
  void givesTheCommandThatBringsTheVersionBeforeBack() {
    long sequence = stage.control.state().history("Agent", "refunds").getFirst().sequence();

    assertThat(stage.html("/agents/refunds", Stage.OPERATOR))
        .contains("steward get agent refunds --at " + sequence + " -o yaml | steward apply -f -");
  }

  @Test
  void anAgentThatIsReleasedIsMendedByItsReleaseOrAKill() {
    Stage released = Stage.empty(() -> NOW);
    released.control.apply(Declared.PEOPLE);
    released.control.apply(Declared.payments(200));
    released.control.apply(Declared.refunds("Be kind.", "get_order, refund"));
    release(released, "r-1");
    released.control.apply(Declared.refunds("Be short.", "refund"));
    release(released, "r-2");
    Reader operator = new Reader(Actor.SYSTEM, "Dana Okafor", (_, _) -> true);

    assertThat(answer(released.html("/agents/refunds", operator)))
        .contains("Roll its release back", "It is in force in staging: ")
        .contains("href=\"/releases/agents/refunds\">roll its release back</a>")
        .contains("href=\"/stops?selector=agent%3Drefunds\">kill it</a>")
        .contains("steward release rollback refunds --environment staging --preview")
        .doesNotContain("steward apply", "development", "revoke");
    assertThat(answer(released.html("/agents/refunds", Stage.VIEWER)))
        .contains("roll its release back</a>", "An operator can kill it at once.")
        .doesNotContain("/stops");
  }

  private static void release(Stage stage, String id) {
    stage.control.submit(new Command.StartRelease(id, "refunds", "staging", "", "it is time"));
    assertThat(stage.control.state().environments("refunds")).containsKey("staging");
  }

  /// How it is fixed.
  private static String answer(String page) {
    int from = page.indexOf("How do I fix it?");
    return page.substring(from, page.indexOf("</section>", from));
  }

  @Test
  void showsWhatDiffersBetweenTwoVersions() {
    String page = stage.html("/agents/refunds/versions/" + before + ".." + after, Stage.OPERATOR);

    assertThat(page)
        .contains("2 of 7 artefacts differ")
        .contains("payments/get_order")
        .contains("kind")
        .contains("short");
    PageResponse.Html missing =
        (PageResponse.Html)
            stage.get("/agents/refunds/versions/beef..cafe", Map.of(), Stage.OPERATOR);
    assertThat(missing.status()).isEqualTo(404);
  }

  @Test
  void theFormOfTwoVersionsLeadsToAnAddressThatCanBeShared() {
    assertThat(
            stage.get(
                "/agents/refunds/versions",
                Map.of("a", before + "0", "b", after + "0"),
                Stage.OPERATOR))
        .isEqualTo(new PageResponse.Redirect("/agents/refunds/versions/" + before + ".." + after));
  }

  @Test
  void marksWhatIsUsedWithoutBeingDeclared() {
    String page = stage.html("/agents/refunds", Stage.OPERATOR);

    assertThat(page).contains("crm/get_refund_history").contains("Used, not declared");
    assertThat(page).contains("payments/get_order").contains("no longer");
  }

  @Test
  void aSenderThatNobodyRegisteredHasAPageAndAManifest() {
    String page = stage.html("/agents/pricing-poc", Stage.OPERATOR);

    assertThat(page)
        .contains("Not registered")
        .contains("name: pricing-poc")
        .doesNotContain("Used, not declared");
    PageResponse.Html nobody =
        (PageResponse.Html) stage.get("/agents/no-such-agent", Map.of(), Stage.OPERATOR);
    assertThat(nobody.status()).isEqualTo(404);
  }

  @Test
  void whoMayNotSeeItFindsNothing() {
    Reader other =
        new Reader(
            Actor.person("p-priya"),
            "Priya Nair",
            (permission, target) ->
                permission == Permission.READ && target.team().equals("claims"));

    PageResponse.Html page = (PageResponse.Html) stage.get("/agents/refunds", Map.of(), other);

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.body()).doesNotContain("Dana Okafor");
  }

  @Test
  void keysAreRevokedUnderTheReadersNameAndOnlyByWhoMay() {
    NewSecret secret = NewSecret.agentKey(new Random(7));
    stage.control.submit(
        new Command.IssueAgentKey(secret.id(), secret.hash(), "refunds", "production", ""));
    assertThat(stage.html("/agents/refunds", Stage.VIEWER))
        .contains(secret.id())
        .doesNotContain("keys/revoke");
    Reader operator = new Reader(Actor.SYSTEM, "Dana Okafor", (_, _) -> true);
    assertThat(stage.html("/agents/refunds", operator)).contains("keys/revoke");

    PageResponse done =
        stage.console.handle(
            new PageRequest(
                "POST",
                "/agents/refunds/keys/revoke",
                Map.of(),
                Map.of("csrf", "c", "key", secret.id(), "reason", "leaked"),
                operator,
                "c",
                Map.of(),
                false));

    assertThat(done).isEqualTo(new PageResponse.Redirect("/agents/refunds?revoked=1"));
    assertThat(stage.control.state().agentKeyById(secret.id()).orElseThrow().active()).isFalse();
  }

  @Test
  void aChangeOfSuccessOrErrorsSaysOfHowManyRuns() {
    Stage fallen = Stage.empty(() -> NOW);
    Stage erring = Stage.empty(() -> NOW);
    for (int i = 1; i <= 80; i++) {
      boolean before = i <= 40;
      Instant at = NOW.minusSeconds(before ? 30 * 3_600L : 3_600).plusSeconds(i);
      SpanDraft run = SpanDraft.span(SpanKind.AGENT, i, 1).at(at).by("mover");
      fallen.write(List.of(run.build()), List.of(outcome(i, before ? "success" : "failure", at)));
      erring.write(List.of(before ? run.build() : run.failed().build()));
    }

    assertThat(fallen.html("/agents/mover", Stage.OPERATOR))
        .contains("Success fell from 100 % of 40 runs to 0 % of 40 runs");
    assertThat(erring.html("/agents/mover", Stage.OPERATOR))
        .contains("Errors rose from 0 % of 40 runs to 100 % of 40 runs");
  }

  private static Evaluation outcome(long trace, String label, Instant at) {
    return new Evaluation(
        SpanDraft.trace(trace), null, null, "outcome", label, null, null, true, "sender", at);
  }
}
