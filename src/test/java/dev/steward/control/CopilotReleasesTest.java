// SPDX-License-Identifier: Apache-2.0
package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.access.Actor;
import dev.steward.control.approval.BoundCall;
import dev.steward.control.approval.Question;
import dev.steward.control.command.Command;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.release.GateResult;
import dev.steward.control.release.Proposing;
import dev.steward.control.shelf.Shelf;
import dev.steward.control.state.SnapshotCodec;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.release.GateVerdict;
import dev.steward.domain.release.ReleaseState;
import dev.steward.domain.release.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A version that proposes and does not act by itself, as control has it.
class CopilotReleasesTest extends CanaryStage {
  private static final String GATE =
      """
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: agreed}
      spec:
        environments: [staging]
        requires: copilot
        terms: {least-agreement: 60%, least-answers: 4}
      """;

  private static final String OLGA =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: olga@example.com}
      spec: {grants: [{role: operator}]}
      """;

  private int asked;

  @Test
  void isInForceAndProposesUntilWhatPeopleAnswerOpensItsGate() {
    fixture.apply(GATE);
    start(Strategy.COPILOT, Map.of());
    assertThat(inForce("staging")).isEqualTo(second);
    assertThat(fixture.state().releases().copilot("lookup", "staging")).contains(record());
    assertThat(fixture.state().releases().trials()).isEmpty();
    assertThat(record().state()).isEqualTo(new ReleaseState.RollingOut(List.of("agreed")));

    for (int i = 0; i < 3; i++) {
      answer(true, Optional.empty());
    }
    judgeAnew();
    assertThat(gate().verdict()).isEqualTo(GateVerdict.NOT_ENOUGH_DATA);
    assertThat(gate().why()).contains("3 of 3 proposed calls", "4 answers are asked for");

    for (int i = 0; i < 3; i++) {
      answer(true, Optional.empty());
    }
    judgeAnew();
    assertThat(gate().verdict()).isEqualTo(GateVerdict.PASS);
    assertThat(gate().evidence()).containsEntry("interval", "61.0 % to 100.0 %");
    assertThat(record().state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(fixture.state().releases().copilot("lookup", "staging")).isEmpty();
    assertThat(inForce("staging")).isEqualTo(second);
  }

  @Test
  void whatPeopleChangedOrRefusedIsNoAgreementAndFailsTheGate() {
    fixture.apply(GATE);
    start(Strategy.COPILOT, Map.of());
    answer(true, Optional.of("{\"amount\":1}"));
    for (int i = 0; i < 7; i++) {
      answer(false, Optional.empty());
    }
    ask();
    judgeAnew();

    Proposing counted = record().proposed().orElseThrow();
    assertThat(counted.edited()).isOne();
    assertThat(counted.denied()).isEqualTo(7);
    assertThat(counted.answered()).isEqualTo(8);
    assertThat(gate().verdict()).isEqualTo(GateVerdict.FAIL);
    assertThat(record().copilot()).isTrue();
  }

  @Test
  void aYesThatIsTakenBackCountsAsANo() {
    fixture.apply(GATE);
    start(Strategy.COPILOT, Map.of());
    String id = answer(true, Optional.empty());
    answer(
        new Command.AnswerApproval(
            id, false, "better not", Optional.empty(), Optional.empty(), Optional.empty()));

    Proposing counted = record().proposed().orElseThrow();
    assertThat(counted.unchanged()).isZero();
    assertThat(counted.denied()).isOne();
  }

  @Test
  void withoutAGateAPersonLetsItActByItself() {
    fixture.apply(OLGA);
    start(Strategy.COPILOT, Map.of());
    assertThat(record().state().missing()).containsExactly("promotion");
    judgeAnew();
    assertThat(record().copilot()).isTrue();

    String olga = fixture.state().person("olga@example.com").orElseThrow().id();
    fixture
        .control()
        .submit(new Command.PromoteRelease("canary", "it does well"), Actor.person(olga));
    assertThat(record().state()).isEqualTo(new ReleaseState.Promoted());
    assertThat(record().copilot()).isFalse();
  }

  @Test
  void isRolledBackAsAnyOtherAndDoesNotComeBackToActByItself() {
    start(Strategy.COPILOT, Map.of());
    assertThatThrownBy(() -> fixture.submit(new Command.RefuseRelease("canary", "no")))
        .hasMessageContaining("roll the agent back");
    fixture.submit(
        new Command.RollBack("b1", "lookup", "staging", "", false, "person", "it is worse"));
    assertThat(inForce("staging")).isEqualTo(first);
    assertThat(record().state()).isEqualTo(new ReleaseState.RolledBack());
    assertThat(fixture.state().releases().copilot("lookup", "staging")).isEmpty();

    assertThatThrownBy(() ->
            fixture.submit(
                new Command.RollBack(
                    "b2", "lookup", "staging", second.hex(), false, "person", "anew")))
        .hasMessageContaining("only proposed in staging");
  }

  @Test
  void aReleaseThatNeverProposedDoesNotOpenTheGate() {
    fixture.apply(GATE);
    start(Strategy.DIRECT, Map.of());
    assertThat(gate().verdict()).isEqualTo(GateVerdict.NOT_ENOUGH_DATA);
    assertThat(gate().why()).contains("release it with the strategy copilot");
    assertThat(inForce("staging")).isEqualTo(first);
  }

  @Test
  void whatWasCountedStaysOverARestartAndInASnapshot() {
    fixture.apply(GATE);
    start(Strategy.COPILOT, Map.of());
    answer(true, Optional.empty());
    ask();
    State before = fixture.state();
    assertThat(
            SnapshotCodec.read(
                SnapshotCodec.write(before), new Shelf(fixture.ledger::blob, fixture.people)))
        .isEqualTo(before);
    fixture.restart();
    assertThat(fixture.state()).isEqualTo(before);
    assertThat(fixture.replayed(before.sequence())).isEqualTo(before);
    assertThat(record().proposed().orElseThrow().unchanged()).isOne();
  }

  @Test
  void whatAGateMayAskForIsToldWhereItIsWritten() {
    for (String wrong :
        List.of("least-agreement: 120%", "least-answers: many", "least-answers: 0", "weight: 1%")) {
      String gate = GATE.replace("least-agreement: 60%, least-answers: 4", wrong);
      assertThat(Manifests.read(List.of(new ManifestFile("gate.yaml", gate))).problems())
          .as(wrong)
          .isNotEmpty();
    }
    fixture.apply(GATE);
    assertThat(fixture.apply(GATE).plan().changesSomething()).isFalse();
  }

  /// Asks people about a call that the version proposes.
  private String ask() {
    String id = "a-" + ++asked;
    String arguments = "{\"amount\":" + (asked + 10) + "}";
    fixture.submit(
        new Command.RequestApproval(
            id,
            new BoundCall(
                "lookup",
                "staging",
                "run-" + asked,
                "payments",
                "refund",
                Digest.of(arguments),
                Digest.of("rules")),
            new Question(
                List.of(Proposing.rule("canary").toString()),
                "it proposes",
                List.of(ApprovalTerms.ANYONE),
                "write",
                second.hex().substring(0, 12),
                "",
                "",
                List.of(),
                "0af7651916cd43dd8448eb211c80319c",
                "",
                1,
                "",
                ""),
            arguments,
            "",
            Set.of()));
    return id;
  }

  private String answer(boolean approve, Optional<String> edited) {
    String id = ask();
    answer(
        new Command.AnswerApproval(
            id, approve, "looked at it", edited, Optional.empty(), Optional.empty()));
    return id;
  }

  private void answer(Command.AnswerApproval answer) {
    fixture.apply(OLGA.replace("olga", "erik").replace("operator", "approver"));
    String erik = fixture.state().person("erik@example.com").orElseThrow().id();
    fixture.control().submit(answer, Actor.person(erik));
  }

  private void judgeAnew() {
    fixture.submit(new Command.JudgeRelease("canary"));
  }

  private GateResult gate() {
    return record().said("agreed").orElseThrow();
  }
}
